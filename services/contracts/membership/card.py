"""The membership card (会员卡): its content, the signed address in its QR code, and the public check of it.

The address contains no name: scanning it shows whether the membership is in force, a shortened name and the unit. An
address on a screen is valid for minutes, one on paper for years; revoking makes all earlier ones invalid. The token in
it is a signed code of the kind "card" (`services.chassis.security.codes`).
"""

from marshmallow import fields, validate

from services.chassis.schema import PUBLIC, Choice, Event, Line, Schema, Text, Timestamp, command, query
from services.contracts.codes import CodeReading, ReadToken
from services.contracts.files import Content
from services.contracts.membership.person import employment_choice
from services.contracts.membership.record.shapes import STANDINGS, MemberRef

MOST_CARDS = 100


class MyCard(Schema):
    """One's own card; `paper` requests an address for a printed card, which is valid longer."""

    paper = fields.Boolean(load_default=False)


class Card(Schema):
    """会员卡 A card: its content, the token of its address and when that expires."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    standing = Choice(STANDINGS, required=True)
    joined_on = fields.Date(required=True)
    has_photo = fields.Boolean(required=True)
    token = fields.String(required=True)
    expires_at = Timestamp(required=True)


class PrintedCard(Card):
    """A card to be printed, with a small photo if the member has uploaded one."""

    photo = Content(allow_none=True, load_default=None)


class UnitCardsRequest(Schema):
    """The cards of a unit's active members by number, `after` the last number of the part before."""

    unit_id = fields.UUID(required=True)
    after = Text(20, load_default=None, allow_none=True)
    limit = fields.Integer(load_default=MOST_CARDS, validate=validate.Range(min=1, max=MOST_CARDS))


class CardsRequest(Schema):
    """The cards of active members by number, filtered like the member list; `total` only when requested."""

    q = Line(50, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    employment = employment_choice(load_default=None, allow_none=True)
    after = Text(20, load_default=None, allow_none=True)
    limit = fields.Integer(load_default=MOST_CARDS, validate=validate.Range(min=1, max=MOST_CARDS))
    with_total = fields.Boolean(load_default=False)


class UnitCards(Schema):
    """A part of the cards, and the number after which the next part begins."""

    total = fields.Integer(allow_none=True, load_default=None)
    items = fields.List(fields.Nested(PrintedCard), required=True)
    next_after = fields.String(allow_none=True, load_default=None)


class VerifyCard(ReadToken):
    """The token of a card's address."""


class VerifiedCard(Schema):
    """Whether the membership is in force, with a shortened name and the unit; nothing else."""

    valid = fields.Boolean(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    checked_at = Timestamp(required=True)


class RevokeCards(MemberRef):
    """Make all earlier addresses of a member's card invalid; new ones are valid."""

    reason = Text(200, 2, required=True)


class CardsRevokedReply(Schema):
    """Whose cards, and how often they were revoked."""

    member_id = fields.UUID(required=True)
    serial = fields.Integer(required=True)


my_card = query(
    "membership", "my_card", request=MyCard, reply=Card, allow=("member",),
    doc="One's own card with a fresh signed address for its QR code.", title="查看自己的会员卡",
)  # fmt: skip
list_unit_cards = query(
    "membership", "list_unit_cards", request=UnitCardsRequest, reply=UnitCards, allow=("officer", "chair"),
    doc="The cards of a unit to be printed; a chair: own unit.", title="查看分工会的会员卡",
)  # fmt: skip
list_cards = query(
    "membership", "list_cards", request=CardsRequest, reply=UnitCards, allow=("officer", "chair"),
    doc="The cards of a filtered list to be printed; a chair: own unit.", title="查看待打印的会员卡",
)  # fmt: skip
verify_card = query(
    "membership", "verify_card", request=VerifyCard, reply=VerifiedCard, allow=(PUBLIC,),
    doc="Whether the membership behind a card stands.", title="核验会员卡",
)  # fmt: skip
read_card = query(
    "membership", "read_card", request=ReadToken, reply=CodeReading, allow=(PUBLIC,),
    doc="What the code of a card tells, as far as one may know it.",
)  # fmt: skip
revoke_cards = command(
    "membership", "revoke_cards", request=RevokeCards, reply=CardsRevokedReply, allow=("member", "chair", "officer"),
    doc="End every address given for a card: after a loss, by the member, the unit's chair or an officer.",
    title="挂失会员卡",
)  # fmt: skip


class CardsRevokedData(Schema):
    """Whose cards."""

    member_id = fields.UUID(required=True)


class CardsRevoked(Event, source="membership"):
    """All earlier cards of a member became invalid."""

    subject = "member/{member_id}"
    data = CardsRevokedData
    example = {"member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"}
