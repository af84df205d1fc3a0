"""Lists of who attended, attendance by unit, and one's own. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import activities_by_id, get_activity, organises
from services.activities.check_in.tables import Attendance
from services.activities.check_in.use_cases import codes, store
from services.activities.registration.use_cases.lists import seated
from services.activities.registration.use_cases.reading import own_member_id
from services.chassis.database.engine import UtcDateTime
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused
from services.contracts.activities.check_in.vocabulary import MARKS

_OF_ACTIVITY = ("title", "title_en", "kind", "place", "starts_at", "ends_at")
_LAST = sa.literal(2**31 - 1)
"""Who has no registration comes after who has."""


def list_attendance(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of who is expected or came; a chair who does not organise it sees the own unit's members."""
    activity = get_activity(tx, request)
    listed = _listed(activity.id)
    statement = sa.select(listed).where(*_visible(tx, activity, listed.c))
    for name in ("state", "unit_id", "member_id", "flag"):
        if request[name] is not None:
            statement = statement.where(listed.c[name] == request[name])
    page = page_of(tx, statement, request, _sorts(listed.c)[request["sort"]])
    notes = _notes(tx, [row.id for row in page.rows if row.id is not None])
    return page.reply([{**_attendee(row), "note": notes.get(row.id)} for row in page.rows])


def attendance_by_unit(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many of each unit were expected, came and did not, as far as the caller may see them."""
    activity = get_activity(tx, request)
    listed = _listed(activity.id)

    def count(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    statement = (
        sa.select(
            listed.c.unit_id,
            count(listed.c.registered).label("expected"),
            *(count(listed.c.state == name).label(name) for name in MARKS),
            count(sa.and_(listed.c.walk_in, listed.c.state == "present")).label("walk_ins"),
        )
        .where(*_visible(tx, activity, listed.c))
        .group_by(listed.c.unit_id)
        .order_by(listed.c.unit_id)
    )
    return {"activity_id": activity.id, "items": [row._asdict() for row in tx.session.execute(statement)]}


def my_attendance(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of what is recorded of the caller, the latest first."""
    mine = sa.select(Attendance).where(Attendance.member_id == own_member_id(tx), Attendance.state.in_(tuple(MARKS)))
    page = page_of(tx, mine, request, [(Attendance.id, "desc")])
    activities = activities_by_id(tx, {row.activity_id for row in page.rows})
    return page.reply([_own(row, activities[row.activity_id]) for row in page.rows])


def my_certificate(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the caller's attendance with the code that verifies its certificate.

    Raises:
        NotFound: it is not the caller's.
        Refused: the caller was not there, or the list is not closed yet.
    """
    row = tx.session.get(Attendance, request["attendance_id"])
    if row is None or row.member_id != own_member_id(tx):
        raise NotFound("There is no such attendance of yours.", field="attendance_id")
    own = _own(row, activities_by_id(tx, [row.activity_id])[row.activity_id])
    if not own["certified"]:
        raise Refused("There is a certificate once the list is closed.", rule="check_in.attendance_is_certified")
    return {**own, "code": codes.certificate_code(row.id)}


def _own(row: Attendance, activity: Any) -> dict[str, Any]:
    return {
        **{name: getattr(activity, name) for name in _OF_ACTIVITY},
        **{name: getattr(row, name) for name in ("id", "activity_id", "state", "arrived_at", "companions")},
        "certified": row.state == "present" and activity.counted,
    }


def _listed(activity_id: UUID) -> Any:
    """Return the rows of a list: everybody with a seat, and everybody else of whom something is recorded."""
    seats = seated(activity_id).c
    same = sa.and_(Attendance.activity_id == activity_id, Attendance.member_id == seats.member_id)
    both = sa.select(
        *_columns(),
        seats.member_id.label("member_id"),
        sa.func.coalesce(Attendance.unit_id, seats.unit_id).label("unit_id"),
        sa.func.coalesce(Attendance.state, "expected").label("state"),
        seats.companions.label("expected_companions"),
        sa.func.coalesce(Attendance.companions, 0).label("companions"),
        sa.literal(False).label("walk_in"),
        sa.literal(True).label("registered"),
        seats.ticket.label("ticket"),
    ).select_from(sa.outerjoin(seats.member_id.table, Attendance, same))
    has_seat = Attendance.member_id.in_(sa.select(seats.member_id))
    others = sa.select(
        *_columns(),
        *(
            getattr(Attendance, name).label(name)
            for name in ("member_id", "unit_id", "state", "expected_companions", "companions", "walk_in")
        ),
        sa.literal(False).label("registered"),
        _LAST.label("ticket"),
    ).where(Attendance.activity_id == activity_id, sa.not_(has_seat))
    return sa.union_all(both, others).subquery()


def _columns() -> list[Any]:
    names = ("id", "arrived_at", "desk", "by_member", "method", "flag")
    return [getattr(Attendance, name).label(name) for name in names]


def _sorts(columns: Any) -> dict[str, list[Key]]:
    unit = sa.func.coalesce(columns.unit_id, sa.literal(UUID(int=0), sa.Uuid()))
    far = sa.func.coalesce(columns.arrived_at, sa.literal(datetime(9999, 1, 1, tzinfo=UTC), UtcDateTime()))
    early = sa.func.coalesce(columns.arrived_at, sa.literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime()))
    return {
        "ticket": [(columns.ticket, "asc"), (columns.member_id, "asc")],
        "unit": [(unit, "asc"), (columns.ticket, "asc"), (columns.member_id, "asc")],
        "arrived_at": [(far, "asc"), (columns.member_id, "asc")],
        "-arrived_at": [(early, "desc"), (columns.member_id, "desc")],
    }


def _attendee(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in store.ATTENDEE if name != "note"}


def _notes(tx: Transaction, ids: list[UUID]) -> dict[UUID | None, str | None]:
    if not ids:
        return {}
    rows = tx.session.execute(sa.select(Attendance.id, Attendance.note).where(Attendance.id.in_(ids)))
    return {row.id: row.note for row in rows}


def _visible(tx: Transaction, activity: Any, columns: Any) -> list[sa.ColumnElement[bool]]:
    if organises(tx.principal, activity, also=("officer", "auditor")):
        return []
    return [columns.unit_id.in_(tx.principal.units("chair"))]
