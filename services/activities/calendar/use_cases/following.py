"""Audiences and organisers follow their units when these are merged or split.

Who was named stays named, and what a closed unit organised is its heir's.

What became of units is kept, since events of different units come in any order, and an activity that is copied may
name a unit closed long ago. An audience is always made anew of what was named and what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Take the units of an audience as named now, and add the heirs of those that are closed."""
    units = activity.audience["units"]
    activity.named_units, activity.named_at = [str(unit) for unit in units], tx.now
    if units:
        activity.audience = {**activity.audience, "units": rules.with_heirs(units, tx.now, _known(tx))}


def take_over(tx: Transaction, unit_id: UUID, heirs: Sequence[UUID], *, closed: bool, happened_at: datetime) -> None:
    """Note a unit's heirs and make the audiences of all activities to come anew.

    Args:
        tx: the transaction.
        unit_id: the unit that was merged or split.
        heirs: where its members went.
        closed: whether nobody is left in it.
        happened_at: when membership announced it.
    """
    tx.lock("unit-heirs")
    rows = [{"unit_id": unit_id, "heir_id": heir, "closed": closed, "happened_at": happened_at} for heir in heirs]
    tx.session.execute(upsert(tx.session, UnitHeir).values(rows).on_conflict_do_nothing())
    _bring_in_line(tx, _known(tx))


def follow_known_heirs(tx: Transaction) -> None:
    """Bring activities to come in line with all that became of units, also before audiences and organisers followed."""
    tx.lock("unit-heirs")
    known = _known(tx)
    if known:
        _bring_in_line(tx, known)


def _bring_in_line(tx: Transaction, known: Sequence[rules.Inheritance]) -> None:
    for activity in list(tx.session.scalars(still_open(tx.now))):
        follows = rules.organiser_after(activity.organiser_unit_id, known) != activity.organiser_unit_id
        if follows or _meant(activity, known) != activity.audience["units"]:
            _follow(tx, lock_activity(tx, activity.id), known)


def _follow(tx: Transaction, activity: Activity, known: Sequence[rules.Inheritance]) -> None:
    """Change an audience; looked at again under the lock, since an organiser may have changed it meanwhile."""
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
    """Return the units an activity's audience means."""
    if activity.named_units is None or activity.named_at is None:
        return rules.with_heirs(activity.audience["units"], activity.created_at, known)
    return rules.with_heirs([UUID(unit) for unit in activity.named_units], activity.named_at, known)


def _known(tx: Transaction) -> list[rules.Inheritance]:
    """Return all that became of units; a union has hundreds of units, and few of them end."""
    columns = UnitHeir.unit_id, UnitHeir.heir_id, UnitHeir.closed, UnitHeir.happened_at
    return [rules.Inheritance(*row) for row in tx.session.execute(sa.select(*columns))]
