"""Standing care (定时关怀): gifts that are due by a date or an event, once each, without a visit.

Which kinds a union gives, a dated rule says (`care.kinds`); one it does not name is given at the visit or not at all.
The kind of a gift tells of a member's family, so lists are for officers and auditors; events name no kind.
"""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Event,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    labelled,
    query,
)
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.care_words import CARE_KINDS
from services.contracts.welfare.vocabulary import CLAIM_STATES, RuleInForceExplained

CARE_STATES = Vocabulary("care_state", due="待发放", given="已发放", withdrawn="已撤下")
CARE_ENDS = Vocabulary(
    "care_end", member_died="会员去世", retirement_undone="退休已撤销", report_withdrawn="登记有误",
    officer="校工会撤下",
)  # fmt: skip
"""Why a gift is not given."""
CARE_FIELDS = Vocabulary(
    "care_field", kind="类别", member_id="会员", unit_id="分工会", due_on="日期", amount="慰问", form="形式",
    given_on="发放日期", claim_state="入账", state="状态", year="年份", month="月份", reason="原因",
)  # fmt: skip
MOST_AT_ONCE = 1_000
"""Gifts in one act."""


def _year() -> fields.Integer:
    return fields.Integer(required=True, validate=validate.Range(min=2000, max=2100))


def _month() -> fields.Integer:
    return fields.Integer(required=True, validate=validate.Range(min=1, max=12))


@labelled(CARE_FIELDS)
class CareGift(Schema):
    """关怀 A member's gift of a kind. `claim_state` is the funds' answer; a refused one can be given out again."""

    id = fields.UUID(required=True)
    kind = Choice(CARE_KINDS, required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)
    state = Choice(CARE_STATES, required=True)
    amount = Money(allow_none=True, load_default=None)
    form = Choice(BENEFIT_FORMS, allow_none=True, load_default=None)
    given_on = fields.Date(allow_none=True, load_default=None)
    claim_state = Choice(CLAIM_STATES, required=True)
    refused_rule = fields.String(allow_none=True, load_default=None)
    ended_by = Choice(CARE_ENDS, allow_none=True, load_default=None)


@labelled(CARE_FIELDS)
class ListCareGifts(PageRequest):
    """Gifts due in a month, by day."""

    year = _year()
    month = _month()
    kind = Choice(CARE_KINDS, load_default=None, allow_none=True)
    state = Choice(CARE_STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class CareMonth(Schema):
    """A month."""

    year = _year()
    month = _month()


class CareOfKind(Schema):
    """How a kind stands in a month, and what may be given by the rules of today.

    `offered`: the union gives this kind as standing care. `refused`: the funds refused it, it can be given out again.
    """

    kind = Choice(CARE_KINDS, required=True)
    offered = fields.Boolean(required=True)
    due = fields.Integer(required=True)
    given = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    cap = Money(allow_none=True, load_default=None)
    forms = fields.List(Choice(BENEFIT_FORMS), required=True)
    rule = fields.Nested(RuleInForceExplained, allow_none=True, load_default=None)
    why_not = fields.String(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True)


class CareFigures(CareMonth):
    """A month's kinds; `missing_rule`: no rule says which kinds are given."""

    items = fields.List(fields.Nested(CareOfKind), required=True)
    why_not = fields.String(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True)


class DrawUpChildrenDay(Schema):
    """The year whose children's day (1 June) is drawn up: this year's."""

    year = _year()


class ChildrenDay(Schema):
    """What was added to the list of a children's day, and how many are on it."""

    year = fields.Integer(required=True)
    added = fields.Integer(required=True)
    listed = fields.Integer(required=True)


@labelled(CARE_FIELDS)
class GiveCareGifts(CareMonth):
    """Give out a month's gifts of a kind, the earliest first and at most a thousand, or those named.

    Checked against the rules of today. `expected`: how many were seen; another number is refused.
    """

    kind = Choice(CARE_KINDS, required=True)
    amount = Money(required=True, validate=validate.Range(min=0, min_inclusive=False, max=100_000))
    form = Choice(BENEFIT_FORMS, required=True)
    gift_ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, 500))
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


class CareGiven(Schema):
    """How many gifts were given out, and how many of the month and kind are still due."""

    given = fields.Integer(required=True)
    due = fields.Integer(required=True)


@labelled(CARE_FIELDS)
class WithdrawCareGift(Schema):
    """A gift that is not given, and why."""

    gift_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)


class CareGiftGivenData(Schema):
    """Which gift of which member; not of which kind."""

    gift_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    given_at = Timestamp(required=True)


class CareGiftGiven(Event, source="welfare"):
    """A gift of standing care was given out to a member; once each."""

    subject = "care_gift/{gift_id}"
    data = CareGiftGivenData
    example = {
        "gift_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0501", "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
        "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "given_at": "2026-06-01T02:00:00+00:00"}  # fmt: skip


list_care_gifts = query(
    "welfare", "list_care_gifts", request=ListCareGifts, reply=Page(CareGift), allow=("officer", "auditor"),
    doc="Gifts due in a month, by day.", title="查看定时关怀名单",
)  # fmt: skip
care_figures = query(
    "welfare", "care_figures", request=CareMonth, reply=CareFigures, allow=("officer", "auditor"),
    doc="How each kind of gift stands in a month, and what may be given.", title="查看定时关怀统计",
)  # fmt: skip
my_care_gifts = query(
    "welfare", "my_care_gifts", request=PageRequest, reply=Page(CareGift), allow=("member",),
    doc="One's own gifts, newest first.", title="查看本人的关怀",
)  # fmt: skip
draw_up_children_day = command(
    "welfare", "draw_up_children_day", request=DrawUpChildrenDay, reply=ChildrenDay, allow=("officer", SYSTEM),
    doc="Put the gifts of a children's day on the list, once each; again adds only what is new.",
    title="生成六一名单",
)  # fmt: skip
give_care_gifts = command(
    "welfare", "give_care_gifts", request=GiveCareGifts, reply=CareGiven, allow=("officer",),
    doc="Give out gifts of a kind, once each; they become claims on the funds.", title="发放定时关怀",
)  # fmt: skip
withdraw_care_gift = command(
    "welfare", "withdraw_care_gift", request=WithdrawCareGift, reply=CareGift, allow=("officer",),
    doc="Take a gift that was not given off the list.", title="撤下定时关怀",
)  # fmt: skip
