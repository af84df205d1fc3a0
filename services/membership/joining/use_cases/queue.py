"""What the organisation asks of joining before it closes a unit."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.transaction import Transaction
from services.membership.joining.tables import Application
from services.membership.joining.workflow import OPEN_STATES


def open_in(tx: Transaction, unit_id: UUID) -> int:
    """Return how many applications to a unit are under way."""
    statement = sa.select(sa.func.count()).where(Application.unit_id == unit_id, Application.state.in_(OPEN_STATES))
    return tx.session.scalar(statement) or 0


def person_applies(tx: Transaction, id_number_index: str, *, besides: UUID | None) -> bool:
    """Return whether a person has an application under way, leaving one application out."""
    statement = sa.select(Application.id).where(
        Application.id_number_index == id_number_index, Application.state.in_(OPEN_STATES)
    )
    if besides is not None:
        statement = statement.where(Application.id != besides)
    return tx.session.scalar(statement.limit(1)) is not None
