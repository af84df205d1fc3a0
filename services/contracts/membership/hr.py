"""Synchronisation with the campus HR system (人事同步): deliveries, differences, applying or ignoring them.

Belongs here: records that HR delivers or we fetch, and differences, which are shown before they are applied. Not:
retirement and leaving themselves (retirement, standing), whose rules also apply here.
"""

from marshmallow import fields, validate

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Event,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    label,
    labelled,
    query,
)
from services.contracts.jobs import Job
from services.contracts.membership.person import (
    email_text,
    employment_choice,
    gender_choice,
    id_number_text,
    original_age_choice,
    person_name,
    phone_text,
)
from services.contracts.membership.record.fields import MEMBER_FIELDS

HR_SOURCES = Vocabulary("hr_source", push="推送", pull="读取")


MOST_AT_ONCE = 1000
STATUSES = Vocabulary("hr_status", employed="在职", retired="退休", left="离校")
HR_KINDS = Vocabulary("hr_kind", join="入会", retirement="退休", leave="离校", move="调动", change="信息变更")
"""The main effect of applying a record; a join sets every field, a move or retirement may also change fields."""
HR_DIFFERENCE_STATES = Vocabulary("hr_difference", open="待核对", applied="已采用", dismissed="已忽略", same="一致")


@labelled(MEMBER_FIELDS)
class HrRecord(Schema):
    """HR's present record of one person. `hr_id` is HR's own number of the person, `sequence` grows with each change.

    A field left out is unknown. The identity number is needed once, to identify the person.
    """

    hr_id = Text(30, 1, required=True)
    sequence = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=2**53))
    status = Choice(STATUSES, load_default="employed")
    unit_code = Text(20, 1, load_default=None, allow_none=True)
    id_number = id_number_text(load_default=None, allow_none=True)
    name = person_name(load_default=None, allow_none=True)
    gender = gender_choice(load_default=None, allow_none=True)
    birth_date = fields.Date(load_default=None, allow_none=True)
    phone = phone_text(load_default=None, allow_none=True)
    email = email_text(load_default=None, allow_none=True)
    employment = employment_choice(load_default=None, allow_none=True)
    original_age = original_age_choice(load_default=None, allow_none=True)
    hired_on = fields.Date(load_default=None, allow_none=True)
    approved_month = fields.Date(load_default=None, allow_none=True)
    retired_on = fields.Date(load_default=None, allow_none=True)
    left_on = fields.Date(load_default=None, allow_none=True)


class PushHrChanges(Schema):
    """Up to 1,000 records. Repeating a delivery does nothing; records older than known ones are ignored."""

    items = fields.List(fields.Nested(HrRecord), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))


class HrReceipt(Schema):
    """The result of a delivery: how many records were new, repeated, older than known, and how many differ."""

    round_id = fields.UUID(required=True)
    received = fields.Integer(required=True)
    new = fields.Integer(required=True)
    repeated = fields.Integer(required=True)
    older = fields.Integer(required=True)
    differing = fields.Integer(required=True)


class HrDifferenceFilter(PageRequest):
    """Which differences to list, latest delivery first."""

    state = Choice(HR_DIFFERENCE_STATES, load_default="open", allow_none=True, metadata=label("状态"))
    kind = Choice(HR_KINDS, load_default=None, allow_none=True, metadata=label("类别"))
    with_total = fields.Boolean(load_default=False)


class HrFieldDifference(Schema):
    """The value of a field in the record and in HR; sensitive values are masked."""

    field = fields.String(required=True)
    old = fields.Raw(allow_none=True, load_default=None)
    new = fields.Raw(allow_none=True, load_default=None)


@labelled(MEMBER_FIELDS)
class HrDifference(Schema):
    """差异 A difference between HR and the record of a person; `member_id` is null for people who are no members.

    `member_changed`: the record was changed after the difference was found; check again before applying.
    """

    id = fields.UUID(required=True)
    hr_id = fields.String(required=True)
    sequence = fields.Integer(required=True)
    state = Choice(HR_DIFFERENCE_STATES, required=True, metadata=label("状态"))
    kind = Choice(HR_KINDS, allow_none=True, load_default=None, metadata=label("类别"))
    member_id = fields.UUID(allow_none=True, load_default=None)
    name = fields.String(allow_none=True, load_default=None)
    fields_changed = fields.List(Choice(MEMBER_FIELDS), required=True, metadata=label("有差异的内容"))
    received_at = Timestamp(required=True, metadata=label("接收时间"))
    member_changed = fields.Boolean(required=True)
    problem = fields.String(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class HrDifferenceShown(HrDifference):
    """One difference with its fields as they are now, and the version of the record they were compared with."""

    changes = fields.List(fields.Nested(HrFieldDifference), required=True)
    member_version = fields.Integer(allow_none=True, load_default=None)


class HrDifferenceRef(Schema):
    """Which difference."""

    record_id = fields.UUID(required=True)


class ApplyHrDifference(Schema):
    """Apply a difference; `member_version` is that of the record that was shown."""

    record_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    member_version = fields.Integer(load_default=None, allow_none=True, strict=True)


class ApplyHrDifferences(Schema):
    """Apply many as a job: those named, or all open ones of a kind, or all.

    `expected`: how many were seen on the list; another number is refused.
    """

    record_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_AT_ONCE))
    kind = Choice(HR_KINDS, load_default=None, allow_none=True)
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


