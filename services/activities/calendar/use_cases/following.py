"""Updates audiences and organisers of activities when units are merged or split.

Named units stay named; activities of a closed unit belong to its successor.

Changes of units are stored, because events of different units arrive in any order, and a copied activity may name a
unit that was closed long ago. An audience is always calculated from the named units and all known changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar import rules
from services.activities.calendar.tables import Activity, UnitHeir
from services.activities.calendar.use_cases import announcements
from services.activities.calendar.use_cases.reading import lock_activity, still_open, subject_of
from services.activities.participants.use_cases import inviting
from services.chassis.database.engine import upsert
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction


def name(tx: Transaction, activity: Activity) -> None:
    """Set the named units of an audience, and add the successors of closed ones."""
    units = activity.audience["units"]
    activity.named_units, activity.named_at = [str(unit) for unit in units], tx.now
    if units:
        activity.audience = {**activity.audience, "units": rules.with_heirs(units, tx.now, _known(tx))}


def take_over(tx: Transaction, unit_id: UUID, heirs: Sequence[UUID], *, closed: bool, happened_at: datetime) -> None:
    """Store a unit's successors and recalculate the audiences of all coming activities.

    Args:
        tx: the transaction.
        unit_id: the unit that was merged or split.
        heirs: the units its members moved to.
        closed: whether it was closed.
        happened_at: time of membership's event.
    """
    tx.lock("unit-heirs")
    rows = [{"unit_id": unit_id, "heir_id": heir, "closed": closed, "happened_at": happened_at} for heir in heirs]
    tx.session.execute(upsert(tx.session, UnitHeir).values(rows).on_conflict_do_nothing())
    _bring_in_line(tx, _known(tx))


def follow_known_heirs(tx: Transaction) -> None:
    """Apply all changes of units to coming activities, also changes from before this was implemented."""
    tx.lock("unit-heirs")
    known = _known(tx)
    if known:
        _bring_in_line(tx, known)


def with_units_before(tx: Transaction, unit_ids: Iterable[UUID]) -> set[UUID]:
    """Return units with those whose members moved there, so that what was meant for these still reaches them."""
    reached = set(unit_ids)
    new = set(reached)
    while new:
        before = tx.session.scalars(sa.select(UnitHeir.unit_id).where(UnitHeir.heir_id.in_(new)))
        new = set(before) - reached
        reached |= new
    return reached


def with_units_after(tx: Transaction, unit_ids: Iterable[UUID]) -> set[UUID]:
    """Return units with those their members moved to, which take their place where units are named."""
    reached = set(unit_ids)
    new = set(reached)
    while new:
        after = tx.session.scalars(sa.select(UnitHeir.heir_id).where(UnitHeir.unit_id.in_(new)))
        new = set(after) - reached
        reached |= new
    return reached


def with_heirs_of(tx: Transaction, unit_ids: Sequence[UUID], named_at: datetime) -> list[UUID]:
    """Return units with those to which their members have moved since they were named."""
    return rules.with_heirs(unit_ids, named_at, _known(tx)) if unit_ids else []


def _bring_in_line(tx: Transaction, known: Sequence[rules.Inheritance]) -> None:
    for activity in list(tx.session.scalars(still_open(tx.now))):
        follows = rules.organiser_after(activity.organiser_unit_id, known) != activity.organiser_unit_id
        if follows or _meant(activity, known) != activity.audience["units"]:
            _follow(tx, lock_activity(tx, activity.id), known)


def _follow(tx: Transaction, activity: Activity, known: Sequence[rules.Inheritance]) -> None:
    """Change an audience; it is read again under the lock, because an organiser may have changed it."""
    before = {"audience": activity.audience, "organiser_unit_id": activity.organiser_unit_id}
    after = {
        "audience": {**activity.audience, "units": _meant(activity, known)},
        "organiser_unit_id": rules.organiser_after(activity.organiser_unit_id, known),
    }
    changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if not changes or activity.state not in ("draft", "scheduled"):
        return
    for name, (_, value) in changes.items():
        setattr(activity, name, value)
    activity.version += 1
    note_change(tx, subject_of(activity.id), changes, "unit merged or split")
    if activity.state == "scheduled":
        tx.session.flush()
        tx.record(announcements.rescheduled(activity, sorted(changes)))
        inviting.invite_waiting(tx, activity)


def _meant(activity: Activity, known: Sequence[rules.Inheritance]) -> list[UUID]:
    """Return the units of an activity's audience."""
    if activity.named_units is None or activity.named_at is None:
        return rules.with_heirs(activity.audience["units"], activity.created_at, known)
    return rules.with_heirs([UUID(unit) for unit in activity.named_units], activity.named_at, known)


def _known(tx: Transaction) -> list[rules.Inheritance]:
    """Return all changes of units; a union has hundreds of units, and few of them change."""
    columns = UnitHeir.unit_id, UnitHeir.heir_id, UnitHeir.closed, UnitHeir.happened_at
    return [rules.Inheritance(*row) for row in tx.session.execute(sa.select(*columns))]
