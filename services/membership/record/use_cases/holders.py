"""What the card asks of the records: who holds it, who in a unit does, which edition is good."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.errors import NotFound
from services.chassis.transaction import Transaction
from services.membership.base import is_word
from services.membership.record.rules import STANDS
from services.membership.record.tables import Member

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


def of_unit(tx: Transaction, unit_id: UUID, *, after: str | None, limit: int) -> list[sa.Row]:
    """Return what the cards of a unit's active members show, by number."""
    statement = sa.select(*_COLUMNS).where(Member.unit_id == unit_id, is_word(Member.standing, "active"))
    if after is not None:
        statement = statement.where(Member.number > after)
    return list(tx.session.execute(statement.order_by(Member.number).limit(limit)))


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
