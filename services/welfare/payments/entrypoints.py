"""Operations about the money of sources."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.welfare import payment_operations as contract
from services.welfare.payments.use_cases import money


@answers(
    (contract.get_money_of_source, money.get_money_of_source),
    (contract.reserve_money_again, money.reserve_money_again),
    (contract.pay_again, money.pay_again),
)
class PaymentEntrypoints:
    """Reading reservations and payments, and asking again."""
