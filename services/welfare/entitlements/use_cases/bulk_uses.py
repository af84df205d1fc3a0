"""Uses of many accounts at once: who would pass a cap of the year, and storing one use for each row of a select."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Yuan, upsert
from services.chassis.database.transaction import Transaction
from services.welfare.entitlements.tables import EntitlementUse
from services.welfare.entitlements.use_cases.dated_uses import keep_former

_COLUMNS = ("id", "member_id", "year", "benefit_key", "amount", "used_on", "source_id", "recorded_on")


def hold_benefit(tx: Transaction, benefit_key: str, year: int) -> None:
    """Keep others that use up the same benefit of the same year waiting until the transaction ends."""
    tx.lock(f"uses-{benefit_key}-{year}")


def members_above(
    tx: Transaction, members: sa.Select[tuple[object]], benefit_key: str, year: int, more: Decimal, cap: Decimal
) -> int:
    """Return how many of the selected members would pass a cap of the year with this much more."""
    chosen = members.subquery()
    used = sa.func.coalesce(sa.func.sum(EntitlementUse.amount), sa.literal(Decimal(0), Yuan()))
    joined = sa.and_(
        EntitlementUse.member_id == chosen.c.member_id,
        EntitlementUse.year == year,
        EntitlementUse.benefit_key == benefit_key,
    )
    above = (
        sa.select(chosen.c.member_id)
        .select_from(chosen.outerjoin(EntitlementUse, joined))
        .group_by(chosen.c.member_id)
        .having(used > sa.literal(cap - more, Yuan()))
    )
    return int(tx.session.scalar(sa.select(sa.func.count()).select_from(above.subquery())) or 0)


def note_uses_of(tx: Transaction, uses: sa.SelectBase) -> None:
    """Store a use for each row of a select with the columns id, member_id, year, benefit_key, amount, used_on,
    source_id, recorded_on; once for each source.
    """
    statement = upsert(tx.session, EntitlementUse).from_select(_COLUMNS, uses)
    tx.session.execute(statement.on_conflict_do_nothing(index_elements=["source_id"]))


def change_uses(tx: Transaction, source_ids: Collection[UUID], amount: Decimal) -> None:
    """Set the amount of stored uses, once it is known what was used; what stood until today is kept."""
    differing = EntitlementUse.source_id.in_(source_ids), EntitlementUse.amount != sa.literal(amount, Yuan())
    changed = tx.session.scalars(sa.select(EntitlementUse.source_id).where(*differing)).all()
    if not changed:
        return
    keep_former(tx, changed)
    of_sources = sa.update(EntitlementUse).where(EntitlementUse.source_id.in_(changed))
    tx.session.execute(
        of_sources.values(amount=amount, recorded_on=tx.today).execution_options(synchronize_session=False)
    )
