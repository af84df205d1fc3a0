"""Dues (会费) that members owe: bases, exemptions, the monthly charge, a member's own view.

Belongs here: operations on what is owed. Not: payments and refunds (collecting).
"""

from marshmallow import fields

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.eras import CHARGED_SINCE, LIFETIME
from services.contracts.membership.dues.vocabulary import (
    CHARGED_MONTH_STATES,
    BaseAmount,
    DuesRule,
    JobStarted,
    Month,
    MonthRef,
    Reason,
)
from services.contracts.membership.person import PlainValue
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.membership.record.shapes import MemberRef

_READS = ("officer", "auditor")


class SetDuesBase(Schema):
    """The base of a member's dues, from the first day of a month; the previous base ends the day before."""

    member_id = fields.UUID(required=True)
    base = BaseAmount(required=True)
    starts_on = Day(CHARGED_SINCE, required=True)
    reason = Reason()


class DuesBase(Schema):
    """A base, masked, with the dues a month calculated from it; both are absent for callers who may not see amounts."""

    id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(allow_none=True, required=True)
    base = fields.String(allow_none=True, required=True)
    dues = Money(allow_none=True, required=True)
    source = fields.String(required=True)


class UnmaskDuesBase(Schema):
    """One base in plain, for a stated purpose; the access is logged and visible to the member."""

    base_id = fields.UUID(required=True)
    purpose = Text(200, 2, required=True)


class ExemptFromDues(Schema):
    """An exemption from dues for a time, for a reason that the rules allow."""

    member_id = fields.UUID(required=True)
    reason = Text(30, 2, required=True)
    starts_on = Day(CHARGED_SINCE, required=True)
    ends_on = Day(CHARGED_SINCE, years_ahead=LIFETIME, load_default=None, allow_none=True)


class EndExemption(Schema):
    """The last day of an exemption."""

    exemption_id = fields.UUID(required=True)
    ends_on = Day(CHARGED_SINCE, years_ahead=LIFETIME, required=True)


class DuesExemption(Schema):
    """A period in which a member owes no dues; the reason, which may be an illness, is not shown to the chair."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    reason = fields.String(allow_none=True, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(allow_none=True, required=True)


class DuesMonth(Schema):
    """What one member owes and paid for one month; amounts are absent for callers who may not see them.

    `state` is one of waiting, open, part, paid, over and void; waiting: the month's payroll has not run yet.
    """

    member_id = fields.UUID(required=True)
    month = Month(required=True)
    unit_id = fields.UUID(required=True)
    state = fields.String(required=True)
    amount = Money(allow_none=True, required=True)
    due = Money(allow_none=True, required=True)
    paid = Money(allow_none=True, required=True)
    owed = Money(allow_none=True, required=True)


class DuesAdjustment(Schema):
    """A change of what is owed for a month, and why."""

    month = Month(required=True)
    old_due = Money(allow_none=True, required=True)
    new_due = Money(allow_none=True, required=True)
    reason = fields.String(required=True)
    made_at = Timestamp(required=True)


class MemberDues(Schema):
    """A member's dues: bases, exemptions, the figures in force, the latest 36 months, what is in arrears in all.

    `waiting`, `months_waiting`: what is charged and awaits the payroll, which is no arrears.
    """

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    bases = fields.List(fields.Nested(DuesBase), required=True)
    exemptions = fields.List(fields.Nested(DuesExemption), required=True)
    rules = fields.List(fields.Nested(DuesRule), required=True)
    months = fields.List(fields.Nested(DuesMonth), required=True)
    adjustments = fields.List(fields.Nested(DuesAdjustment), required=True)
    owed = Money(allow_none=True, required=True)
    months_owed = fields.Integer(required=True)
    waiting = Money(allow_none=True, load_default=None)
    months_waiting = fields.Integer(load_default=0)
    sees_amounts = fields.Boolean(required=True)


class ChargePreview(Schema):
    """What charging a month would do: for how many members, how much, who can't be charged without a base."""

    month = Month(required=True)
    to_charge = fields.Integer(required=True)
    amount = Money(required=True)
    charged_already = fields.Integer(required=True)
    without_base = fields.Integer(required=True)
    exempt = fields.Integer(required=True)
    rules = fields.List(fields.Nested(DuesRule), required=True)


class AdjustDues(Schema):
    """The amount owed for a month instead; 0 waives it."""

    member_id = fields.UUID(required=True)
    month = Month(required=True)
    due = Money(required=True, validate=lambda due: due >= 0)
    reason = Reason()


