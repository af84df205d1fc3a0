"""Reading activities, also for the other subjects of this service. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.tables import Activity
from services.activities.calendar.workflow import ACTIVITY
from services.chassis.database.history import history_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, PreconditionFailed
from services.chassis.events.snapshots import snapshot_page
from services.chassis.security.principal import Principal, require_unit
from services.contracts.activities.snapshot import ActivityInSnapshot
from services.contracts.snapshots import MOST_ROWS

_SORTS: dict[str, list[Key]] = {
    "starts_at": [(Activity.starts_at, "asc"), (Activity.id, "asc")],
    "-starts_at": [(Activity.starts_at, "desc"), (Activity.id, "desc")],
    "registration_closes_at": [(Activity.registration_closes_at, "asc"), (Activity.id, "asc")],
    "title": [(Activity.title, "asc"), (Activity.id, "asc")],
}
_SAME = ("kind", "state", "organiser_unit_id", "plan_item_id", "series_id")
_COPIED = tuple(name for name in ActivityInSnapshot().fields if name not in ("activity_id", "sequence"))
_SEES_DRAFTS = ("officer", "auditor")
_FILLED_AT_ONCE = 100


def list_activities(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the activities that the caller may see."""
    statement = sa.select(Activity).where(*_filters(tx, request))
    if not _sees_all_drafts(tx.principal):
        own = Activity.organiser_unit_id.in_(tx.principal.units("chair"))
        statement = statement.where(Activity.scheduled_at.is_not(None) | own)
    return page_of(tx, statement, request, _SORTS[request["sort"]]).reply()


