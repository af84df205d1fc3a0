"""Requests about ballots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Timestamp, invalid, labelled
from services.contracts.governance.ballots.vocabulary import (
    BALLOT_BODIES,
    BALLOT_FIELDS,
    BALLOT_KINDS,
    BALLOT_ORDERS,
    BALLOT_SECRECIES,
    BALLOT_STATES,
    COUNTED_VOTES,
    OWN_ELECTORATES,
    OWN_ORIGINS,
    VOTERS_SHOWN,
)
from services.contracts.ids import ids_filter

MOST_OPTIONS = 60
MOST_NAMED = 2000
"""Members that an electorate names one by one."""
MOST_UNITS = 300
MOST_SCRUTINEERS = 9
LARGEST_BATCH = 500
_KEY = validate.Regexp(re.compile(r"\A(yes|no|abstain|[1-9][0-9]?)\Z"))


class BallotRef(Schema):
    """One ballot by id."""

    ballot_id = fields.UUID(required=True)


@labelled(BALLOT_FIELDS)
class OptionTerms(Schema):
    """An option: a member, or a text."""

    text = Line(200, 1, load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def _one_of_both(self, option: Mapping[str, Any], **_: Any) -> None:
        if (option["text"] is None) == (option["member_id"] is None):
            raise invalid("ballots.option_is_one", "An option is a member or a text.", field="text")


@labelled(BALLOT_FIELDS)
class Electorate(Schema):
    """Who may vote: all members, those of units, or members named one by one."""

    electorate = Choice(OWN_ELECTORATES, load_default="all")
    unit_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_UNITS))
    member_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_NAMED))

    @validates_schema
    def _names_fit(self, terms: Mapping[str, Any], **_: Any) -> None:
        kind = terms["electorate"]
        for word, name in (("units", "unit_ids"), ("list", "member_ids")):
            if (kind == word) != bool(terms[name]):
                raise invalid(
                    "ballots.electorate_is_named", "Name units or members as the electorate says.", field=name
                )


@labelled(BALLOT_FIELDS)
class BallotTerms(Electorate):
    """What a ballot is about, who votes, and how it is counted.

    `seats`: how many are elected, or how many options a voter may choose at most; 1 where there is nothing to choose.
    Without `opens_at` or `closes_at` somebody opens or closes it.
    """

    title = Line(100, 2, required=True)
    about = Text(4000, load_default=None, allow_none=True)
    kind = Choice(BALLOT_KINDS, required=True)
    secrecy = Choice(BALLOT_SECRECIES, required=True)
    body = Choice(BALLOT_BODIES, required=True)
    seats = fields.Integer(load_default=1, strict=True, validate=validate.Range(min=1, max=MOST_OPTIONS))
    options = fields.List(fields.Nested(OptionTerms), load_default=list, validate=validate.Length(max=MOST_OPTIONS))
    counts = Choice(COUNTED_VOTES, load_default="first")
    opens_at = Timestamp(load_default=None, allow_none=True)
    closes_at = Timestamp(load_default=None, allow_none=True)


@labelled(BALLOT_FIELDS)
class CreateBallot(BallotTerms):
    """A new ballot of the union, or of a unit by its chair."""

    origin_kind = Choice(OWN_ORIGINS, load_default="union")
    origin_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def _origin_is_named(self, ballot: Mapping[str, Any], **_: Any) -> None:
        if (ballot["origin_kind"] == "unit") != (ballot["origin_id"] is not None):
            raise invalid("ballots.origin_is_named", "Name the unit of a unit's ballot.", field="origin_id")


class ChangeBallot(BallotRef, BallotTerms):
    """Change a ballot that was not opened; `version` is the one that was read."""

    version = fields.Integer(required=True, strict=True)


class CountElectorate(Electorate):
    """Who would be on the roll now."""


class OpenBallot(BallotRef):
    """Open a ballot; `expected` is how many may vote as was read, so that nobody is forgotten or added unseen."""

    expected = fields.Integer(load_default=None, allow_none=True, strict=True)


class NameScrutineers(BallotRef):
    """Name the scrutineers of a secret ballot, and how many of them open its votes together."""

    member_ids = fields.List(
        fields.UUID(), required=True, validate=validate.Length(2, MOST_SCRUTINEERS), metadata={"title": "监票人"}
    )
    needed = fields.Integer(
        required=True, strict=True, validate=validate.Range(2, MOST_SCRUTINEERS), metadata={"title": "开票所需人数"}
    )


class RequestToken(BallotRef):
    """The blinded token of a voter, in base64 (docs/ballots.md)."""

    blinded = fields.String(required=True, validate=validate.Length(4, 1024))


@labelled(BALLOT_FIELDS)
class CancelBallot(BallotRef):
    """Cancel a ballot with the reason; votes that were cast count for nothing."""

    reason = Text(200, 2, required=True)


@labelled(BALLOT_FIELDS)
class CallRound(BallotRef):
    """Call the next round: between those with equal votes, or for the seats that are left."""

    opens_at = Timestamp(load_default=None, allow_none=True)
    closes_at = Timestamp(load_default=None, allow_none=True)


@labelled(BALLOT_FIELDS)
class SetProxy(BallotRef):
    """Let a member on the roll be represented by another; null ends it."""

    member_id = fields.UUID(required=True)
    proxy_id = fields.UUID(required=True, allow_none=True)


@labelled(BALLOT_FIELDS)
class ListBallots(PageRequest):
    """Ballots, newest first; a chair sees those of the own unit."""

    q = Line(50, load_default=None, allow_none=True)
    state = Choice(BALLOT_STATES, load_default=None, allow_none=True)
    kind = Choice(BALLOT_KINDS, load_default=None, allow_none=True)
    secrecy = Choice(BALLOT_SECRECIES, load_default=None, allow_none=True)
    body = Choice(BALLOT_BODIES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    ids = ids_filter()
    sort = Choice(BALLOT_ORDERS, load_default="-created_at", metadata={"title": "排序"})


@labelled(BALLOT_FIELDS)
class MyBallots(PageRequest):
    """One's own ballots, newest first; `state` narrows them down."""

    state = Choice(BALLOT_STATES.only("open", "counting", "closed", "cancelled"), load_default=None, allow_none=True)
    ids = ids_filter()


