"""Marking by hand who was there, and taking back a check-in that was wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, lock_to_change
from services.activities.check_in import rules
from services.activities.check_in.tables import Attendance
from services.activities.check_in.use_cases import store
from services.activities.check_in.workflow import ATTENDANCE
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration.use_cases import late_entries
from services.activities.registration.use_cases.reading import live_registrations
from services.chassis.database.bulk import columns_of, insert_new
from services.chassis.database.history import note_change, note_same_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.identifiers import uuid7


def mark_attendance(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Mark members; those who registered on paper are entered as registered first, if it is said so.

    Raises:
        Refused: the activity does not take place or has not begun, or its list is closed.
    """
    activity = lock_to_change(tx, request)
    setting = store.setting_of(tx, activity.id)
    refuse_first(
        rules.activity_takes_place(activity.state), rules.list_is_open(setting["closed_at"]),
        rules.check_in_has_begun(store.window(activity, setting), tx.now) if request["mark"] != "excused" else None,
    )  # fmt: skip
    wanted = list(dict.fromkeys(request["member_ids"]))
    known = participants_of(tx, wanted)
    refused = [{"member_id": str(one), "rule": "check_in.member_belongs"} for one in wanted if one not in known]
    members = [one for one in wanted if one in known]
    registered = live_registrations(tx, activity.id, members)
    if request["registered"]:
        missing = [known[one] for one in members if one not in registered]
        no_seat = late_entries.enter(tx, activity, missing)
        refused += [{"member_id": str(one), "rule": "check_in.walk_in_finds_a_seat"} for one in no_seat]
        members = [one for one in members if one not in no_seat]
        registered = live_registrations(tx, activity.id, members)
    rows = [_row(tx, activity, known[one], registered.get(one), request) for one in members]
    _store(tx, activity.id, rows, request)
    return {"activity_id": activity.id, "marked": len(rows), "refused": refused}


def _row(tx: Transaction, activity: Activity, member: Any, registration: Any, request: Mapping[str, Any]) -> Any:
    came = request["mark"] == "present"
    companions = registration.companions if registration else 0
    return {
        "id": uuid7(),
        "activity_id": activity.id,
        "member_id": member.member_id,
        "unit_id": registration.unit_id if registration else member.unit_id,
        "registration_id": registration.id if registration else None,
        "state": request["mark"],
        "expected_companions": companions,
        "companions": companions if came else 0,
        "walk_in": registration is None,
        "flag": rules.flag_of(registration.state) if registration else None,
        "method": "hand",
        "arrived_at": _when(tx, activity) if came else None,
        "recorded_at": tx.now,
        "recorded_by": tx.principal.actor,
        "by_member": tx.principal.member_id,
        "note": request["note"],
    }


def _when(tx: Transaction, activity: Activity) -> datetime:
    """Return when who is marked by hand came: now, or at the start of what is over."""
    return tx.now if tx.now <= activity.ends_at else activity.starts_at


def _store(tx: Transaction, activity_id: UUID, rows: Sequence[Any], request: Mapping[str, Any]) -> None:
    """Write marks: change the rows there are, and insert the others in one statement."""
    stored = {
        row.member_id: row
        for row in tx.session.scalars(
            sa.select(Attendance)
            .where(Attendance.activity_id == activity_id, Attendance.member_id.in_([one["member_id"] for one in rows]))
            .order_by(Attendance.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    changed: dict[str, list[UUID]] = {}
    for one in rows:
        row = stored.get(one["member_id"])
        if row is None or row.state == request["mark"]:
            continue
        changed.setdefault(row.state, []).append(row.id)
        row.state = ATTENDANCE.apply(row.state, f"mark_{request['mark']}", roles=None)
        for name in ("companions", "arrived_at", "method", "recorded_at", "recorded_by", "by_member", "note"):
            setattr(row, name, one[name])
    tx.session.flush()
    new = [one for one in rows if one["member_id"] not in stored]
    if new:
        insert_new(tx.session, Attendance.__table__, columns_of(new), {}, ["activity_id", "member_id"])
    for was, ids in changed.items():
        note_same_change(tx, [store.subject_of(one) for one in ids], {"state": (was, request["mark"])})


def undo_check_in(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take back a check-in, with the reason; an older scan that arrives later does not bring it back.

    Raises:
        NotFound: the member is not recorded.
        Refused: the member is not checked in, or the list is closed.
    """
    activity = get_activity(tx, request)
    store.require_desk(tx, activity)
    tx.lock(store.list_lock(activity.id), shared=True)
    refuse_first(rules.list_is_open(store.setting_of(tx, activity.id)["closed_at"]))
    row = store.attendance_of(tx, activity.id, request["member_id"], lock=True)
    if row is None:
        raise NotFound("This member is not checked in.", field="member_id", rule="check_in.member_is_checked_in")
    was, row.state = row.state, ATTENDANCE.apply(row.state, "undo", roles=None)
    row.arrived_at, row.undone_at, row.companions = None, tx.now, 0
    tx.session.flush()
    note_change(tx, store.subject_of(row.id), {"state": (was, row.state)}, request["reason"])
    return store.attendee(row)
