"""What a cycle costs: reserved in the budget at approval, paid by each hand-out, the rest given back after the end."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.payments.use_cases.reserving import Reservation, release, reserve, reserved_sources
from services.welfare.programmes.tables import OPEN_CLAIMS, Cycle, HandOut, Programme

SOURCE = "goods"


def reserve_for(tx: Transaction, cycle: Cycle, programme: Programme) -> None:
    """Reserve the price of an approved cycle for everybody on its list, where the union pays."""
    if programme.funding != "union":
        return
    reserve(
        tx,
        Reservation(
            SOURCE,
            cycle.id,
            year=cycle.year,
            amount=cycle.price * cycle.entitled,
            funding_source=programme.funding,
            benefit_key=programme.benefit_key,
            title=cycle.title,
        ),
    )


def give_back_rest(tx: Transaction) -> None:
    """Release what closed cycles did not need, once the funds have answered all claims and refused none."""
    open_claims = sa.exists().where(HandOut.cycle_id == Cycle.id, OPEN_CLAIMS)
    closed = sa.select(Cycle.id).where(Cycle.state == "closed", Cycle.id.in_(reserved_sources(SOURCE)), ~open_claims)
    for cycle_id in tx.session.scalars(closed.order_by(Cycle.id).limit(10)).all():
        release(tx, SOURCE, cycle_id)
