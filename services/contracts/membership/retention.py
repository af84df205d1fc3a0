"""Erasing data after the retention period (信息保存期限), and the list for a breach notice (泄露通知名单).

A dated rule, `retention.<class>` in months, defines how long each class of fields is kept after leaving; a class
without a rule is kept and listed as missing. Source: 个人信息保护法 Art. 19, 47, 57.
"""

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Empty,
    Event,
    Page,
    PageRequest,
    Schema,
    Text,
    command,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.jobs import JobRef
from services.contracts.membership.record.fields import ERASED_CLASSES, FIELDS, MEMBER_FIELDS
from services.contracts.membership.record.shapes import STANDINGS

SENSITIVE_COLUMNS = MEMBER_FIELDS.only(*(field.name for field in FIELDS if field.sensitive))


class RetentionPreview(PageRequest):
    """Members whose data are to be erased within so many days; 0: today."""

    within_days = fields.Integer(load_default=30, validate=validate.Range(min=0, max=366), metadata=label("范围"))


@labelled(MEMBER_FIELDS)
class DueErasure(Schema):
    """A former member, and which classes of the data are erased on which day."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    standing = Choice(STANDINGS, required=True)
    left_on = fields.Date(required=True)
    classes = fields.List(Choice(ERASED_CLASSES), required=True, metadata=label("将清除"))
    due_on = fields.Date(required=True, metadata=label("最早到期"))


class RetentionRule(Schema):
    """How long a class is kept after leaving, by which document; `months` is null when no rule is in force."""

    data_class = Choice(ERASED_CLASSES, required=True)
    months = fields.Integer(allow_none=True, required=True)
    document = fields.String(allow_none=True, load_default=None)
    ruleset = fields.String(allow_none=True, load_default=None)


class RetentionRules(Schema):
    """Every class with its rule of today."""

    items = fields.List(fields.Nested(RetentionRule), required=True)


class BreachList(Schema):
    """The extent of a breach: fields, units, days; and the purpose of the list."""

    fields_concerned = fields.List(
        Choice(SENSITIVE_COLUMNS),
        required=True,
        validate=validate.Length(min=1, max=len(SENSITIVE_COLUMNS)),
        metadata=label("涉及哪些字段"),
    )
    unit_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=200), metadata=label("涉及哪些分工会")
    )
    starts_on = Day(required=True, metadata=label("从哪天起"))
    ends_on = Day(required=True, metadata=label("到哪天止"))
    purpose = Text(200, 2, required=True, metadata=label("用途"))


list_retention_rules = query(
    "membership", "list_retention_rules", request=Empty, reply=RetentionRules, allow=("officer", "auditor"),
    doc="How long each class of data is kept after leaving.", title="查看保存期限",
)  # fmt: skip
preview_erasures = query(
    "membership", "preview_erasures", request=RetentionPreview, reply=Page(DueErasure), allow=("officer", "auditor"),
    doc="Whose data fall due, and when.", title="预览到期删除",
)  # fmt: skip
make_breach_list = command(
    "membership", "make_breach_list", request=BreachList, reply=JobRef, allow=("officer",),
    doc="List the members a breach concerns, as a sheet; made as long work, and logged.",
    title="生成信息泄露的通知名单",
)  # fmt: skip


class MemberAnonymisedData(Schema):
    """Whose record was anonymised."""

    member_id = fields.UUID(required=True)


class MemberAnonymised(Event, source="membership"):
    """The retention period of a former member's data ended: erase personal copies; ids and sums may stay."""

    subject = "member/{member_id}"
    data = MemberAnonymisedData
    example = {"member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"}
