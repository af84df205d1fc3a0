"""What officers read and do about the money of a source of welfare: reserved, paid, refused."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, command, query
from services.contracts.welfare.payments import RESERVED_FOR, FundingShown, PaymentShown


class SourceRef(Schema):
    """What the money is for."""

    source_type = Choice(RESERVED_FOR, required=True)
    source_id = fields.UUID(required=True)


class MoneyOfSource(SourceRef):
    """What a source reserved, and its payment; null where it asked for none."""

    funding = fields.Nested(FundingShown, allow_none=True, required=True)
    payment = fields.Nested(PaymentShown, allow_none=True, required=True)


get_money_of_source = query(
    "welfare", "get_money_of_source", request=SourceRef, reply=MoneyOfSource, allow=("officer", "auditor"),
    doc="What a source of welfare reserved and paid, with the funds' answers.", title="查看福利经费",
)  # fmt: skip
reserve_money_again = command(
    "welfare", "reserve_money_again", request=SourceRef, reply=MoneyOfSource, allow=("officer",),
    doc="Ask the funds again for a reservation they refused.", title="重新申请预留经费",
)  # fmt: skip
pay_again = command(
    "welfare", "pay_again", request=SourceRef, reply=MoneyOfSource, allow=("officer",),
    doc="Ask the funds again for a payment they refused or reversed.", title="重新申请付款",
)  # fmt: skip
