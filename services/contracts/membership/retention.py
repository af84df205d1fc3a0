"""Erasing data after the retention period (到期清除), and the list for a breach notice (泄露通知名单).

A dated rule, `retention.<class>` in months, defines how long each class of fields is kept after leaving; a class
without a rule is kept and listed as missing. Source: 个人信息保护法 Art. 19, 47, 57.
"""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Empty, Event, Page, PageRequest, Schema, Text, Vocabulary, command, query
from services.contracts.days import Day
from services.contracts.jobs import JobRef
from services.contracts.membership.record.fields import FIELDS

ERASED_CLASSES = Vocabulary(
    "data_class", identity="身份信息", birth="出生月日", re_joining="重新入会识别码", contact="联系方式",
    career="工作与学历", private="个人情况", family="家庭成员", papers="附件与申请材料", history="变更与查看记录",
)  # fmt: skip
SENSITIVE_COLUMNS = tuple(field.name for field in FIELDS if field.sensitive)


class RetentionPreview(PageRequest):
    """Members whose data are to be erased within so many days; 0: today."""

    within_days = fields.Integer(load_default=30, validate=validate.Range(min=0, max=366))


class DueErasure(Schema):
    """A former member, and which classes of the data are erased on which day."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    standing = fields.String(required=True)
    left_on = fields.Date(required=True)
    classes = fields.List(fields.String(), required=True)
    due_on = fields.Date(required=True)


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
        Choice(SENSITIVE_COLUMNS), required=True, validate=validate.Length(min=1, max=len(SENSITIVE_COLUMNS))
    )
    unit_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200))
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    purpose = Text(200, 2, required=True)


list_retention_rules = query(
    "membership", "list_retention_rules", request=Empty, reply=RetentionRules, allow=("officer", "auditor"),
    doc="How long each class of data is kept after leaving.",
)  # fmt: skip
preview_erasures = query(
    "membership", "preview_erasures", request=RetentionPreview, reply=Page(DueErasure), allow=("officer", "auditor"),
    doc="Whose data fall due, and when.",
)  # fmt: skip
make_breach_list = command(
    "membership", "make_breach_list", request=BreachList, reply=JobRef, allow=("officer",),
    doc="List the members a breach concerns, as a sheet; made as long work, and logged.",
)  # fmt: skip


class MemberAnonymisedData(Schema):
    """Whose record was anonymised."""

    member_id = fields.UUID(required=True)


class MemberAnonymised(Event):
    """The retention period of a former member's data ended: erase personal copies; ids and sums may stay."""

    source = "membership"
    type = "member_anonymised"
    subject = "member/{member_id}"
    data = MemberAnonymisedData
    example = {"member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"}
