"""When a place is open: slots of days, days off, blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.activities.places import hours_rules
from services.activities.places.tables import Place, PlaceBlock
from services.chassis.clock import day_of, start_of
from services.chassis.database.transaction import Transaction
from services.chassis.holidays import YearUnknown, arranged


@dataclass(frozen=True)
class Slot:
    """From when to when one can book."""

    starts_at: datetime
    ends_at: datetime


def slots_on(place: Place, day: date) -> list[Slot]:
    """Return the slots of a place on a day in China, none on a day off on which it is closed."""
    if holiday_on(place, day) is not None:
        return []
    midnight = start_of(day).astimezone(UTC)
    spans = hours_rules.slots_of(hours_rules.spans_of(place.hours, day.isoweekday()), place.slot_minutes)
    return [Slot(midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)) for opens, closes in spans]


def slot_at(place: Place, starts_at: datetime) -> Slot | None:
    """Return the slot of a place that begins then, None where there is none."""
    return next((slot for slot in slots_on(place, day_of(starts_at)) if slot.starts_at == starts_at), None)


def holiday_on(place: Place, day: date) -> str | None:
    """Return the name of the day off on which the place is closed, None where it is open or that is not known."""
    if not place.closed_on_days_off:
        return None
    try:
        found = arranged(day)
    except YearUnknown:
        return None
    return found.holiday if found is not None and not found.works else None


def blocks_between(tx: Transaction, place_id: UUID, starts_at: datetime, ends_at: datetime) -> Sequence[PlaceBlock]:
    """Return the blocks of a place that touch a time, by their beginning."""
    touching = (
        PlaceBlock.place_id == place_id, PlaceBlock.ends_at > starts_at, PlaceBlock.starts_at < ends_at
    )  # fmt: skip
    return tx.session.scalars(sa.select(PlaceBlock).where(*touching).order_by(PlaceBlock.starts_at)).all()


def reason_blocked(blocks: Sequence[PlaceBlock], slot: Slot) -> str | None:
    """Return why a slot is blocked, None where it is not."""
    touching = (one for one in blocks if one.starts_at < slot.ends_at and one.ends_at > slot.starts_at)
    return next((one.reason for one in touching), None)


def monday_of(day: date) -> date:
    """Return the Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())
