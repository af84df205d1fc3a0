"""Bookings to which nobody came, and for how long that bars a member."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.activities.participants.use_cases.reading import participants_of
from services.activities.places import rules
from services.activities.places.tables import PlaceBooking
from services.activities.places.use_cases import store
from services.activities.places.workflow import PLACE_BOOKING
from services.chassis.clock import day_of, start_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import Refusal, sourced
from services.contracts.activities.places.events import PlaceBookingMissed

_FIGURES = ("missed_most", "missed_days", "barred_days")
AT_ONCE = 200


def bar_of(tx: Transaction, member_id: UUID, employment: str | None) -> Refusal | None:
    """Return why a member is barred from booking today, None where that is not so or no rule says it."""
    figures = _figures(tx, employment)
    if figures is None:
        return None
    until = _barred_until(tx, [member_id], figures).get(member_id)
    most = figures["missed_most"]
    return sourced(rules.member_is_not_barred(until, tx.today, most.count), most)


def barred_day_of(tx: Transaction, member_id: UUID, employment: str | None) -> date | None:
    """Return the last day of the bar that a member is under today, None for none."""
    refusal = bar_of(tx, member_id, employment)
    return None if refusal is None else date.fromisoformat(refusal.params["until"])


def record_absences(tx: Transaction) -> None:
    """Record that nobody came to the next bookings whose time for checking in is over."""
    rule = rule_or_none(tx, "places.check_in_minutes", tx.today)
    if rule is None:
        return
    over = sa.select(PlaceBooking).where(
        PlaceBooking.state == "booked", PlaceBooking.starts_at <= tx.now - timedelta(minutes=rule.count)
    )
    ordered = over.order_by(PlaceBooking.starts_at, PlaceBooking.id).limit(AT_ONCE)
    missed = tx.session.scalars(ordered.with_for_update(skip_locked=True)).all()
    for one in missed:
        one.state = PLACE_BOOKING.apply(one.state, "record_absence", roles=None)
    tx.session.flush()
    _announce(tx, missed)


def announce_absence(tx: Transaction, booking: PlaceBooking) -> None:
    """Announce an absence that was recorded by hand."""
    tx.session.flush()
    _announce(tx, [booking])


def _announce(tx: Transaction, missed: Collection[PlaceBooking]) -> None:
    members = {one.member_id for one in missed if one.member_id is not None}
    known = participants_of(tx, members)
    by_employment: dict[str | None, list[UUID]] = {}
    for member_id in members:
        participant = known.get(member_id)
        by_employment.setdefault(participant.employment if participant else None, []).append(member_id)
    until: dict[UUID, date] = {}
    for employment, ids in by_employment.items():
        figures = _figures(tx, employment)
        if figures is not None:
            until.update(_barred_until(tx, ids, figures))
    for one in missed:
        if one.member_id is not None:
            last = until.get(one.member_id)
            barred = last if last is not None and last >= tx.today else None
            tx.record(PlaceBookingMissed(**store.announced(one), barred_until=barred))


def _figures(tx: Transaction, employment: str | None) -> store.Figures | None:
    """Return the rules of absences, None where one is missing: then nobody is barred."""
    try:
        return store.figures_for(tx, _FIGURES, tx.today, employment)
    except NoRuleInForce:
        return None


def _barred_until(tx: Transaction, member_ids: Collection[UUID], figures: store.Figures) -> dict[UUID, date]:
    most, within, days = (figures[name].count for name in _FIGURES)
    if most < 1:
        return {}
    since = start_of(tx.today - timedelta(days=within + days))
    found = sa.select(PlaceBooking.member_id, PlaceBooking.starts_at).where(
        PlaceBooking.member_id.in_(member_ids), PlaceBooking.state == "missed", PlaceBooking.starts_at >= since
    )
    missed: dict[UUID, list[date]] = {}
    for row in tx.session.execute(found):
        missed.setdefault(row.member_id, []).append(day_of(row.starts_at))
    ends = {one: rules.barred_until(dates, most, within, days) for one, dates in missed.items()}
    return {one: last for one, last in ends.items() if last is not None}
