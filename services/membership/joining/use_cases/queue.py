"""What the organisation asks of joining before it closes a unit, and what moves when units merge."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.base import is_one_of
from services.membership.joining.tables import Application, ApplicationStep
from services.membership.joining.use_cases.applications import unconfirmed
from services.membership.joining.workflow import OPEN_STATES


def open_in(tx: Transaction, unit_id: UUID) -> int:
    """Return how many applications to a unit are under way."""
    statement = sa.select(sa.func.count()).where(
        Application.unit_id == unit_id, is_one_of(Application.state, OPEN_STATES)
    )
    return tx.session.scalar(statement) or 0


def waiting_in(tx: Transaction, unit_id: UUID | None, most: int) -> int:
    """Return how many applications wait for a unit's first look, counting no further than `most`."""
    return _counted(tx, sa.select(Application.id).where(unconfirmed(), Application.unit_id == unit_id), most)


def waiting_from(tx: Transaction, origin: str | None, most: int) -> int:
    """Return how many applications and drafts of one network nobody has looked at, counting no further than `most`."""
    if origin is None:
        return 0
    tx.lock(f"applications-from-{origin}")
    return _counted(tx, sa.select(Application.id).where(Application.origin == origin), most)


def _counted(tx: Transaction, statement: sa.Select[Any], most: int) -> int:
    return tx.session.scalar(sa.select(sa.func.count()).select_from(statement.limit(most).subquery())) or 0


def drafts_of(tx: Transaction, account_id: UUID | None) -> int:
    """Return how many drafts an account has."""
    statement = sa.select(sa.func.count()).where(Application.account_id == account_id, Application.state == "draft")
    return tx.session.scalar(statement) or 0


def move_open(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> int:
    """Put every application to a unit that is under way before another unit; return how many."""
    statement = (
        sa.update(Application)
        .where(Application.unit_id == unit_id, is_one_of(Application.state, OPEN_STATES))
        .values(unit_id=to_unit_id, version=Application.version + 1, updated_at=tx.now)
        .returning(Application.id, Application.state)
        .execution_options(synchronize_session=False)
    )
    moved = list(tx.session.execute(statement))
    step = {"action": "move", "at": tx.now, "account_id": tx.principal.account_id, "reason": None}
    if moved:
        rows = [{**step, "application_id": row.id, "state": row.state} for row in moved]
        tx.session.execute(sa.insert(ApplicationStep), rows)
    return len(moved)


def person_applies(tx: Transaction, id_number_index: str, *, besides: UUID | None) -> bool:
    """Return whether a person has an application under way, leaving one application out."""
    statement = sa.select(Application.id).where(
        Application.id_number_index == id_number_index, is_one_of(Application.state, OPEN_STATES)
    )
    if besides is not None:
        statement = statement.where(Application.id != besides)
    return tx.session.scalar(statement.limit(1)) is not None


def applying_persons(tx: Transaction, id_number_indexes: Collection[str]) -> frozenset[str]:
    """Return which of the persons have an application under way."""
    statement = sa.select(Application.id_number_index).where(
        Application.id_number_index.in_(id_number_indexes), is_one_of(Application.state, OPEN_STATES)
    )
    return frozenset(index for index in tx.session.scalars(statement) if index is not None)
