"""Delegates (代表): entered with the record of their election, ended, listed; delegations (代表团) with their heads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    Choice,
    Empty,
    Line,
    Page,
    PageRequest,
    Schema,
    command,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.governance.congress.candidates import Candidate, require_named_once
from services.contracts.governance.congress.terms import BodyRef, CongressRef
from services.contracts.governance.congress.vocabulary import (
    BODIES,
    CONGRESS_FIELDS,
    DELEGATE_ENDS,
    DELEGATE_ORDERS,
    DELEGATE_SOURCES,
    DELEGATE_STATES,
    DELEGATES_SHOWN,
    ENDS_BY_HAND,
    STAFF_KINDS,
)
from services.contracts.ids import ids_filter

MOST_AT_ONCE = 100
MOST_VOTERS = 100_000
MOST_DELEGATIONS = 50
_LABELS = CONGRESS_FIELDS.texts


class DelegateRef(Schema):
    """One delegate by id."""

    delegate_id = fields.UUID(required=True)


@labelled(CONGRESS_FIELDS)
class ElectedDelegate(Candidate):
    """Who was elected, as what kind of staff, and with how many votes."""

    votes = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_VOTERS))


@labelled(CONGRESS_FIELDS)
class EnterDelegates(BodyRef):
    """Who was elected in a unit, with the record of the election: the day, who was entitled, who voted, the candidates.

    `document` names the record on paper.
    """

    unit_id = fields.UUID(required=True)
    elected_on = Day(required=True)
    entitled = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_VOTERS))
    ballots_cast = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_VOTERS))
    candidates = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    document = Line(120, 2, required=True)
    elected = fields.List(fields.Nested(ElectedDelegate), required=True, validate=validate.Length(1, MOST_AT_ONCE))

    @validates_schema(skip_on_field_errors=True)
    def members_are_named_once(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a member who is named twice."""
        require_named_once(request["elected"], "elected")


@labelled(CONGRESS_FIELDS)
class EndDelegate(DelegateRef):
    """End a delegate's seat before its term is over, by a decision of the unit that elected."""

    reason = Choice(ENDS_BY_HAND, required=True)
    document = Line(200, 2, required=True, metadata=label(_LABELS["document_reason"]))


class ListDelegates(PageRequest, CongressRef):
    """Which delegates of a congress."""

    body = Choice(BODIES, load_default=None, allow_none=True, metadata=label(_LABELS["body"]))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["unit_id"]))
    delegation_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["delegation"]))
    member_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["member_id"]))
    staff_kind = Choice(STAFF_KINDS, load_default=None, allow_none=True, metadata=label(_LABELS["staff_kind"]))
    show = Choice(DELEGATES_SHOWN, load_default="serving", metadata=label(_LABELS["show"]))
    sort = Choice(DELEGATE_ORDERS, load_default="unit_id", metadata=label(_LABELS["sort"]))
    ids = ids_filter()


@labelled(CONGRESS_FIELDS)
class Delegate(Schema):
    """代表 A delegate's seat; `delegation` is the name of the unit's delegation.

    `moved_on`: the member is in another unit since; the unit that elected decides whether the seat ends.
    """

    id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    staff_kind = Choice(STAFF_KINDS, required=True)
    source = Choice(DELEGATE_SOURCES, required=True)
    elected_on = fields.Date(required=True)
    starts_on = fields.Date(required=True)
    last_day = fields.Date(required=True)
    state = Choice(DELEGATE_STATES, required=True)
    delegation = fields.String(required=True, allow_none=True)
    moved_on = fields.Date(required=True, allow_none=True)
    end_reason = Choice(DELEGATE_ENDS, required=True, allow_none=True)


class DelegateDetail(Delegate):
    """One seat with the record of its election; the figures are for those who keep the list."""

    entitled = fields.Integer(required=True, metadata=label(_LABELS["entitled"]))
    ballots_cast = fields.Integer(required=True, metadata=label(_LABELS["ballots_cast"]))
    candidates = fields.Integer(required=True, metadata=label(_LABELS["candidates"]))
    votes = fields.Integer(required=True, metadata=label(_LABELS["votes"]))
    document = fields.String(required=True, metadata=label(_LABELS["document"]))
    end_document = fields.String(required=True, allow_none=True, metadata=label(_LABELS["document_reason"]))
    may_end = fields.Boolean(required=True)


