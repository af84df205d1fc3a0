"""Secret ballots (无记名投票): the keys of scrutineers, votes cast without an account, the board.

Belongs here: what knows no voter. Who may vote, and giving out tokens, belong to ballots.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import PUBLIC, Choice, Event, PageRequest, Schema, Vocabulary, command, label, query

SECRET_STATES = Vocabulary(
    "secret_ballot", preparing="等待监票人密钥", ready="密钥已备齐", open="投票中", closed="等待监票人份额",
    opening="正在开票", counted="已开票", cancelled="已取消",
)  # fmt: skip
SCRUTINY_TASKS = Vocabulary("scrutiny_task", key="登记密钥", share="交出份额")
"""What scrutineers of a secret ballot do."""
MOST_REGISTRARS = 3
ENTRIES_PER_PAGE = 500
MEMBERS_OF_A_PART = 500
"""Members of a roll that one event names at most."""
_BASE64 = r"\A[A-Za-z0-9+/]+={0,2}\Z"


def binary_field(most: int, **more: Any) -> fields.String:
    """Bytes as base64, `most` bytes at most."""
    checks = [validate.Length(min=4, max=-(-most // 3) * 4), validate.Regexp(_BASE64)]
    return fields.String(required=True, validate=checks, **more)


class SecretBallotRef(Schema):
    """One ballot by id."""

    ballot_id = fields.UUID(required=True)


class EnrolScrutineer(SecretBallotRef):
    """The public key of a scrutineer: an uncompressed point on P-256."""

    public_key = binary_field(65, metadata=label("公钥"))


class GiveShare(SecretBallotRef):
    """The share of a scrutineer, opened with the own key."""

    share = binary_field(32, metadata=label("份额"))


class Scrutineer(Schema):
    """监票人 Who holds a share: whether the key was sent, and whether the share was given."""

    member_id = fields.UUID(required=True)
    place = fields.Integer(required=True)
    enrolled = fields.Boolean(required=True)
    given = fields.Boolean(required=True)


class Ceremony(Schema):
    """What was done with the keys. `fingerprint` is the hash of the definition, which the board begins with.

    `place`, `public_key` and `sealed_share` are those of the caller, for scrutineers.
    """

    ballot_id = fields.UUID(required=True)
    state = Choice(SECRET_STATES, required=True)
    needed = fields.Integer(required=True)
    scrutineers = fields.List(fields.Nested(Scrutineer), required=True)
    fingerprint = fields.String(required=True, allow_none=True)
    place = fields.Integer(required=True, allow_none=True)
    public_key = fields.String(required=True, allow_none=True)
    sealed_share = fields.String(required=True, allow_none=True)


class Registrar(Schema):
    """Who signs tokens, the hash of the key, and how many were signed; null for another registrar before the end."""

    name = fields.String(required=True)
    key_fingerprint = fields.String(required=True)
    marks = fields.Integer(required=True, allow_none=True)


class SecretPart(Schema):
    """What a ballot's page tells of its secrecy: the keys, and how the caller stands.

    `terms`: what is voted on, whose hash is in the definition. `marks`: tokens given out by the union. `has_token`: to
    the caller. `place`: of the caller among the scrutineers, null for others. `flaw`: the rule by which the votes are
    not opened, because the registrars contradict each other.
    """

    state = Choice(SECRET_STATES, required=True)
    terms = fields.Dict(keys=fields.String(), required=True)
    needed = fields.Integer(required=True)
    fingerprint = fields.String(required=True, allow_none=True)
    head = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    marks = fields.Integer(required=True)
    registrars = fields.List(fields.Nested(Registrar), required=True)
    flaw = fields.String(required=True, allow_none=True)
    scrutineers = fields.List(fields.Nested(Scrutineer), required=True)
    has_token = fields.Boolean(required=True)
    place = fields.Integer(required=True, allow_none=True)


class CastSealedVote(SecretBallotRef):
    """A vote as it comes onto the board; all values are base64, as docs/ballots.md describes them."""

    token = binary_field(97)
    signatures = fields.List(binary_field(512), required=True, validate=validate.Length(1, MOST_REGISTRARS))
    sealed = binary_field(1000)
    signature = binary_field(64)


class VoteReceipt(Schema):
    """The tracker of a vote, and the union's signature that it took it; the same for a repeated vote."""

    tracker = fields.String(required=True)
    receipt = fields.String(required=True)


