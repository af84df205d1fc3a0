"""Elections of delegates by ballot: a unit votes on candidates, and who is elected gets the seat."""

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
    label,
    labelled,
    query,
)
from services.contracts.governance.ballots.vocabulary import BALLOT_SECRECIES
from services.contracts.governance.congress.candidates import Candidate, require_named_once
from services.contracts.governance.congress.terms import BodyRef, CongressRef
from services.contracts.governance.congress.vocabulary import (
    BODIES,
    CONGRESS_FIELDS,
    UNIT_ELECTION_STATES,
)

MOST_CANDIDATES = 60
ELECTION_SECRECIES = BALLOT_SECRECIES.only("secret", "open")
_LABELS = CONGRESS_FIELDS.texts


class UnitElectionRef(Schema):
    """One election by id."""

    election_id = fields.UUID(required=True)


@labelled(CONGRESS_FIELDS)
class CallElection(BodyRef):
    """An election in a unit: for how many seats, who stands, and whether it is secret.

    The ballot is prepared only; who runs ballots of the unit opens and closes it, or the clock does.
    """

    unit_id = fields.UUID(required=True)
    seats = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_CANDIDATES))
    candidates = fields.List(fields.Nested(Candidate), required=True, validate=validate.Length(2, MOST_CANDIDATES))
    secrecy = Choice(ELECTION_SECRECIES, load_default="secret")
    opens_at = Timestamp(load_default=None, allow_none=True)
    closes_at = Timestamp(load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def members_are_named_once(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a member who is named twice."""
        require_named_once(request["candidates"], "candidates")


class ListUnitElections(PageRequest, CongressRef):
    """Elections of a term, the latest first; a chair sees those of the own unit."""

    body = Choice(BODIES, load_default=None, allow_none=True, metadata=label(_LABELS["body"]))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["unit_id"]))
    state = Choice(UNIT_ELECTION_STATES, load_default=None, allow_none=True, metadata=label(_LABELS["state"]))


@labelled(CONGRESS_FIELDS)
class EndElection(UnitElectionRef):
    """That the seats which are left are not voted on again, and why."""

    reason = Text(200, 2, required=True)


@labelled(CONGRESS_FIELDS)
class UnitElection(Schema):
    """选举 An election of delegates by ballot; `ballot_id` is its latest round.

    `filled`: seats that its rounds have filled. `refused_by`: the rule that kept the last result from filling seats.
    """

    id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    unit_id = fields.UUID(required=True)
    seats = fields.Integer(required=True)
    filled = fields.Integer(required=True, metadata=label("已选出"))
    candidates = fields.List(fields.Nested(Candidate), required=True)
    ballot_id = fields.UUID(required=True)
    state = Choice(UNIT_ELECTION_STATES, required=True)
    called_at = Timestamp(required=True, metadata=label("发起时间"))
    reason = fields.String(required=True, allow_none=True)
    refused_by = fields.String(required=True, allow_none=True)


_KEEPS = ("officer", "chair")

list_unit_elections = query(
    "governance", "list_unit_elections", request=ListUnitElections, reply=Page(UnitElection),
    allow=("officer", "auditor", "chair"), doc="Elections of delegates by ballot; a chair: of the own unit.",
    title="查看代表投票选举",
)  # fmt: skip
call_election = command(
    "governance", "call_election", request=CallElection, reply=UnitElection, allow=_KEEPS,
    doc="Call an election of delegates by ballot in a unit; a chair: in the own unit.", title="发起代表投票选举",
)  # fmt: skip
end_election = command(
    "governance", "end_election", request=EndElection, reply=UnitElection, allow=_KEEPS,
    doc="End an election whose seats were not all filled, without another round.", title="结束代表投票选举",
)  # fmt: skip