def snapshot_activities(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of announced activities that are not over, for a system that copies the calendar."""
    columns = Activity.id.label("activity_id"), *(getattr(Activity, name) for name in _COPIED)
    coming = sa.select(*columns).where(Activity.state == "scheduled", Activity.ends_at > tx.now)
    return snapshot_page(tx, coming, Activity.id, "activity", request, MOST_ROWS)


def get_activity(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Return one activity. Raises `NotFound`, also for drafts of others."""
    activity = tx.session.get(Activity, request["activity_id"])
    if activity is None or not _may_see(tx.principal, activity):
        raise unknown_activity()
    return activity


def find_activity(tx: Transaction, activity_id: UUID) -> Activity | None:
    """Return an activity, also a draft that the caller may not see; None where there is none."""
    return tx.session.get(Activity, activity_id)


def activity_history(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of an activity's changes, newest first; for organisers and auditors."""
    activity = get_activity(tx, request)
    require_organiser(tx.principal, activity.organiser_unit_id, also=_SEES_DRAFTS)
    page = history_of(tx, subject_of(activity.id), cursor=request["cursor"], limit=request["limit"])
    items = [
        {
            "at": entry.changed_at,
            "by": entry.changed_by,
            "reason": entry.reason,
            "changes": [
                {"field": field, "before": change["old"], "after": change["new"]}
                for field, change in entry.changes.items()
            ],
        }
        for entry in page.rows
    ]
    return page.reply(items)


def lock_activity(tx: Transaction, activity_id: UUID) -> Activity:
    """Return the activity with its row locked until the transaction ends, read afresh. Raises `NotFound`.

    Everything that counts seats takes this lock first and reads registrations after it, so seats are assigned by one
    transaction after the other. SQLite has one writer and needs no lock. Inserts that only refer to the activity
    (FOR KEY SHARE) do not wait for it.
    """
    statement = sa.select(Activity).where(Activity.id == activity_id).with_for_update(key_share=True)
    activity = tx.session.scalar(statement.execution_options(populate_existing=True))
    if activity is None:
        raise unknown_activity()
    return activity


def lock_to_change(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Return the activity of a command of its organisers, locked.

    Raises:
        NotFound: no such activity.
        NotAllowed: the caller does not organise it.
        PreconditionFailed: another `version` stands than the one that was read.
    """
    get_activity(tx, request)
    activity = lock_activity(tx, request["activity_id"])
    require_organiser(tx.principal, activity.organiser_unit_id)
    version = request.get("version")
    if version is not None and version != activity.version:
        raise PreconditionFailed(
            "Somebody changed the activity meanwhile; read it again.",
            rule="calendar.version_is_the_one_that_stands",
            params={"version": activity.version},
        )
    return activity


def lock_to_update(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Return the activity of a command that changes it, locked; see `lock_to_change`.

    Raises:
        Refused: it is held or cancelled.
    """
    activity = lock_to_change(tx, request)
    ACTIVITY.apply(activity.state, "update", roles=None)
    return activity


def activities_by_id(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Activity]:
    """Return the activities of these ids."""
    found = tx.session.scalars(sa.select(Activity).where(Activity.id.in_(ids)))
    return {activity.id: activity for activity in found}


def still_to_come(now: datetime) -> sa.Select:
    """Return the select of the ids of scheduled activities that are not over."""
    return sa.select(Activity.id).where(Activity.state == "scheduled", Activity.ends_at > now)


def called_off() -> sa.Select:
    """Return the select of the ids of cancelled activities."""
    return sa.select(Activity.id).where(Activity.state == "cancelled")


def still_open(now: datetime) -> sa.Select:
    """Return the select of drafts and scheduled activities that are not over, in the order they are locked in."""
    under_way = Activity.state.in_(("draft", "scheduled")), Activity.ends_at > now
    return sa.select(Activity).where(*under_way).order_by(Activity.id)


def with_free_seats(tx: Transaction) -> list[Activity]:
    """Return scheduled activities that are not over and have both free seats and members who wait."""
    free = sa.or_(Activity.capacity.is_(None), Activity.seats_taken < Activity.capacity)
    coming = Activity.state == "scheduled", Activity.ends_at > tx.now
    statement = sa.select(Activity).where(*coming, Activity.waiting > 0, free).order_by(Activity.id)
    return list(tx.session.scalars(statement.limit(_FILLED_AT_ONCE)))


def opening_now(tx: Transaction) -> list[Activity]:
    """Return scheduled activities whose registration has opened without being told."""
    untold = Activity.state == "scheduled", Activity.opened_at.is_(None), Activity.ends_at > tx.now
    due = sa.select(Activity).where(*untold, Activity.registration_opens_at <= tx.now)
    return list(tx.session.scalars(due.order_by(Activity.registration_opens_at, Activity.id).limit(_FILLED_AT_ONCE)))


def opened() -> sa.Select:
    """Return the select of the ids of activities of whose opening was told."""
    return sa.select(Activity.id).where(Activity.opened_at.is_not(None))


def start_of(activity_id: Any) -> sa.ScalarSelect[datetime]:
    """Return the start of the activity a row belongs to, to sort by."""
    return sa.select(Activity.starts_at).where(Activity.id == activity_id).scalar_subquery()


def coming_activities(tx: Transaction, kind: str) -> list[Activity]:
    """Return the scheduled activities of a kind that have not started, the next one first."""
    statement = sa.select(Activity).where(
        Activity.state == "scheduled", Activity.kind == kind, Activity.starts_at > tx.now
    )
    return list(tx.session.scalars(statement.order_by(Activity.starts_at, Activity.id)))


def require_organiser(principal: Principal, unit_id: UUID | None, *, also: tuple[str, ...] = ("officer",)) -> None:
    """Raise `NotAllowed` unless the principal organises for this unit: an officer, its chair, or a service.

    Only officers organise activities of the union itself (no unit).
    """
    if unit_id is not None:
        require_unit(principal, unit_id, also=also)
    elif principal.kind != "service" and not principal.has(*also):
        raise NotAllowed("The union's own activities are organised by its officers.", rule="calendar.own_unit")


def organises(principal: Principal, activity: Activity, *, also: tuple[str, ...] = ("officer",)) -> bool:
    """Whether the principal organises the activity; see `require_organiser`."""
    try:
        require_organiser(principal, activity.organiser_unit_id, also=also)
    except NotAllowed:
        return False
    return True


def subject_of(activity_id: UUID) -> str:
    """Return the subject of an activity's change history."""
    return f"activity/{activity_id}"


def _filters(tx: Transaction, request: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    wanted = [getattr(Activity, name) == request[name] for name in _SAME if request[name] is not None]
    if request["starts_from"] is not None:
        wanted.append(Activity.ends_at >= request["starts_from"])
    if request["starts_to"] is not None:
        wanted.append(Activity.starts_at < request["starts_to"])
    if request["registration_open"] is not None:
        open_now = sa.and_(
            Activity.state == "scheduled",
            Activity.registration_opens_at <= tx.now,
            Activity.registration_closes_at > tx.now,
        )
        wanted.append(open_now if request["registration_open"] else sa.not_(open_now))
    if request["q"]:
        words = [Activity.title, Activity.title_en, Activity.place]
        wanted.append(sa.or_(*(column.icontains(request["q"], autoescape=True) for column in words)))
    return wanted


def _sees_all_drafts(principal: Principal) -> bool:
    return principal.kind == "service" or principal.has(*_SEES_DRAFTS)


def _may_see(principal: Principal, activity: Activity) -> bool:
    if activity.scheduled_at is not None or _sees_all_drafts(principal):
        return True
    return activity.organiser_unit_id in principal.units("chair")


def unknown_activity() -> NotFound:
    """Return the problem of an activity that does not exist or is not visible to the caller."""
    return NotFound("There is no such activity.", field="activity_id")
