"""The second registrar (监票组): a key for each secret ballot, tokens signed blind, what it says it gave out.

Belongs here: what scrutiny promises. The definition, the votes and the board are governance's.
"""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import PUBLIC, SYSTEM, Choice, Event, Schema, Vocabulary, command, query
from services.contracts.governance.ballots.shapes import BlindSignature
from services.contracts.governance.secret_ballots import SecretBallotRef, binary_field

WATCH_STATES = Vocabulary(
    "watched_ballot", keyed="等待名册", open="签发凭证中", closed="已停止签发", cancelled="已取消"
)
MOST_BLINDED = 512
"""Bytes of a blinded message."""


class BallotKey(Schema):
    """The public keys of a ballot, base64: `key` (DER) signs tokens, `statement_key` (Ed25519) what was given out."""

    key = fields.String(required=True)
    statement_key = fields.String(required=True)


class RequestScrutinyToken(SecretBallotRef):
    """A blinded message, to be signed with the key of the second registrar."""

    blinded = binary_field(MOST_BLINDED)


class Scrutiny(Schema):
    """What the second registrar tells of a ballot, by itself: its keys, its roll, how many tokens it gave out.

    `roll`: the hash of the members on it; `voters`: how many; both null until all of them are known. `statement`: the
    signed figures, once no more tokens are given out.
    """

    ballot_id = fields.UUID(required=True)
    state = Choice(WATCH_STATES, required=True)
    key = fields.String(required=True)
    key_fingerprint = fields.String(required=True)
    statement_key = fields.String(required=True)
    marks = fields.Integer(required=True)
    voters = fields.Integer(required=True, allow_none=True)
    roll = fields.String(required=True, allow_none=True)
    statement = fields.Dict(keys=fields.String(), required=True, allow_none=True)


make_ballot_key = command(
    "scrutiny", "make_ballot_key", request=SecretBallotRef, reply=BallotKey, allow=(SYSTEM,),
    doc="Make the key of a secret ballot, once; the same one is told again.",
)  # fmt: skip
request_scrutiny_token = command(
    "scrutiny", "request_scrutiny_token", request=RequestScrutinyToken, reply=BlindSignature, allow=("member",),
    doc="Get the second signature of a token, made blind; the same request gets the same answer.",
    title="领取监票组的签名", delegable=False,
)  # fmt: skip
get_scrutiny = query(
    "scrutiny", "get_scrutiny", request=SecretBallotRef, reply=Scrutiny, allow=(PUBLIC,),
    doc="What the second registrar of a secret ballot tells: its key, its roll, and how many tokens it gave out.",
    title="查看监票组公布的数字",
)  # fmt: skip


class TokensClosedData(Schema):
    """What the second registrar says it gave out, as it signed it."""

    ballot_id = fields.UUID(required=True)
    marks = fields.Integer(required=True)
    voters = fields.Integer(required=True)
    roll = fields.String(required=True)
    signature = fields.String(required=True)


class TokensClosed(Event, source="scrutiny"):
    """The second registrar gives out no more tokens of a ballot, and says how many it gave out to which roll."""

    subject = "ballot/{ballot_id}"
    data = TokensClosedData
    example = {
        "ballot_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0601", "marks": 1046, "voters": 1200, "roll": "5f" * 32,
        "signature": "c2lnbmF0dXJl",
    }  # fmt: skip
