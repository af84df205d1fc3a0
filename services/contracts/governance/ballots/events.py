"""Events of ballots: ids, counts and outcomes. None says how anybody voted."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Choice, Event, Schema, Timestamp
from services.contracts.governance.ballots.vocabulary import (
    BALLOT_BODIES,
    BALLOT_KINDS,
    BALLOT_ORIGINS,
    BALLOT_OUTCOMES,
    BALLOT_SECRECIES,
)

MEMBERS_OF_AN_EVENT = 500
"""Members that one event names at most."""

_BALLOT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


def _members() -> fields.Field[Any]:
    return fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MEMBERS_OF_AN_EVENT))


class BallotData(Schema):
    """Which ballot of which body, where it comes from, and how many may vote."""

    ballot_id = fields.UUID(required=True)
    origin_kind = Choice(BALLOT_ORIGINS, required=True)
    origin_id = fields.UUID(required=True, allow_none=True)
    body = Choice(BALLOT_BODIES, required=True)
    kind = Choice(BALLOT_KINDS, required=True)
    secrecy = Choice(BALLOT_SECRECIES, required=True)
    entitled = fields.Integer(required=True)


class BallotOpenedData(BallotData):
    """A ballot and until when votes are taken; null where somebody closes it."""

    closes_at = Timestamp(required=True, allow_none=True)


_EXAMPLE = {
    "ballot_id": _BALLOT, "origin_kind": "union", "origin_id": None, "body": "union", "kind": "yes_no",
    "secrecy": "named", "entitled": 1200,
}  # fmt: skip


class BallotOpened(Event, source="governance"):
    """The roll of a ballot is frozen and votes are taken."""

    subject = "ballot/{ballot_id}"
    data = BallotOpenedData
    example = {**_EXAMPLE, "closes_at": "2026-03-20T10:00:00+00:00"}


class BallotClosedData(BallotData):
    """A ballot, how many voted, and what came of it."""

    cast = fields.Integer(required=True)
    outcome = Choice(BALLOT_OUTCOMES, required=True)


class BallotClosed(Event, source="governance"):
    """A ballot is closed and counted."""

    subject = "ballot/{ballot_id}"
    data = BallotClosedData
    example = {**_EXAMPLE, "cast": 1046, "outcome": "passed"}


class BallotCancelledData(Schema):
    """Which ballot."""

    ballot_id = fields.UUID(required=True)


class BallotCancelled(Event, source="governance"):
    """A ballot was cancelled; votes that were cast for it count for nothing."""

    subject = "ballot/{ballot_id}"
    data = BallotCancelledData
    example = {"ballot_id": _BALLOT}


class VotersData(Schema):
    """Some of the members on the roll of a ballot."""

    ballot_id = fields.UUID(required=True)
    member_ids = _members()


class VotersCalledData(VotersData):
    """Some of the members who may vote, until when; of a secret ballot the hashes of its definition and of the keys.

    `keys`: of each registrar that signs tokens, to be compared.
    """

    closes_at = Timestamp(required=True, allow_none=True)
    fingerprint = fields.String(required=True, allow_none=True)
    keys = fields.List(fields.String(), load_default=None, allow_none=True)


class VotersCalled(Event, source="governance"):
    """Members are called to vote; several events for a roll of many."""

    subject = "ballot/{ballot_id}"
    data = VotersCalledData
    example = {
        "ballot_id": _BALLOT,
        "member_ids": [_MEMBER],
        "closes_at": "2026-03-20T10:00:00+00:00",
        "fingerprint": None,
        "keys": None,
    }


class VotersVoted(Event, source="governance"):
    """Members voted in a named or open ballot; told in batches, some seconds later."""

    subject = "ballot/{ballot_id}"
    data = VotersData
    example = {"ballot_id": _BALLOT, "member_ids": [_MEMBER]}


class VotingEndedData(VotersData):
    """Some of the members on the roll, how many votes stand on the board, and the hash after the last of them."""

    entries = fields.Integer(required=True)
    chain = fields.String(required=True)


class VotingEnded(Event, source="governance"):
    """No more secret votes are taken, and the head of the board is signed; several events for a roll of many."""

    subject = "ballot/{ballot_id}"
    data = VotingEndedData
    example = {"ballot_id": _BALLOT, "member_ids": [_MEMBER], "entries": 1046, "chain": "5f" * 32}


class VotersToldData(VotersData):
    """Some of the members on the roll, and what came of the ballot; null where it was cancelled."""

    secrecy = Choice(BALLOT_SECRECIES, required=True)
    outcome = Choice(BALLOT_OUTCOMES, required=True, allow_none=True)


class VotersTold(Event, source="governance"):
    """Members on the roll can read what came of a ballot that ended; several events for a roll of many."""

    subject = "ballot/{ballot_id}"
    data = VotersToldData
    example = {"ballot_id": _BALLOT, "member_ids": [_MEMBER], "secrecy": "named", "outcome": "passed"}
