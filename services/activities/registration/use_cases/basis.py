"""What a decision about a registration was based on: stored encrypted with it, read by the member and for a purpose."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import get_activity
from services.activities.facts.use_cases.keeping import Told, looks_at
from services.activities.registration.tables import Registration
from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.contracts.activities.registration.basis import DecisionBasis

_SCHEMA = DecisionBasis()


def written(told: Told | None) -> str | None:
    """Return what a registration stores, None where nothing was told."""
    return None if told is None else json.dumps(_SCHEMA.dump(shown(told)))


def shown(told: Told) -> dict[str, Any]:
    """Return what was told as a reply shows it."""
    return {**told.facts, "day": told.day, "asked_at": told.asked_at}


def read(basis: str | None) -> dict[str, Any] | None:
    """Return what a registration stored."""
    return None if basis is None else _SCHEMA.load(json.loads(basis))


def open_decision_basis(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a member's registration was based on; the look is logged.

    Raises:
        NotFound: no such activity, or the member never registered for it.
    """
    activity, member_id = get_activity(tx, request), request["member_id"]
    theirs = Registration.activity_id == activity.id, Registration.member_id == member_id
    latest = sa.select(Registration).where(*theirs).order_by(Registration.ticket.desc()).limit(1)
    row = tx.session.scalar(latest)
    if row is None:
        raise NotFound("The member is not registered for this activity.", rule="registration.member_is_registered")
    note_access(tx, looks_at(member_id), "basis", request["purpose"])
    return {"basis": read(row.basis)}


def store(tx: Transaction, decided: Sequence[tuple[UUID, Told]]) -> None:
    """Store what decisions about existing registrations were based on, in one statement."""
    if decided:
        rows = [{"id": registration_id, "basis": written(told)} for registration_id, told in decided]
        tx.session.execute(sa.update(Registration), rows)


def erase(tx: Transaction, member_id: UUID) -> None:
    """Erase what decisions about a former member were based on."""
    theirs = Registration.member_id == member_id, Registration.basis.is_not(None)
    tx.session.execute(sa.update(Registration).where(*theirs).values(basis=None))