@labelled(MEMBER_FIELDS)
class WithoutBaseFilter(PageRequest):
    """Which month; `unit_id` restricts it to a unit."""

    month = Month(required=True, metadata=label("月份"))
    unit_id = fields.UUID(load_default=None, allow_none=True)


@labelled(MEMBER_FIELDS)
class MemberOfDues(Schema):
    """A member in the lists of the dues."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True)


class DuesFigures(Schema):
    """Sums of a month, or of a unit in it: members charged, members in arrears, what was due, paid and is in arrears.

    `members_waiting` and `waiting` are those whose dues await the payroll; they are in arrears from `arrears_from` on,
    or once the month's payroll was posted without them.
    """

    month = Month(required=True)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    members = fields.Integer(required=True)
    state = Choice(CHARGED_MONTH_STATES, load_default=None, allow_none=True)
    arrears_from = fields.Date(load_default=None, allow_none=True)
    members_owing = fields.Integer(required=True)
    members_waiting = fields.Integer(load_default=0)
    due = Money(allow_none=True, required=True)
    paid = Money(allow_none=True, required=True)
    owed = Money(allow_none=True, required=True)
    waiting = Money(allow_none=True, load_default=None)


class DuesFiguresList(Schema):
    """Sums in order."""

    items = fields.List(fields.Nested(DuesFigures), required=True)


class RecentMonths(Schema):
    """The months up to a month, at most 24; by default up to this month."""

    until = Month(load_default=None, allow_none=True)
    months = fields.Integer(load_default=12, validate=lambda count: 1 <= count <= 24)


set_dues_base = command(
    "membership", "set_dues_base", request=SetDuesBase, reply=DuesBase, allow=("officer",),
    doc="Set what a member's dues are reckoned from, from a month on.", title="核定会费基数",
)  # fmt: skip
unmask_dues_base = command(
    "membership", "unmask_dues_base", request=UnmaskDuesBase, reply=PlainValue, allow=("officer", "member"),
    doc="One base in plain, for a purpose that is logged; members only their own.", title="查看会费基数",
)  # fmt: skip
exempt_from_dues = command(
    "membership", "exempt_from_dues", request=ExemptFromDues, reply=DuesExemption, allow=("officer",),
    doc="Waive a member's dues for a time.", title="减免会费",
)  # fmt: skip
end_exemption = command(
    "membership", "end_exemption", request=EndExemption, reply=DuesExemption, allow=("officer",),
    doc="Set the last day of an exemption.", title="结束减免",
)  # fmt: skip
get_member_dues = query(
    "membership", "get_member_dues", request=MemberRef, reply=MemberDues,
    allow=("officer", "auditor", "chair", "member"),
    doc="A member's dues: the own ones; a chair sees the states of his unit, never bases or amounts.",
    title="查看会员的会费",
)  # fmt: skip
preview_dues_charge = query(
    "membership", "preview_dues_charge", request=MonthRef, reply=ChargePreview, allow=("officer", "auditor"),
    doc="What charging a month would do.", title="预览会费计收",
)  # fmt: skip
charge_dues = command(
    "membership", "charge_dues", request=MonthRef, reply=JobStarted, allow=("officer", SYSTEM),
    doc="Charge a month to everybody who owes it and was not charged yet; long work.", title="计收会费",
)  # fmt: skip
list_members_without_base = query(
    "membership", "list_members_without_base", request=WithoutBaseFilter, reply=Page(MemberOfDues), allow=_READS,
    doc="Who should pay for a month but has no base.", title="查看未核定基数的会员",
)  # fmt: skip
adjust_dues = command(
    "membership", "adjust_dues", request=AdjustDues, reply=DuesMonth, allow=("officer",),
    doc="Correct or waive what a member owes for a month.", title="调整一个月的会费",
)  # fmt: skip
dues_by_month = query(
    "membership", "dues_by_month", request=RecentMonths, reply=DuesFiguresList, allow=("officer", "auditor", "chair"),
    doc="What was due and came in, by month, latest first; a chair: members of the own unit, without amounts.",
    title="按月查看会费",
)  # fmt: skip
dues_by_unit = query(
    "membership", "dues_by_unit", request=MonthRef, reply=DuesFiguresList, allow=("officer", "auditor", "chair"),
    doc="What was due and came in for a month, by unit; a chair: the own unit, without amounts.",
    title="按分工会查看会费",
)  # fmt: skip
