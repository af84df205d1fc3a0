"""Delegations (职务代行): a post's work done by a colleague while its holder is away. Posts are in `posts`."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Event,
    Page,
    PageRequest,
    Schema,
    Vocabulary,
    command,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.membership.organisation.posts import POST_KINDS

DELEGATION_FIELDS = Vocabulary(
    "delegation_field", giver_id="委托人", deputy_id="代行人", giver_name="委托人姓名", deputy_name="代行人姓名",
    unit_id="组织", kind="职务", starts_on="开始日期", ends_on="结束日期", ended_on="提前结束", reason="事由",
    state="状态",
)  # fmt: skip
DELEGATION_REASONS = Vocabulary(
    "delegation_reason", trip="出差", leave="请假", training="学习培训", secondment="挂职借调", other="其他公务",
)  # fmt: skip
"""Why a holder is away: a word of a list, because everybody sees it and a free text might tell of an illness."""
DELEGATION_STATES = Vocabulary("delegation", coming="尚未开始", in_force="代行中", over="已结束")
DELEGABLE_POSTS = POST_KINDS.only("union_chair", "union_officer", "unit_chair")
"""Posts whose work a colleague can do. Not delegable: what people are elected or appointed to personally (auditors,
delegates, mediators, judges), and the operators' access to the system."""
LONGEST_DELEGATION_DAYS = 183
"""Half a year; who is away longer is succeeded. Our own choice."""


@labelled(DELEGATION_FIELDS)
class Delegation(Schema):
    """代行 A post held for its holder (`giver_id`) by another member (`deputy_id`), both days inclusive."""

    id = fields.UUID(required=True)
    post_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    kind = Choice(DELEGABLE_POSTS, required=True)
    giver_id = fields.UUID(required=True)
    deputy_id = fields.UUID(required=True)
    giver_name = fields.String(required=True)
    deputy_name = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    ended_on = fields.Date(required=True, allow_none=True)
    reason = Choice(DELEGATION_REASONS, required=True)
    state = Choice(DELEGATION_STATES, required=True)


@labelled(DELEGATION_FIELDS)
class GiveDelegation(Schema):
    """Let another member do the work of one of the own posts, from a day to a day."""

    post_id = fields.UUID(required=True, metadata=label("职务"))
    deputy_id = fields.UUID(required=True)
    starts_on = Day(years_ahead=1, required=True)
    ends_on = Day(years_ahead=2, required=True)
    reason = Choice(DELEGATION_REASONS, required=True)


class EndDelegation(Schema):
    """End a delegation at once: its giver, its deputy, or an officer."""

    delegation_id = fields.UUID(required=True)


@labelled(DELEGATION_FIELDS)
class DelegationFilter(PageRequest):
    """Which delegations to list, those that end last first; `member_id`: given or held by this member."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    kind = Choice(DELEGABLE_POSTS, load_default=None, allow_none=True)
    state = Choice(DELEGATION_STATES, load_default=None, allow_none=True)


list_delegations = query(
    "membership", "list_delegations", request=DelegationFilter, reply=Page(Delegation),
    allow=("officer", "chair", "auditor", "member", SYSTEM), reach={"chair": "union", "member": "union"},
    doc="Who does whose work while they are away; a member sees what is in force or to come, and the own ones.",
    title="查看职务代行",
)  # fmt: skip
give_delegation = command(
    "membership", "give_delegation", request=GiveDelegation, reply=Delegation, allow=("officer", "chair"),
    reach={"officer": "own", "chair": "own"}, delegable=False,
    doc="Let another member do the work of one's own post while one is away.", title="委托他人代行职务",
)  # fmt: skip
end_delegation = command(
    "membership", "end_delegation", request=EndDelegation, reply=Delegation, allow=("officer", "member"),
    doc="End a delegation at once: who gave it, who holds it, or an officer.", title="终止职务代行",
)  # fmt: skip

_EXAMPLE = {
    "delegation_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0031", "post_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003",
    "giver_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "deputy_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0032",
    "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "kind": "unit_chair", "role": "chair",
    "starts_on": "2026-11-30", "ends_on": "2026-12-11",
}  # fmt: skip


class DelegationGivenData(Schema):
    """Which post's role whom is given to, by its holder, from when to when."""

    delegation_id = fields.UUID(required=True)
    post_id = fields.UUID(required=True)
    giver_id = fields.UUID(required=True)
    deputy_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    role = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class DelegationGiven(Event, source="membership"):
    """A post's role is given to a deputy; it is valid from `starts_on` to `ends_on`, while the post is held."""

    subject = "delegation/{delegation_id}"
    data = DelegationGivenData
    example = _EXAMPLE


class DelegationEndedData(DelegationGivenData):
    """Which delegation ended before its last day, and the last day it was valid."""

    ended_on = fields.Date(required=True)


class DelegationEnded(Event, source="membership"):
    """A delegation ended early: withdrawn, given back, or with the post or the membership of one of the two."""

    subject = "delegation/{delegation_id}"
    data = DelegationEndedData
    example = {**_EXAMPLE, "ended_on": "2026-12-04"}