class BoardRequest(PageRequest):
    """A page of the board, in its order."""

    ballot_id = fields.UUID(required=True)
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=ENTRIES_PER_PAGE))


class BoardEntry(Schema):
    """A vote on the board; `vote` is its text once the votes were opened, null before and for an invalid one."""

    tracker = fields.String(required=True)
    token = fields.String(required=True)
    signatures = fields.List(fields.String(), required=True)
    sealed = fields.String(required=True)
    signature = fields.String(required=True)
    vote = fields.String(required=True, allow_none=True)


class BoardPage(Schema):
    """A page of the board with the definition, the signed head, and, once the votes were opened, key and tally.

    `statements`: what each further registrar signed that it gave out; empty before the end.
    """

    state = Choice(SECRET_STATES, required=True)
    definition = fields.Dict(keys=fields.String(), required=True)
    fingerprint = fields.String(required=True)
    head = fields.Dict(keys=fields.String(), required=True)
    statements = fields.List(fields.Dict(keys=fields.String()), required=True)
    secret = fields.String(required=True, allow_none=True)
    tally = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True, allow_none=True)
    items = fields.List(fields.Nested(BoardEntry), required=True)
    next_cursor = fields.String(allow_none=True, load_default=None)


get_ceremony = query(
    "governance", "get_ceremony", request=SecretBallotRef, reply=Ceremony, allow=("officer", "auditor", "member"),
    doc="The keys of a secret ballot; to its scrutineers with their own share.", title="查看无记名投票的密钥",
    reach={"member": "union"},
)  # fmt: skip
enrol_scrutineer = command(
    "governance", "enrol_scrutineer", request=EnrolScrutineer, reply=Ceremony, allow=("member",),
    doc="Send the own public key as a scrutineer; with the last one the keys of the ballot are made.",
    title="监票人登记密钥", delegable=False,
)  # fmt: skip
give_share = command(
    "governance", "give_share", request=GiveShare, reply=Ceremony, allow=("member",),
    doc="Give the own share after the end, as a scrutineer; with enough of them the votes are opened.",
    title="监票人交出份额", delegable=False,
)  # fmt: skip
cast_sealed_vote = command(
    "governance", "cast_sealed_vote", request=CastSealedVote, reply=VoteReceipt, allow=(PUBLIC,),
    doc="Cast a secret vote, without an account; the same vote again gets the same answer.", title="无记名投票",
    unlinked=True,
)  # fmt: skip
get_board = query(
    "governance", "get_board", request=BoardRequest, reply=BoardPage, allow=(PUBLIC,),
    doc="The board of a secret ballot.", title="查看票榜",
)  # fmt: skip


class ScrutineersData(Schema):
    """Scrutineers of a secret ballot, and what is asked of them."""

    ballot_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1))
    task = Choice(SCRUTINY_TASKS, required=True)


_EXAMPLE = {
    "ballot_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601", "member_ids": ["018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"],
    "task": "key",
}  # fmt: skip


class ScrutineersCalled(Event, source="governance"):
    """Scrutineers are to send their key, or after the end to give their share."""

    subject = "ballot/{ballot_id}"
    data = ScrutineersData
    example = _EXAMPLE


class ScrutineersDone(Event, source="governance"):
    """Scrutineers have done what was asked of them, or it is not needed any more."""

    subject = "ballot/{ballot_id}"
    data = ScrutineersData
    example = _EXAMPLE


class BallotRollFrozenData(Schema):
    """Some of the members on the frozen roll of a secret ballot."""

    ballot_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MEMBERS_OF_A_PART))


class BallotRollFrozen(Event, source="governance"):
    """A part of the roll of a secret ballot is frozen; several events for a roll of many. Told to other registrars."""

    subject = "ballot/{ballot_id}"
    data = BallotRollFrozenData
    example = {name: _EXAMPLE[name] for name in ("ballot_id", "member_ids")}


class SecretVotingEnded(Event, source="governance"):
    """No more votes of a secret ballot are taken, so that no more tokens are needed."""

    subject = "ballot/{ballot_id}"
    data = SecretBallotRef
    example = {"ballot_id": _EXAMPLE["ballot_id"]}
