"""Closing the list of who attended, and opening it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases import organising
from services.activities.calendar.use_cases.reading import Activity, lock_to_change, subject_of
from services.activities.check_in import rules
from services.activities.check_in.tables import Attendance
from services.activities.check_in.use_cases import store
from services.activities.registration.use_cases.lists import confirmed_of
from services.chassis.database.bulk import columns_of, insert_new, is_among
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.contracts.activities.check_in.events import AttendanceRecorded

_AT_ONCE = 2_000


def close_attendance(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Close the list: who had a seat and is not recorded is absent; the activity counts as held by so many people.

    Raises:
        Refused: the activity has not begun, is cancelled, or the list is closed already.
    """
    tx.lock(store.list_lock(request["activity_id"]))
    activity = lock_to_change(tx, request)
    setting = store.own_setting(tx, activity.id)
    refuse_first(rules.activity_takes_place(activity.state), rules.list_is_open(setting.closed_at))
    _mark_absent(tx, activity)
    tx.session.flush()
    found = store.figures(tx, activity, {"cost": setting.cost})
    activity.counted = False
    held = {"activity_id": activity.id, "held_on": None, "attended": found["people"]}
    organising.hold_activity(tx, held)
    activity.counted = True
    setting.closed_at, setting.closed_by = tx.now, tx.principal.actor
    note_change(tx, subject_of(activity.id), {"attendance_closed": (False, True)})
    counts = {name: value for name, value in found.items() if name != "cost_a_head"}
    tx.record(AttendanceRecorded(activity_id=activity.id, plan_item_id=activity.plan_item_id, **counts))
    tx.session.flush()
    return store.state_of(tx, activity)


def reopen_attendance(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Open a closed list again, with the reason; closing it later tells the new figures.

    Raises:
        Refused: the list is open.
    """
    activity = lock_to_change(tx, request)
    setting = store.own_setting(tx, activity.id)
    refuse_first(rules.list_is_closed(setting.closed_at))
    setting.closed_at, setting.closed_by = None, None
    activity.counted = False
    note_change(tx, subject_of(activity.id), {"attendance_closed": (True, False)}, request["reason"])
    tx.session.flush()
    return store.state_of(tx, activity)


def _mark_absent(tx: Transaction, activity: Activity) -> None:
    """Mark who had a seat and is not recorded, or whose check-in was taken back."""
    known = sa.select(Attendance.member_id, Attendance.state).where(Attendance.activity_id == activity.id)
    recorded: dict[UUID, str] = {row.member_id: row.state for row in tx.session.execute(known)}
    expected = confirmed_of(tx, activity.id)
    seated = {row.member_id for row in expected}
    undone = [member_id for member_id, state in recorded.items() if state == "undone" and member_id in seated]
    noted = {"recorded_at": tx.now, "recorded_by": tx.principal.actor, "method": "hand"}
    new = [
        {
            "id": uuid7(), "activity_id": activity.id, "member_id": row.member_id, "unit_id": row.unit_id,
            "registration_id": row.id, "state": "absent", "expected_companions": row.companions, "companions": 0,
            "walk_in": False, **noted,
        }
        for row in expected
        if row.member_id not in recorded
    ]  # fmt: skip
    for start in range(0, len(new), _AT_ONCE):
        part = columns_of(new[start : start + _AT_ONCE])
        insert_new(tx.session, Attendance.__table__, part, {}, ["activity_id", "member_id"])
    if undone:
        tx.session.execute(
            sa.update(Attendance)
            .where(Attendance.activity_id == activity.id, is_among(tx.session, [Attendance.member_id], undone))
            .values(state="absent", **noted)
            .execution_options(synchronize_session=False)
        )
