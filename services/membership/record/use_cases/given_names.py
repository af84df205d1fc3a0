"""Completing the search keys of members that the previous release wrote, or that were there before it."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.person.use_cases.persons import given_pinyin
from services.membership.record.tables import NO_GIVEN_PINYIN, Member

_MOST = 5_000
"""Members completed in one run; the next run goes on."""


def complete(tx: Transaction) -> int:
    """Store the given name's pinyin where it is missing or out of date; return of how many members."""
    wanted = sa.select(Member.id, Member.name, Member.pinyin).where(NO_GIVEN_PINYIN).order_by(Member.id).limit(_MOST)
    rows = tx.session.execute(wanted.with_for_update(skip_locked=True)).all()
    if rows:
        table = Member.__table__
        write = sa.update(table).where(table.c.id == sa.bindparam("of"))
        completed = [{"of": row.id, "given_pinyin": given_pinyin(row.name, row.pinyin)} for row in rows]
        tx.session.connection().execute(write, completed)
    return len(rows)