class DismissHrDifference(Schema):
    """Ignore a difference, with the reason; a newer delivery that still differs opens it again."""

    record_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    reason = Text(200, 2, required=True)


class PullHrChanges(Schema):
    """Fetch from HR's own API what changed since the last time, page by page, as a job."""


class HrRoundRequest(PageRequest):
    """Deliveries, latest first."""


class HrRound(Schema):
    """One delivery: pushed by HR or fetched from it."""

    id = fields.UUID(required=True)
    source = Choice(HR_SOURCES, required=True, metadata=label("来源"))
    at = Timestamp(required=True, metadata=label("时间"))
    by = fields.String(required=True)
    received = fields.Integer(required=True, metadata=label("记录"))
    new = fields.Integer(required=True, metadata=label("新的"))
    repeated = fields.Integer(required=True, metadata=label("重复"))
    older = fields.Integer(required=True, metadata=label("更早"))
    differing = fields.Integer(required=True, metadata=label("有差异"))


class HrRounds(Schema):
    """A page of deliveries, whether HR's API is configured, and how many differences are open."""

    items = fields.List(fields.Nested(HrRound), required=True)
    next_cursor = fields.String(allow_none=True, load_default=None)
    can_pull = fields.Boolean(required=True)
    open = fields.Integer(required=True)


_LOOKS = ("officer", "auditor")

push_hr_changes = command(
    "membership", "push_hr_changes", request=PushHrChanges, reply=HrReceipt, allow=("hr", SYSTEM),
    doc="Deliver what changed in the campus HR system; nothing is applied before an officer has seen it.",
    title="推送人事变动",
)  # fmt: skip
list_hr_differences = query(
    "membership", "list_hr_differences", request=HrDifferenceFilter, reply=Page(HrDifference), allow=_LOOKS,
    doc="Differences between HR and the records, latest delivery first.", title="查看人事差异",
)  # fmt: skip
get_hr_difference = query(
    "membership", "get_hr_difference", request=HrDifferenceRef, reply=HrDifferenceShown, allow=_LOOKS,
    doc="One difference field by field, compared with the record as it is now; sensitive values masked.",
    title="查看一项人事差异",
)  # fmt: skip
apply_hr_difference = command(
    "membership", "apply_hr_difference", request=ApplyHrDifference, reply=HrDifference, allow=("officer",),
    doc="Apply one difference: admit, correct, move, approve a month, retire or end the membership.",
    title="采用一项人事差异",
)  # fmt: skip
apply_hr_differences = command(
    "membership", "apply_hr_differences", request=ApplyHrDifferences, reply=Job, allow=("officer",),
    doc="Apply the chosen differences or all as long work; what can't be applied stays open with the rule.",
    title="批量采用人事差异",
)  # fmt: skip
dismiss_hr_difference = command(
    "membership", "dismiss_hr_difference", request=DismissHrDifference, reply=HrDifference, allow=("officer",),
    doc="Leave the record as it is, with a reason.", title="不采用人事差异",
)  # fmt: skip
pull_hr_changes = command(
    "membership", "pull_hr_changes", request=PullHrChanges, reply=Job, allow=("officer", SYSTEM),
    doc="Fetch what changed from HR's own API, from where the last fetch ended.", title="从人事系统取变动",
)  # fmt: skip
list_hr_rounds = query(
    "membership", "list_hr_rounds", request=HrRoundRequest, reply=HrRounds, allow=_LOOKS,
    doc="Deliveries from HR, latest first.", title="查看人事变动的批次",
)  # fmt: skip

_ROUND = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0701"
_RECORD = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0702"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class HrChangesReceivedData(Schema):
    """Which delivery, and its figures; `open` counts all differences that wait for an officer."""

    round_id = fields.UUID(required=True)
    source = fields.String(required=True)
    received = fields.Integer(required=True)
    differing = fields.Integer(required=True)
    open = fields.Integer(required=True)


class HrChangesReceived(Event, source="membership"):
    """HR delivered records, or some were fetched from it; nothing is applied yet."""

    subject = "hr_round/{round_id}"
    data = HrChangesReceivedData
    example = {"round_id": _ROUND, "source": "push", "received": 120, "differing": 7, "open": 9}


class HrChangeSettledData(Schema):
    """Which difference of which member, of which kind."""

    record_id = fields.UUID(required=True)
    member_id = fields.UUID(allow_none=True, load_default=None)
    kind = fields.String(required=True)


class HrChangeApplied(Event, source="membership"):
    """An officer applied a difference; its effects have events of their own."""

    subject = "hr_record/{record_id}"
    data = HrChangeSettledData
    example = {"record_id": _RECORD, "member_id": _MEMBER, "kind": "move"}


class HrChangeDismissed(Event, source="membership"):
    """An officer ignored a difference."""

    subject = "hr_record/{record_id}"
    data = HrChangeSettledData
    example = {"record_id": _RECORD, "member_id": _MEMBER, "kind": "change"}
