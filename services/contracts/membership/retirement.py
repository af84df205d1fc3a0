"""Retirement (退休): the statutory month with its explanation, HR's month, the yearly roster, confirming and undoing.

Belongs here: operations and events of retirement. Not: the visit on retirement (welfare).
"""

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Event,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Vocabulary,
    command,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.eras import LIFETIME
from services.contracts.files import FileContent
from services.contracts.jobs import Job
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.membership.record.shapes import MOST_AT_ONCE, STANDINGS
from services.contracts.membership.rulebook import MembershipRule

COUNTED_BY = Vocabulary("counted_by", retired_on="实际退休", approved_month="人事批准", statutory_month="法定退休年龄")
ROSTER_ORDERS = Vocabulary(
    "roster_order", {
        "month": "退休月份", "-month": "退休月份从晚到早", **MEMBER_FIELDS.only("name", "number", "unit_id").texts,
    },
)  # fmt: skip
ROSTER_STATES = Vocabulary("roster_state", due="待办理", retired="已退休")


class MemberRetirementRequest(Schema):
    """Whose retirement; by default one's own."""

    member_id = fields.UUID(load_default=None, allow_none=True)


class MemberRetirement(Schema):
    """退休 When a member retires and why: `month` is the month that applies, `counted_by` its source; HR's month takes
    precedence over the statutory one.

    Months are given as their first day. `rules` are the rules used in the calculation; `why_not` names what is missing
    when nothing could be calculated.
    """

    member_id = fields.UUID(required=True)
    standing = Choice(STANDINGS, required=True)
    original_age = fields.String(allow_none=True, load_default=None)
    birth_month = fields.Date(required=True)
    base_month = fields.Date(allow_none=True, load_default=None)
    delay_months = fields.Integer(allow_none=True, load_default=None)
    statutory_month = fields.Date(allow_none=True, load_default=None)
    earliest_month = fields.Date(allow_none=True, load_default=None)
    latest_month = fields.Date(allow_none=True, load_default=None)
    approved_month = fields.Date(allow_none=True, load_default=None)
    retired_on = fields.Date(allow_none=True, load_default=None)
    month = fields.Date(allow_none=True, load_default=None)
    counted_by = Choice(COUNTED_BY, allow_none=True, load_default=None)
    rules = fields.List(fields.Nested(MembershipRule), required=True)
    why_not = fields.String(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class SetApprovedMonth(Schema):
    """The month HR approved, any day in it; null removes it. At most three years off and not below the base age."""

    member_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    approved_month = Day(years_ahead=LIFETIME, required=True, allow_none=True)
    reason = Text(200, 2, required=True)


class ConfirmRetirement(Schema):
    """A member has retired. Default day: the last of the month that applies, or today during that month."""

    member_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    retired_on = Day(load_default=None, allow_none=True)


class ConfirmRetirements(Schema):
    """Confirm the retirement of many as a job; each by the month that applies, unless a day is given."""

    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))
    retired_on = Day(load_default=None, allow_none=True)


class UndoRetirement(Schema):
    """A confirmed retirement was wrong: the member is active again. Posts that ended with it are not restored."""

    member_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    reason = Text(200, 2, required=True)


class ExportRoster(Schema):
    """The roster of a year as a workbook; the export is logged."""

    year = fields.Integer(required=True, validate=validate.Range(min=2000, max=2100))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(ROSTER_STATES, load_default=None, allow_none=True)
    q = Line(50, load_default=None, allow_none=True)


@labelled(MEMBER_FIELDS)
class RosterFilter(PageRequest):
    """Who retires in a year: `due` still to be confirmed, or `retired`. A chair sees the own unit."""

    year = fields.Integer(required=True, validate=validate.Range(min=2000, max=2100), metadata=label("年份"))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(ROSTER_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    q = Line(50, load_default=None, allow_none=True, metadata=label("姓名、拼音或会员号"))
    sort = Choice(ROSTER_ORDERS, load_default="month", metadata=label("排序"))
    with_total = fields.Boolean(load_default=False)


@labelled(MEMBER_FIELDS)
class RosterRow(Schema):
    """A member who retires in the year, with the month that applies."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    standing = Choice(STANDINGS, required=True)
    original_age = fields.String(allow_none=True, load_default=None)
    birth_date = fields.Date(required=True)
    joined_on = fields.Date(required=True)
    month = fields.Date(required=True, metadata=label("退休月份"))
    counted_by = Choice(COUNTED_BY, required=True, metadata=label("依据"))
    retired_on = fields.Date(allow_none=True, load_default=None)


_SEES = ("officer", "chair", "auditor")

member_retirement = query(
    "membership", "member_retirement", request=MemberRetirementRequest, reply=MemberRetirement,
    allow=("member", *_SEES), doc="When a member retires, by which rule, article and figures.",
    title="查看退休时间的推算",
)  # fmt: skip
retirement_roster = query(
    "membership", "retirement_roster", request=RosterFilter, reply=Page(RosterRow), allow=_SEES,
    doc="Who retires in a year, for the ceremony; a chair sees the own unit.", title="查看退休名单",
)  # fmt: skip
export_retirement_roster = command(
    "membership", "export_retirement_roster", request=ExportRoster, reply=FileContent, allow=_SEES,
    doc="The roster of a year as xlsx.", title="导出退休名单",
)  # fmt: skip
set_approved_month = command(
    "membership", "set_approved_month", request=SetApprovedMonth, reply=MemberRetirement, allow=("officer",),
    doc="Note the month HR approved; it wins over the statutory one.", title="登记批准的退休月份",
)  # fmt: skip
confirm_retirement = command(
    "membership", "confirm_retirement", request=ConfirmRetirement, reply=MemberRetirement, allow=("officer",),
    doc="A member has retired: he keeps membership, without dues, vote and candidacy.", title="确认退休",
)  # fmt: skip
confirm_retirements = command(
    "membership", "confirm_retirements", request=ConfirmRetirements, reply=Job, allow=("officer",),
    doc="Confirm the retirement of up to 1,000 members, as long work.", title="批量确认退休",
)  # fmt: skip
undo_retirement = command(
    "membership", "undo_retirement", request=UndoRetirement, reply=MemberRetirement, allow=("officer",),
    doc="Undo a wrong retirement, with the reason.", title="撤销退休",
)  # fmt: skip

_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"


class MemberRetiredData(Schema):
    """Who retired from which unit on which day."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    retired_on = fields.Date(required=True)


class MemberRetired(Event, source="membership"):
    """A retirement was confirmed: the membership is retained, and a visit or memento is due."""

    subject = "member/{member_id}"
    data = MemberRetiredData
    example = {"member_id": _MEMBER, "unit_id": _UNIT, "retired_on": "2025-09-30"}


class RetirementUndoneData(Schema):
    """Whose retirement was wrong."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


class RetirementUndone(Event, source="membership"):
    """A confirmed retirement was undone as wrong: the member is active again."""

    subject = "member/{member_id}"
    data = RetirementUndoneData
    example = {"member_id": _MEMBER, "unit_id": _UNIT}
