"""Reading what decisions need of many records at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import is_among
from services.chassis.database.pagination import Page, paginate
from services.chassis.database.transaction import Transaction
from services.contracts.membership.facts import MOST_MEMBERS
from services.membership.base import is_one_of
from services.membership.record.rules import IN_UNIT, STANDS
from services.membership.record.tables import Member

_COLUMNS = (
    Member.id, Member.gender, Member.birth_date, Member.unit_id, Member.employment, Member.standing, Member.joined_on,
)  # fmt: skip


def standing_among(tx: Transaction, member_ids: Collection[UUID]) -> list[Any]:
    """Return rows of those of the members whose membership stands, by id."""
    among = is_among(tx.session, [Member.id], set(member_ids))
    statement = sa.select(*_COLUMNS).where(among, is_one_of(Member.standing, STANDS))
    return list(tx.session.execute(statement.order_by(Member.id)))


def active_in(tx: Transaction, unit_ids: Collection[UUID], *, cursor: str | None, limit: int) -> Page:
    """Return a page of rows of the active members of some units, of all where none is named, by id."""
    statement = sa.select(*_COLUMNS).where(is_one_of(Member.standing, IN_UNIT))
    if unit_ids:
        statement = statement.where(is_among(tx.session, [Member.unit_id], set(unit_ids)))
    return paginate(tx, statement, keys=[(Member.id, "asc")], cursor=cursor, limit=limit, most=MOST_MEMBERS)
