"""What cards ask of the records: the holder, the holders in a unit, the valid edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.membership.record.rules import STANDS
from services.membership.record.tables import Member
from services.membership.record.use_cases.search import filtered

_COLUMNS = (
    Member.id, Member.number, Member.name, Member.unit_id, Member.standing, Member.joined_on, Member.card_serial,
)  # fmt: skip


def find(tx: Transaction, member_id: UUID) -> sa.Row | None:
    """Return what a card shows of a member, None when there is none."""
    return tx.session.execute(sa.select(*_COLUMNS).where(Member.id == member_id)).first()


def holder(tx: Transaction, member_id: UUID) -> sa.Row:
    """Return what a card shows of a member. Raises `NotFound` when there is none."""
    found = find(tx, member_id)
    if found is None:
        raise NotFound("There is no such member.", field="member_id")
    return found


def of_list(tx: Transaction, request: Mapping[str, Any], *, after: str | None, limit: int) -> list[sa.Row]:
    """Return what the cards of a filtered list of members show, by number."""
    statement = filtered(sa.select(*_COLUMNS), request, tx.principal)
    if after is not None:
        statement = statement.where(Member.number > after)
    return list(tx.session.execute(statement.order_by(Member.number).limit(limit)))


def count(tx: Transaction, request: Mapping[str, Any]) -> int:
    """Return how many members a filtered list holds."""
    return tx.session.scalar(filtered(sa.select(sa.func.count(Member.id)), request, tx.principal)) or 0


def stands(row: sa.Row) -> bool:
    """Whether the membership stands."""
    return row.standing in STANDS


def count_up(tx: Transaction, member_id: UUID) -> int:
    """Begin the next edition of a member's card and return its number."""
    statement = (
        sa.update(Member)
        .where(Member.id == member_id)
        .values(card_serial=Member.card_serial + 1)
        .returning(Member.card_serial)
        .execution_options(synchronize_session=False)
    )
    return int(tx.session.execute(statement).scalar_one())
