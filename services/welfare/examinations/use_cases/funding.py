"""The administration's money for a campaign: reserved when the list is made, paid for who came, the rest given back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.examinations.tables import Examination, ExaminationPackage, Examinee
from services.welfare.examinations.use_cases.store import SOURCE, examination_detail, examination_of
from services.welfare.examinations.workflow import ON_LIST
from services.welfare.payments.use_cases.answers import Answer, on_paid
from services.welfare.payments.use_cases.paying import (
    CAN_BE_PUT_AGAIN,
    Payment,
    payments_of,
    request_payment,
    request_payment_again,
)
from services.welfare.payments.use_cases.reserving import Reservation, release, reserve, reserve_again

BENEFIT = "medical_examination"


def reserve_cost(tx: Transaction, examination: Examination) -> None:
    """Ask for as much as it costs when everybody on the list comes for the dearest package."""
    dearest = sa.select(sa.func.max(ExaminationPackage.price)).where(
        ExaminationPackage.examination_id == examination.id
    )
    on_list = Examinee.examination_id == examination.id, Examinee.state.in_(ON_LIST)
    people = tx.session.scalar(sa.select(sa.func.count()).where(*on_list)) or 0
    amount = (tx.session.scalar(dearest) or Decimal(0)) * people
    if amount:
        reserve(
            tx,
            Reservation(
                SOURCE, examination.id, examination.year, amount, examination.funding, BENEFIT, title=examination.title
            ),
        )


def pay(tx: Transaction, examination: Examination) -> None:
    """Ask for the payment for who came; nobody came, nothing is paid and the reservation ends."""
    statement = (
        sa.select(sa.func.count(), sa.func.sum(ExaminationPackage.price))
        .select_from(Examinee)
        .join(ExaminationPackage, ExaminationPackage.id == Examinee.package_id)
        .where(Examinee.examination_id == examination.id, Examinee.state == "attended")
    )
    people, amount = tx.session.execute(statement).one()
    if not people:
        release(tx, SOURCE, examination.id)
        return
    request_payment(
        tx,
        Payment(
            SOURCE, examination.id, amount, examination.funding, tx.today, BENEFIT, people=people,
            evidence_kinds=["document"],
        ),
    )  # fmt: skip


def fund_examination_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask once more for the payment that was refused or reversed, or else for the reservation that was refused.

    Raises:
        Refused: nothing was refused.
    """
    examination = examination_of(tx, request["examination_id"], lock=True)
    payment = payments_of(tx, SOURCE, [examination.id]).get(examination.id)
    if payment is not None and payment.state in CAN_BE_PUT_AGAIN:
        request_payment_again(tx, SOURCE, examination.id)
    else:
        reserve_again(tx, SOURCE, examination.id)
    return examination_detail(tx, examination)


@on_paid(SOURCE)
def release_rest(tx: Transaction, answer: Answer) -> None:
    """Give back what was reserved and not needed."""
    release(tx, SOURCE, answer.source_id)
