"""Members as the HR system knows them: found by its own number of the person, else by the identity number."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.base import is_one_of
from services.membership.record.rules import STANDS
from services.membership.record.tables import Member
from services.membership.record.use_cases.visibility import masked

__all__ = ["Member", "masked", "members_known_to_hr", "version_of", "versions_of"]


def members_known_to_hr(tx: Transaction, hr_ids: Collection[str], id_number_indexes: Collection[str]) -> list[Member]:
    """Return the members among the persons whose membership is in force, in two statements, each using an index."""
    found: dict[UUID, Member] = {}
    for column, values in ((Member.hr_id, hr_ids), (Member.id_number_index, id_number_indexes)):
        if values:
            statement = sa.select(Member).where(column.in_(values), is_one_of(Member.standing, STANDS))
            rows = tx.session.scalars(statement.execution_options(populate_existing=True))
            found |= {member.id: member for member in rows}
    return list(found.values())


def versions_of(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return (version, name) of members by id."""
    if not member_ids:
        return {}
    statement = sa.select(Member.id, Member.version, Member.name).where(Member.id.in_(set(member_ids)))
    return {row.id: row for row in tx.session.execute(statement)}


def version_of(tx: Transaction, member_id: UUID) -> int:
    """Return the version of a record as it is now."""
    return tx.session.scalars(sa.select(Member.version).where(Member.id == member_id)).one()
