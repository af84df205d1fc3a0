"""Registrations as lists have them, masked, and in plain for guardians and for a purpose that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.children_classes.tables import (
    ChildAttendance,
    ChildRegistration,
    ChildrenClass,
    ChildrenTerm,
)
from services.activities.children_classes.use_cases import places
from services.activities.children_classes.use_cases.classes import class_of
from services.chassis.database.history import accesses_of, note_access
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.encryption import mask_name
from services.chassis.security.principal import require_member
from services.contracts.activities.children_classes.vocabulary import LIVE

Request = Mapping[str, Any]
NO_CHILD = "There is no such registration."
_TOLD = (
    "id", "class_id", "member_id", "unit_id", "age", "state", "registered_at", "confirmed_at", "ended_at", "cause",
    "note", "fee", "fee_state", "fee_note", "consent_version",
)  # fmt: skip
_SORTS: dict[str, list[Key]] = {
    "ticket": [(ChildRegistration.ticket, "asc")], "-ticket": [(ChildRegistration.ticket, "desc")],
}  # fmt: skip


def locked(tx: Transaction, registration_id: UUID) -> tuple[ChildrenClass, ChildRegistration]:
    """Return a registration with its class, both locked, the class first."""
    seen = tx.get(ChildRegistration, registration_id, NO_CHILD, field="registration_id")
    found = class_of(tx, seen.class_id, lock=True)
    return found, tx.get(ChildRegistration, seen.id, NO_CHILD, lock=True)


def subject_of(registration_id: UUID) -> str:
    """Return the name under which looks at a child's data are kept."""
    return f"child/{registration_id}"


def my_children(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of the caller's registrations in plain, the latest first."""
    member_id = require_member(tx.principal, "Only a member registers.", rule="children.caller_is_a_member")
    mine = sa.select(ChildRegistration).where(ChildRegistration.member_id == member_id)
    keys: list[Key] = [(ChildRegistration.registered_at, "desc"), (ChildRegistration.id, "desc")]
    page = page_of(tx, mine, request, keys)
    return page.reply(in_plain(tx, page.rows))


def list_child_registrations(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of a class's registrations, names masked."""
    found = class_of(tx, request["class_id"])
    statement = sa.select(ChildRegistration).where(ChildRegistration.class_id == found.id)
    states = LIVE if request["state"] is None else (request["state"],)
    statement = statement.where(ChildRegistration.state.in_(states))
    if request["fee_state"] is not None:
        statement = statement.where(ChildRegistration.fee_state == request["fee_state"])
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    return page.reply(masked(tx, page.rows))


def list_child_looks(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of looks at a child's data. Raises `NotAllowed` for another member's child."""
    one = tx.get(ChildRegistration, request["registration_id"], NO_CHILD, field="registration_id")
    if one.member_id is None or one.member_id != tx.principal.member_id:
        raise NotAllowed("This is another member's child.", rule="children.child_is_ones_own")
    page = accesses_of(tx, subject_of(one.id), cursor=request["cursor"], limit=request["limit"])
    return page.reply([{"at": look.seen_at, "field": look.field, "purpose": look.purpose} for look in page.rows])


def open_child(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a child's data in plain, and keep who looked and for what."""
    one = tx.get(ChildRegistration, request["registration_id"], NO_CHILD, field="registration_id")
    note_access(tx, subject_of(one.id), "child", request["purpose"])
    return in_plain(tx, [one])[0]


def record_child_fee(tx: Transaction, request: Request) -> dict[str, Any]:
    """Record that a fee was paid, or need not be."""
    _found, one = locked(tx, request["registration_id"])
    one.fee_state, one.fee_note = request["fee_state"], request["fee_note"]
    tx.session.flush()
    return masked(tx, [one])[0]


def masked(tx: Transaction, rows: Sequence[ChildRegistration]) -> list[dict[str, Any]]:
    """Return registrations without what tells who the child is."""
    names, positions, days = _classes(tx, rows), _positions(tx, rows), _days(tx, rows)
    told = []
    for one in rows:
        name = places.opened(one)["child_name"]
        told.append(
            {
                **{field: getattr(one, field) for field in _TOLD}, **names[one.class_id],
                "child_name": None if name is None else mask_name(name), "position": positions.get(one.id),
                "days_present": days.get(one.id, 0), "erased": one.child is None,
            }
        )  # fmt: skip
    return told


def in_plain(tx: Transaction, rows: Sequence[ChildRegistration]) -> list[dict[str, Any]]:
    """Return registrations with what they have of the child."""
    told = []
    for one, shown in zip(rows, masked(tx, rows), strict=True):
        child = places.opened(one)
        born_on = date.fromisoformat(child["born_on"]) if child["born_on"] else None
        told.append({**shown, **child, "born_on": born_on, "consent_text": one.consent_text})
    return told


def _classes(tx: Transaction, rows: Sequence[ChildRegistration]) -> dict[UUID, dict[str, str]]:
    found = tx.session.execute(
        sa.select(ChildrenClass.id, ChildrenClass.name, ChildrenTerm.name.label("term"))
        .join(ChildrenTerm, ChildrenTerm.id == ChildrenClass.term_id)
        .where(ChildrenClass.id.in_({one.class_id for one in rows}))
    )
    return {row.id: {"class_name": row.name, "term_name": row.term} for row in found}


def _positions(tx: Transaction, rows: Sequence[ChildRegistration]) -> dict[UUID, int]:
    waiting = [one for one in rows if one.state == "waiting"]
    if not waiting:
        return {}
    place = sa.func.row_number().over(
        partition_by=ChildRegistration.class_id, order_by=ChildRegistration.ticket
    )  # fmt: skip
    ranked = (
        sa.select(ChildRegistration.id, place.label("position"))
        .where(
            ChildRegistration.class_id.in_({one.class_id for one in waiting}), ChildRegistration.state == "waiting"
        )
        .subquery()
    )  # fmt: skip
    mine = sa.select(ranked).where(ranked.c.id.in_([one.id for one in waiting]))
    return {row.id: row.position for row in tx.session.execute(mine)}


def _days(tx: Transaction, rows: Sequence[ChildRegistration]) -> dict[UUID, int]:
    counted = (
        sa.select(ChildAttendance.registration_id, sa.func.count().label("days"))
        .where(
            ChildAttendance.registration_id.in_([one.id for one in rows]), ChildAttendance.attendance == "present"
        )
        .group_by(ChildAttendance.registration_id)
    )  # fmt: skip
    return {row.registration_id: row.days for row in tx.session.execute(counted)}
