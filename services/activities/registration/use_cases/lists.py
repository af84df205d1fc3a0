"""Registrations as lists of who is expected, also for check-in. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.registration.tables import Registration
from services.activities.registration.use_cases.reading import latest_of
from services.chassis.database.transaction import Transaction

_LISTED = (
    Registration.id, Registration.activity_id, Registration.member_id, Registration.unit_id, Registration.state,
    Registration.companions,
)  # fmt: skip


def registration_of(tx: Transaction, registration_id: UUID) -> Registration | None:
    """Return a registration, None where there is none; for one that ended, the latest of its member."""
    row = tx.session.get(Registration, registration_id)
    if row is not None and row.state == "cancelled":
        return latest_of(tx, row.activity_id, row.member_id)
    return row


def latest_registrations(tx: Transaction, activity_id: UUID) -> Sequence[Any]:
    """Return the latest registration of each member, also one that ended, in the order of registration."""
    latest = (
        sa.select(sa.func.max(Registration.ticket))
        .where(Registration.activity_id == activity_id)
        .group_by(Registration.member_id)
    )
    of_activity = Registration.activity_id == activity_id
    statement = sa.select(*_LISTED).where(of_activity, Registration.ticket.in_(latest))
    return tx.session.execute(statement.order_by(Registration.ticket)).all()


def confirmed_of(tx: Transaction, activity_id: UUID) -> Sequence[Any]:
    """Return the registrations with a seat, in the order of registration."""
    statement = sa.select(*_LISTED).where(Registration.activity_id == activity_id, Registration.state == "confirmed")
    return tx.session.execute(statement.order_by(Registration.ticket)).all()


def seated(activity_id: UUID) -> Any:
    """Return the registrations with a seat as a subquery, with their tickets, for lists that join to them."""
    confirmed = Registration.activity_id == activity_id, Registration.state == "confirmed"
    return sa.select(*_LISTED, Registration.ticket).where(*confirmed).subquery("seated")


def confirmed_count(tx: Transaction, activity_id: UUID) -> int:
    """Return how many have a seat."""
    confirmed = Registration.activity_id == activity_id, Registration.state == "confirmed"
    return tx.session.scalar(sa.select(sa.func.count()).select_from(Registration).where(*confirmed)) or 0
