"""What is told of ballots: in lists, in whole, to a voter, and the result."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, label, labelled
from services.contracts.governance.ballots.vocabulary import (
    BALLOT_BASES,
    BALLOT_BODIES,
    BALLOT_COMPARATORS,
    BALLOT_FIELDS,
    BALLOT_KINDS,
    BALLOT_ORIGINS,
    BALLOT_OUTCOMES,
    BALLOT_SECRECIES,
    BALLOT_STATES,
    BALLOT_STEPS,
    COUNTED_VOTES,
    ELECTORATES,
)
from services.contracts.governance.secret_ballots import SecretPart


@labelled(BALLOT_FIELDS)
class Ballot(Schema):
    """表决 A ballot in a list. `entitled` is the size of the frozen roll, `outcome` stands once it is closed.

    `seats`: how many are elected, or how many options a voter may choose at most.
    """

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    kind = Choice(BALLOT_KINDS, required=True)
    secrecy = Choice(BALLOT_SECRECIES, required=True)
    body = Choice(BALLOT_BODIES, required=True)
    origin_kind = Choice(BALLOT_ORIGINS, required=True)
    origin_id = fields.UUID(required=True, allow_none=True)
    seats = fields.Integer(required=True)
    counts = Choice(COUNTED_VOTES, required=True)
    state = Choice(BALLOT_STATES, required=True)
    opens_at = Timestamp(required=True, allow_none=True)
    closes_at = Timestamp(required=True, allow_none=True)
    opened_at = Timestamp(required=True, allow_none=True)
    closed_at = Timestamp(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    entitled = fields.Integer(required=True, allow_none=True)
    outcome = Choice(BALLOT_OUTCOMES, required=True, allow_none=True)


class BallotOption(Schema):
    """An option: `key` is what a vote names; a person by `member_id`, anything else by `text`."""

    key = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)
    member_id = fields.UUID(required=True, allow_none=True)


class CountedOption(BallotOption):
    """An option with what it got. `votes` are points in a ranking.

    `percent`: of the base, one place; null in a ranking. `place`: equal for equal votes (1, 2, 2, 4).
    `reached`: it has the votes that the comparator asks for. `tied`: it waits for a run-off.
    """

    votes = fields.Integer(required=True)
    percent = fields.String(required=True, allow_none=True)
    place = fields.Integer(required=True)
    reached = fields.Boolean(required=True)
    elected = fields.Boolean(required=True)
    tied = fields.Boolean(required=True)


class BallotRule(Schema):
    """The rule a figure of a ballot stands in, as it was when the ballot was opened."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    document = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    article = fields.String(required=True, allow_none=True)
    ruleset = fields.String(required=True)


class UnitTurnout(Schema):
    """How many of a unit may vote, and how many did."""

    unit_id = fields.UUID(required=True, allow_none=True)
    entitled = fields.Integer(required=True)
    cast = fields.Integer(required=True)


@labelled(BALLOT_FIELDS)
class BallotResult(Schema):
    """What came of a ballot.

    `base_count` is the number votes are compared with, `threshold` the least that satisfies the comparator; null in a
    ranking. `participated` counted for `least`, the participation the rules ask for. `exactly_half`: the deciding
    number is half of the base, so that the comparator alone decided. `seats_left`: seats that nobody was elected to.
    """

    ballot_id = fields.UUID(required=True)
    outcome = Choice(BALLOT_OUTCOMES, required=True)
    entitled = fields.Integer(required=True)
    present = fields.Integer(required=True, allow_none=True)
    cast = fields.Integer(required=True)
    abstained = fields.Integer(required=True)
    by_proxy = fields.Integer(required=True)
    turnout = fields.String(required=True)
    participated = fields.Integer(required=True)
    least = fields.Integer(required=True)
    base = Choice(BALLOT_BASES, required=True)
    base_count = fields.Integer(required=True)
    comparator = Choice(BALLOT_COMPARATORS, required=True)
    threshold = fields.Integer(required=True, allow_none=True)
    exactly_half = fields.Boolean(required=True)
    seats = fields.Integer(required=True)
    seats_left = fields.Integer(required=True)
    options = fields.List(fields.Nested(CountedOption), required=True)
    units = fields.List(fields.Nested(UnitTurnout), required=True)
    rules = fields.List(fields.Nested(BallotRule), required=True)
    counted_at = Timestamp(required=True)


class CastVote(Schema):
    """A vote as it is stored. `receipt` follows from ballot, voter, choices and time: a changed vote has another."""

    choices = fields.List(fields.String(), required=True)
    cast_at = Timestamp(required=True)
    receipt = fields.String(required=True)
    by_proxy = fields.Boolean(required=True)