@labelled(BALLOT_FIELDS)
class ListVoters(PageRequest, BallotRef):
    """The roll of a ballot; a chair sees the own unit."""

    show = Choice(VOTERS_SHOWN, load_default="all")
    unit_id = fields.UUID(load_default=None, allow_none=True)


@labelled(BALLOT_FIELDS)
class ListVotes(PageRequest, BallotRef):
    """The votes of a named ballot that is closed."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


def _choices() -> fields.Field[Any]:
    return fields.List(fields.String(validate=_KEY), required=True, validate=validate.Length(1, MOST_OPTIONS))


@labelled(BALLOT_FIELDS)
class Vote(BallotRef):
    """A vote: keys of options, in the order of a ranking; `abstain` alone for none. `for_member_id`: as a proxy."""

    choices = _choices()
    for_member_id = fields.UUID(load_default=None, allow_none=True)


class BatchedVote(Schema):
    """One member's vote in a batch; `key` is its idempotency key, `actor` the account that sent it."""

    member_id = fields.UUID(required=True)
    choices = _choices()
    for_member_id = fields.UUID(load_default=None, allow_none=True)
    actor = fields.String(required=True, validate=validate.Length(min=1, max=64))
    key = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=100))


class CastVotes(BallotRef):
    """Votes of several members who each asked."""

    votes = fields.List(fields.Nested(BatchedVote), required=True, validate=validate.Length(1, LARGEST_BATCH))
