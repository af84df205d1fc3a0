"""Places of a class: giving them to who waits, ending registrations, erasing what is kept of a child."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from services.activities.children_classes import rules
from services.activities.children_classes.tables import ChildRegistration, ChildrenClass, ChildrenTerm
from services.activities.children_classes.workflow import CHILD_REGISTRATION
from services.activities.participants.use_cases.reading import participants_of
from services.chassis.database.transaction import Transaction
from services.contracts.activities.children_classes.events import ChildConfirmed, ChildWithdrawn


def fill(tx: Transaction, found: ChildrenClass, term: ChildrenTerm) -> None:
    """Give the free places of a locked class to who waits, first come, first served, while the term goes on."""
    if tx.today > term.ends_on or not found.waiting or found.confirmed >= found.places:
        return
    tx.session.flush()
    waiting = tx.session.scalars(
        sa.select(ChildRegistration)
        .where(ChildRegistration.class_id == found.id, ChildRegistration.state == "waiting")
        .order_by(ChildRegistration.ticket)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    known = participants_of(tx, {one.member_id for one in waiting if one.member_id is not None})
    for one in waiting:
        if found.confirmed >= found.places:
            return
        standing = known[one.member_id].standing if one.member_id in known else None
        if rules.standing_may_register(standing) is not None:
            end(tx, found, one, "no_member")
        else:
            found.waiting -= 1
            confirm(tx, found, one, "move_up")


def confirm(tx: Transaction, found: ChildrenClass, one: ChildRegistration, action: str) -> None:
    """Give a registration a place of its locked class, and announce it."""
    one.state, one.confirmed_at = CHILD_REGISTRATION.apply(one.state, action, roles=None), tx.now
    found.confirmed += 1
    tx.session.add(one)
    tx.session.flush()
    if one.member_id is not None:
        tx.record(
            ChildConfirmed(
                registration_id=one.id, class_id=one.class_id, member_id=one.member_id, moved_up=action == "move_up"
            )
        )  # fmt: skip


def end(tx: Transaction, found: ChildrenClass, one: ChildRegistration, cause: str, note: str | None = None) -> None:
    """End a registration of a locked class, erase what it has of the child, and announce it.

    Raises:
        Refused: it has ended.
    """
    waited = one.state == "waiting"
    one.state = CHILD_REGISTRATION.apply(one.state, "withdraw", roles=None)
    one.ended_at, one.cause, one.note = tx.now, cause, note
    if waited:
        found.waiting -= 1
    else:
        found.confirmed -= 1
    erase(one)
    if one.member_id is not None:
        tx.record(
            ChildWithdrawn(
                registration_id=one.id, class_id=one.class_id, member_id=one.member_id, cause=cause, waited=waited
            )
        )  # fmt: skip


def erase(one: ChildRegistration) -> None:
    """Erase what a registration has of the child."""
    one.child, one.child_key, one.age = None, None, None


def opened(one: ChildRegistration) -> dict[str, Any]:
    """Return what a registration has of the child, in plain; nothing after it was erased."""
    if one.child is None:
        return {"child_name": None, "born_on": None, "phone": None, "pick_up": [], "health_note": None}
    found: dict[str, Any] = json.loads(one.child)
    return found


def sealed(child: dict[str, Any]) -> str:
    """Return what is kept of a child as one text, to be encrypted."""
    return json.dumps(child, ensure_ascii=False)
