"""The setting of an activity's check-in, who may run a desk, the figures, and attendance as replies have it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, organises
from services.activities.check_in import rules
from services.activities.check_in.tables import Attendance, CheckInSetting, DeskHelper
from services.activities.registration.use_cases.lists import confirmed_count
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed

USUAL: dict[str, Any] = {
    "opens_minutes": 60, "closes_minutes": 60, "walk_ins": "seats", "cost": None, "closed_at": None,
}  # fmt: skip
ATTENDEE = (
    "id", "member_id", "unit_id", "state", "expected_companions", "companions", "arrived_at", "desk", "by_member",
    "method", "walk_in", "flag", "note",
)  # fmt: skip


def setting_of(tx: Transaction, activity_id: UUID) -> dict[str, Any]:
    """Return what is set for an activity's check-in, the usual where nothing is."""
    row = tx.session.get(CheckInSetting, activity_id)
    return {name: getattr(row, name) if row is not None else usual for name, usual in USUAL.items()}


def own_setting(tx: Transaction, activity_id: UUID) -> CheckInSetting:
    """Return the row of an activity's setting to change it; the activity is locked."""
    row = tx.session.get(CheckInSetting, activity_id, with_for_update=True, populate_existing=True)
    if row is None:
        row = CheckInSetting(activity_id=activity_id, **USUAL)
        tx.session.add(row)
    return row


def window(activity: Any, setting: dict[str, Any]) -> rules.Window:
    """Return when one can check in."""
    return rules.window_of(activity.starts_at, activity.ends_at, setting["opens_minutes"], setting["closes_minutes"])


def require_desk(tx: Transaction, activity: Activity) -> None:
    """Raise `NotAllowed` unless the caller organises the activity or was named to check people in at it."""
    if organises(tx.principal, activity):
        return
    member_id = tx.principal.member_id
    if member_id is None or tx.session.get(DeskHelper, (activity.id, member_id)) is None:
        raise NotAllowed("You do not check people in at this activity.", rule="check_in.runs_a_desk")


def at_the_desk(tx: Transaction, activity_id: UUID) -> Activity:
    """Return the activity of somebody who checks people in at it. Raises `NotFound`, `NotAllowed`."""
    activity = get_activity(tx, {"activity_id": activity_id})
    require_desk(tx, activity)
    return activity


def helpers_of(tx: Transaction, activity_id: UUID) -> list[UUID]:
    """Return the members who check people in, in the order they were named."""
    named = sa.select(DeskHelper.member_id).where(DeskHelper.activity_id == activity_id)
    return list(tx.session.scalars(named.order_by(DeskHelper.named_at, DeskHelper.member_id)))


def list_lock(activity_id: UUID) -> str:
    """Return the name of the lock of an activity's list: shared to record on it, alone to close it.

    It is taken before the lock of the activity.
    """
    return f"attendance/{activity_id}"


def figures(tx: Transaction, activity: Activity, setting: dict[str, Any]) -> dict[str, Any]:
    """Return how many are expected, came and did not."""
    count, one = sa.func.count(), sa.case((Attendance.walk_in, 1), else_=0)
    flagged = sa.case((Attendance.flag.is_not(None), 1), else_=0)
    states = (
        sa.select(
            Attendance.state, count.label("members"), sa.func.sum(Attendance.companions).label("companions"),
            sa.func.sum(one).label("walk_ins"), sa.func.sum(flagged).label("flagged"),
        )
        .where(Attendance.activity_id == activity.id)
        .group_by(Attendance.state)
    )  # fmt: skip
    found = {row.state: row for row in tx.session.execute(states)}
    came = found.get("present")
    present, companions = (int(came.members), int(came.companions)) if came else (0, 0)
    return {
        "expected": confirmed_count(tx, activity.id),
        "present": present,
        "absent": int(found["absent"].members) if "absent" in found else 0,
        "excused": int(found["excused"].members) if "excused" in found else 0,
        "walk_ins": int(came.walk_ins) if came else 0,
        "flagged": int(came.flagged) if came else 0,
        "companions": companions,
        "people": present + companions,
        "cost_a_head": rules.cost_a_head(setting["cost"], present + companions),
    }


def state_of(tx: Transaction, activity: Activity) -> dict[str, Any]:
    """Return the reply about an activity's check-in."""
    setting = setting_of(tx, activity.id)
    opening = window(activity, setting)
    return {
        "activity_id": activity.id,
        "title": activity.title,
        "starts_at": activity.starts_at,
        "ends_at": activity.ends_at,
        "opens_at": opening.opens_at,
        "closes_at": opening.closes_at,
        "capacity": activity.capacity,
        "seats_taken": activity.seats_taken,
        "helpers": helpers_of(tx, activity.id),
        "may_organise": organises(tx.principal, activity),
        "figures": figures(tx, activity, setting),
        **setting,
    }


def attendance_of(tx: Transaction, activity_id: UUID, member_id: UUID, *, lock: bool = False) -> Attendance | None:
    """Return what is recorded of a member, None for nothing yet; with `lock` locked until the transaction ends."""
    wanted = sa.select(Attendance).where(Attendance.activity_id == activity_id, Attendance.member_id == member_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return tx.session.scalar(wanted)


def attendee(row: Attendance) -> dict[str, Any]:
    """Return what is recorded of a member as replies have it."""
    return {name: getattr(row, name) for name in ATTENDEE}


def subject_of(attendance_id: UUID) -> str:
    """Return the name under which the changes of an attendance are kept."""
    return f"attendance/{attendance_id}"