class EnteredDelegates(Schema):
    """The seats that were entered."""

    items = fields.List(fields.Nested(Delegate), required=True)


class MySeats(Schema):
    """One's own seats that have not ended."""

    items = fields.List(fields.Nested(Delegate), required=True)


class DelegationRef(Schema):
    """One delegation by id."""

    delegation_id = fields.UUID(required=True)


@labelled(CONGRESS_FIELDS)
class DelegationTerms(Schema):
    """Which units' delegates are in a delegation, and who leads it: its head is one of them."""

    name = Line(60, 2, required=True)
    unit_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 200))
    head_id = fields.UUID(load_default=None, allow_none=True)
    deputy_id = fields.UUID(load_default=None, allow_none=True)


class FormDelegation(CongressRef, DelegationTerms):
    """A delegation of the delegates of some units."""


class ChangeDelegation(DelegationRef, DelegationTerms):
    """Other units, another name or head of a delegation."""


@labelled(CONGRESS_FIELDS)
class CongressDelegation(Schema):
    """代表团 A delegation; `delegates` counts its delegates by body."""

    id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    head_id = fields.UUID(required=True, allow_none=True)
    deputy_id = fields.UUID(required=True, allow_none=True)
    delegates = fields.Dict(keys=Choice(BODIES), values=fields.Integer(), required=True)


class CongressDelegations(Schema):
    """The delegations of a congress, by name."""

    items = fields.List(fields.Nested(CongressDelegation), required=True)


_SEES = ("officer", "auditor", "chair", "member")
_UNION = {"chair": "union", "member": "union"}

list_delegates = query(
    "governance", "list_delegates", request=ListDelegates, reply=Page(Delegate), allow=_SEES, reach=_UNION,
    doc="The delegates of a congress, by unit.", title="查看代表名单",
)  # fmt: skip
get_delegate = query(
    "governance", "get_delegate", request=DelegateRef, reply=DelegateDetail, allow=("officer", "auditor", "chair"),
    doc="One seat with the record of its election; a chair: of the own unit.", title="查看代表的选举记录",
)  # fmt: skip
my_seats = query(
    "governance", "my_seats", request=Empty, reply=MySeats, allow=("member",),
    doc="One's own seats in the congress.", title="查看自己的代表资格",
)  # fmt: skip
enter_delegates = command(
    "governance", "enter_delegates", request=EnterDelegates, reply=EnteredDelegates, allow=("officer", "chair"),
    doc="Enter who was elected in a unit, with the record of the election; a chair: in the own unit.",
    title="登记当选代表",
)  # fmt: skip
end_delegate = command(
    "governance", "end_delegate", request=EndDelegate, reply=Delegate, allow=("officer", "chair"),
    doc="End a seat by a decision of the unit that elected.", title="终止代表资格",
)  # fmt: skip
list_congress_delegations = query(
    "governance", "list_congress_delegations", request=CongressRef, reply=CongressDelegations, allow=_SEES,
    reach=_UNION, doc="The delegations of a congress.", title="查看代表团",
)  # fmt: skip
form_delegation = command(
    "governance", "form_delegation", request=FormDelegation, reply=CongressDelegation, allow=("officer",),
    doc="Form a delegation of the delegates of some units.", title="组成代表团",
)  # fmt: skip
change_delegation = command(
    "governance", "change_delegation", request=ChangeDelegation, reply=CongressDelegation, allow=("officer",),
    doc="Change a delegation.", title="修改代表团",
)  # fmt: skip
dissolve_delegation = command(
    "governance", "dissolve_delegation", request=DelegationRef, reply=Empty, allow=("officer",),
    doc="Dissolve a delegation; its delegates keep their seats.", title="撤销代表团",
)  # fmt: skip
