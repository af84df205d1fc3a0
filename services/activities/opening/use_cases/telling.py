"""Tells that registration has opened: once for each activity, then each member who asked."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import lock_activity, opened, opening_now
from services.activities.opening.tables import OpeningReminder
from services.chassis.database.transaction import Transaction
from services.chassis.process.runtime import Call
from services.contracts.activities.opening import OpeningReminded, RegistrationOpened

TOLD_AT_ONCE = 500
"""Members told in one transaction."""


def open_registrations(call: Call) -> None:
    """Tell of each activity whose time has come; several replicas may do so at the same time.

    The replica that gets the lock of the activity's row first tells it; a reminder is deleted with its event.
    """
    with call.transaction(readonly=True) as tx:
        found = [activity.id for activity in opening_now(tx)]
    for activity_id in found:
        with call.transaction() as tx:
            _open(tx, activity_id)
    while True:
        with call.transaction() as tx:
            if not _remind(tx):
                return


def _open(tx: Transaction, activity_id: UUID) -> None:
    activity = lock_activity(tx, activity_id)
    if activity.opened_at is not None or activity.state != "scheduled" or tx.now < activity.registration_opens_at:
        return
    activity.opened_at = tx.now
    times = {"opens_at": activity.registration_opens_at, "closes_at": activity.registration_closes_at}
    tx.record(RegistrationOpened(activity_id=activity.id, seats_left=activity.seats_left, **times))


def _remind(tx: Transaction) -> bool:
    """Tell the next members whose activity has opened; return whether there may be more."""
    if not tx.try_lock("opening-reminders"):
        return False
    due = sa.select(OpeningReminder.activity_id, OpeningReminder.member_id).where(
        OpeningReminder.activity_id.in_(opened())
    )
    rows = tx.session.execute(due.order_by(*due.selected_columns).limit(TOLD_AT_ONCE)).all()
    for row in rows:
        tx.record(OpeningReminded(activity_id=row.activity_id, member_id=row.member_id))
    keys = sa.tuple_(OpeningReminder.activity_id, OpeningReminder.member_id)
    if rows:
        tx.session.execute(sa.delete(OpeningReminder).where(keys.in_([tuple(row) for row in rows])))
    return len(rows) == TOLD_AT_ONCE