class Represented(Schema):
    """A member for whom the caller may vote, and the vote if there is one."""

    member_id = fields.UUID(required=True)
    vote = fields.Nested(CastVote, required=True, allow_none=True)


class OwnPart(Schema):
    """What a ballot is to the caller: on the roll or not, the own vote, the reason why voting is refused now.

    `may_vote`: with the own vote; `refused` names the rule where it is refused. `proxy_id`: who votes instead.
    """

    on_roll = fields.Boolean(required=True)
    may_vote = fields.Boolean(required=True)
    refused = fields.String(required=True, allow_none=True)
    proxy_id = fields.UUID(required=True, allow_none=True)
    vote = fields.Nested(CastVote, required=True, allow_none=True)
    represents = fields.List(fields.Nested(Represented), required=True)


class BlindSignature(Schema):
    """The answer to a request for a token, in base64; the voter's browser makes the signature of it."""

    signature = fields.String(required=True)


class BallotStep(Schema):
    """What was done with a ballot, when, and why."""

    step = Choice(BALLOT_STEPS, required=True)
    at = Timestamp(required=True)
    reason = fields.String(required=True, allow_none=True)


@labelled(BALLOT_FIELDS)
class BallotDetail(Ballot):
    """A ballot in whole. `cast` is how many voted so far; how they voted is told to nobody before it is closed.

    `base` to `proxies_most` are fixed when it is opened. `actions`: what the caller may do now. `history`: for those
    who run it. `next_round`: the run-off or further round that was called. `blocked`: the problem that would refuse to
    open it now. `secret`: of a secret ballot whose scrutineers are named. `called`: by a session, a meeting or an
    election, or as a further round; only its times can be changed.
    """

    about = fields.String(required=True, allow_none=True)
    electorate = Choice(ELECTORATES, required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    member_ids = fields.List(fields.UUID(), required=True)
    options = fields.List(fields.Nested(BallotOption), required=True)
    base = Choice(BALLOT_BASES, required=True, allow_none=True)
    comparator = Choice(BALLOT_COMPARATORS, required=True, allow_none=True)
    proxies_most = fields.Integer(required=True, allow_none=True)
    presence_known = fields.Boolean(required=True)
    cast = fields.Integer(required=True, metadata=label(BALLOT_FIELDS.texts["cast"]))
    run_off_of = fields.UUID(required=True, allow_none=True)
    called = fields.Boolean(load_default=False)
    next_round = fields.UUID(required=True, allow_none=True)
    result = fields.Nested(BallotResult, required=True, allow_none=True)
    rules = fields.List(fields.Nested(BallotRule), required=True)
    mine = fields.Nested(OwnPart, required=True)
    actions = fields.List(fields.String(), required=True)
    history = fields.List(fields.Nested(BallotStep), required=True)
    reason = fields.String(required=True, allow_none=True)
    blocked = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    secret = fields.Nested(SecretPart, required=True, allow_none=True)
    version = fields.Integer(required=True)


@labelled(BALLOT_FIELDS)
class OwnBallot(Ballot):
    """A ballot on whose roll the caller stands; `voted`: the own vote is cast, of a secret one the token fetched."""

    voted = fields.Boolean(required=True)


@labelled(BALLOT_FIELDS)
class Voter(Schema):
    """A member on the roll. `present` is null where presence is not taken; `proxy_id` votes instead."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    present = fields.Boolean(required=True, allow_none=True)
    proxy_id = fields.UUID(required=True, allow_none=True)
    voted = fields.Boolean(required=True)
    cast_at = Timestamp(required=True, allow_none=True)


@labelled(BALLOT_FIELDS)
class NamedVote(Schema):
    """Who voted what in a named ballot of a kind. `choices` are keys, in order in a ranking; `chosen` the options."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    kind = Choice(BALLOT_KINDS, required=True)
    choices = fields.List(fields.String(), required=True)
    chosen = fields.List(fields.Nested(BallotOption), required=True)
    cast_at = Timestamp(required=True)
    by_proxy = fields.Boolean(required=True)


class ElectorateCount(Schema):
    """How many members would be on the roll now; `strangers`: named members who may not vote."""

    count = fields.Integer(required=True)
    strangers = fields.List(fields.UUID(), required=True)


class Voted(CastVote):
    """The answer to a vote; `outcome` says whether it was new, changed or there before."""

    ballot_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    outcome = fields.String(required=True)
