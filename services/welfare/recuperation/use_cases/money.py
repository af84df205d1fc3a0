"""What trips cost the administration: reserved while confirmed, paid when settled, the rest given back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.welfare.payments.use_cases.answers import Answer, on_paid
from services.welfare.payments.use_cases.paying import Payment, request_payment
from services.welfare.payments.use_cases.reserving import Reservation, release, reserve
from services.welfare.recuperation.tables import RecuperationRoute, Trip, TripApplication

BENEFIT = "recuperation"
SOURCE = "trip"
PAID_BY = "administration"
"""Recuperation is paid from the administration's welfare budget; the ledger refuses union funds for it."""
PERSON_DAY_CAP = "recuperation.person_day_cap"


def reserve_for_confirmed(tx: Transaction, round_id: UUID) -> None:
    """Reserve what the confirmed trips of a round cost at most, by who is on them now."""
    statement = (
        sa.select(Trip, RecuperationRoute.name, RecuperationRoute.days)
        .join(RecuperationRoute, RecuperationRoute.id == Trip.route_id)
        .where(Trip.round_id == round_id, Trip.state == "confirmed")
        .order_by(Trip.id)
    )
    rows = tx.session.execute(statement).all()
    amounts = _amounts(tx, [trip.id for trip, _, _ in rows])
    for trip, name, days in rows:
        cap = rule_or_none(tx, PERSON_DAY_CAP, trip.starts_on)
        most = [min(amount, cap.amount * days) if cap else amount for amount in amounts.get(trip.id, [])]
        if not most:
            release(tx, SOURCE, trip.id)
            continue
        reserve(
            tx,
            Reservation(
                SOURCE,
                trip.id,
                year=trip.ends_on.year,
                amount=sum(most, Decimal(0)),
                funding_source=PAID_BY,
                benefit_key=BENEFIT,
                title=f"{name} {trip.starts_on}",
            ),
        )


def pay(tx: Transaction, trip: Trip, paid: Sequence[Decimal]) -> None:
    """Ask for the payment of a settled trip: what is paid for each who travelled; without any, give back all."""
    if not sum(paid):
        release(tx, SOURCE, trip.id)
        return
    request_payment(
        tx,
        Payment(
            SOURCE,
            trip.id,
            amount=sum(paid, Decimal(0)),
            funding_source=PAID_BY,
            spent_on=trip.ends_on,
            benefit_key=BENEFIT,
            people=len(paid),
            evidence_kinds=["receipt"],
        ),
    )


@on_paid(SOURCE)
def give_back_rest(tx: Transaction, answer: Answer) -> None:
    """Give back what a trip that is paid did not need."""
    release(tx, SOURCE, answer.source_id)


def _amounts(tx: Transaction, trip_ids: Sequence[UUID]) -> dict[UUID | None, list[Decimal]]:
    on_trips = TripApplication.trip_id.in_(trip_ids), TripApplication.state == "confirmed"
    found: dict[UUID | None, list[Decimal]] = {}
    for trip_id, amount in tx.session.execute(
        sa.select(TripApplication.trip_id, TripApplication.amount).where(*on_trips)
    ):
        found.setdefault(trip_id, []).append(amount)
    return found
