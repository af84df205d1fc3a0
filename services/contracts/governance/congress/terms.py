"""Terms of the congress (届): their bodies, the seats of each unit, the shares among the delegates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    Choice,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    invalid,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.governance.congress.vocabulary import BODIES, CONGRESS_FIELDS, CONGRESS_STATES, SHARES

TERM_YEARS = (3, 5)
"""学校教职工代表大会规定 Art. 12: delegates serve three or five years."""
MOST_SEATS = 2000
MOST_UNITS = 500
_LABELS = CONGRESS_FIELDS.texts


class CongressRef(Schema):
    """One congress by id."""

    congress_id = fields.UUID(required=True)


class BodyRef(CongressRef):
    """One body of a congress."""

    body = Choice(BODIES, required=True, metadata=label(_LABELS["body"]))


@labelled(CONGRESS_FIELDS)
class BodySeats(Schema):
    """How many delegates a body has."""

    body = Choice(BODIES, required=True)
    seats = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_SEATS))


@labelled(CONGRESS_FIELDS)
class AddCongress(Schema):
    """A new term; it is prepared until its term is begun."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 99))
    starts_on = Day(years_ahead=2, required=True)
    years = fields.Integer(required=True, strict=True, validate=validate.OneOf(TERM_YEARS))
    bodies = fields.List(fields.Nested(BodySeats), required=True, validate=validate.Length(1, len(BODIES)))

    @validates_schema(skip_on_field_errors=True)
    def bodies_are_named_once(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a body that is named twice."""
        if len({one["body"] for one in request["bodies"]}) < len(request["bodies"]):
            raise invalid("congress.bodies_named_once", "Name each body once.", field="bodies")


@labelled(CONGRESS_FIELDS)
class ChangeCongress(CongressRef):
    """Another last day of a term, or other numbers of seats, with the decision it rests on."""

    version = fields.Integer(required=True, strict=True)
    ends_on = Day(years_ahead=10, required=True)
    bodies = fields.List(fields.Nested(BodySeats), required=True, validate=validate.Length(1, len(BODIES)))
    reason = Text(200, 2, required=True, metadata=label(_LABELS["document_reason"]))


class ListCongresses(PageRequest):
    """Which congresses, newest first."""

    state = Choice(CONGRESS_STATES, load_default=None, allow_none=True, metadata=label(_LABELS["state"]))


@labelled(CONGRESS_FIELDS)
class Congress(Schema):
    """届 A term of the congress in a list."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    state = Choice(CONGRESS_STATES, required=True)
    version = fields.Integer(required=True)


class Share(Schema):
    """A share among the delegates: how many there are, how many the rule asks for, and how many are missing.

    `of` is what the share is counted of; `missing` is 0 where the share is reached. `rule` says where it is written.
    """

    share = Choice(SHARES, required=True)
    found = fields.Integer(required=True)
    of = fields.Integer(required=True)
    needed = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    rule = fields.Dict(required=True)


@labelled(CONGRESS_FIELDS)
class CongressBody(Schema):
    """A body: its seats, those that were allotted to units, its delegates, and the shares as last checked."""

    body = Choice(BODIES, required=True)
    seats = fields.Integer(required=True)
    allotted = fields.Integer(required=True)
    filled = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    least = fields.Integer(required=True, allow_none=True)
    shares = fields.List(fields.Nested(Share), required=True)
    shares_checked_at = Timestamp(required=True, allow_none=True)
    shares_missing_rules = fields.List(fields.String(), required=True)


class CongressDetail(Congress):
    """One term whole; `actions` is what the caller may do now."""

    bodies = fields.List(fields.Nested(CongressBody), required=True)
    actions = fields.List(fields.String(), required=True)


@labelled(CONGRESS_FIELDS)
class AllotSeats(BodyRef):
    """Divide a body's seats among units by their voting members, by largest remainder; replaces an earlier division.

    `unit_ids`: the units that elect; none for every unit that has voting members.
    """

    least = fields.Integer(load_default=1, strict=True, validate=validate.Range(0, 20))
    unit_ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, MOST_UNITS))


@labelled(CONGRESS_FIELDS)
class SetUnitSeats(BodyRef):
    """Another number of seats for one unit, with the reason; the body's other seats stay as they are."""

    unit_id = fields.UUID(required=True)
    seats = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_SEATS))
    reason = Text(200, 2, required=True)


@labelled(CONGRESS_FIELDS)
class UnitSeats(Schema):
    """名额 Seats of one unit: by how many voting members they were counted, how many are filled and vacant."""

    unit_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    headcount = fields.Integer(required=True)
    seats = fields.Integer(required=True)
    filled = fields.Integer(required=True)
    vacant = fields.Integer(required=True)


class ListSeats(PageRequest, CongressRef):
    """Seats of the units of a congress."""

    body = Choice(BODIES, load_default=None, allow_none=True, metadata=label(_LABELS["body"]))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["unit_id"]))


_SEES = ("officer", "auditor", "chair", "member")
_UNION = {"chair": "union", "member": "union"}

list_congresses = query(
    "governance", "list_congresses", request=ListCongresses, reply=Page(Congress), allow=_SEES, reach=_UNION,
    doc="The terms of the congress, newest first.", title="查看代表大会各届",
)  # fmt: skip
get_congress = query(
    "governance", "get_congress", request=CongressRef, reply=CongressDetail, allow=_SEES, reach=_UNION,
    doc="One term with its bodies, seats and shares.", title="查看一届代表大会",
)  # fmt: skip
add_congress = command(
    "governance", "add_congress", request=AddCongress, reply=Congress, allow=("officer",),
    doc="Prepare a new term.", title="新建一届代表大会",
)  # fmt: skip
change_congress = command(
    "governance", "change_congress", request=ChangeCongress, reply=Congress, allow=("officer",),
    doc="Change the last day of a term or the seats of its bodies.", title="修改一届代表大会",
)  # fmt: skip
begin_congress = command(
    "governance", "begin_congress", request=CongressRef, reply=Congress, allow=("officer",),
    doc="Begin a term whose delegates are elected.", title="开始一届的任期",
)  # fmt: skip
end_congress = command(
    "governance", "end_congress", request=CongressRef, reply=Congress, allow=("officer",),
    doc="End a term; its delegates' seats end with it.", title="结束一届的任期",
)  # fmt: skip
allot_seats = command(
    "governance", "allot_seats", request=AllotSeats, reply=CongressDetail, allow=("officer",),
    doc="Divide the seats of a body among units by largest remainder.", title="分配代表名额",
)  # fmt: skip
set_unit_seats = command(
    "governance", "set_unit_seats", request=SetUnitSeats, reply=UnitSeats, allow=("officer",),
    doc="Change the seats of one unit.", title="调整单位的代表名额",
)  # fmt: skip
list_seats = query(
    "governance", "list_seats", request=ListSeats, reply=Page(UnitSeats), allow=_SEES, reach=_UNION,
    doc="Seats of each unit with those that are vacant.", title="查看代表名额",
)  # fmt: skip
check_shares = command(
    "governance", "check_shares", request=BodyRef, reply=CongressDetail, allow=("officer",),
    doc="Count teachers, women and young people among the delegates against the rules.", title="核对代表构成",
)  # fmt: skip
