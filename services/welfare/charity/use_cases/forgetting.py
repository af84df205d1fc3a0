"""Erasing who gave, once the retention period of a former member is over."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.welfare.charity.tables import Drive, Gift, Pledge
from services.welfare.charity.use_cases.store import giver_of


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase the member of gifts, the hashes that led to the gifts, and titles of receipts; sums and days stay."""
    drives = tx.session.scalars(sa.select(Drive.id)).all()
    own = sa.or_(Gift.member_id == member_id, Gift.giver.in_([giver_of(one, member_id) for one in drives]))
    gifts = tx.session.scalars(sa.select(Gift.id).where(own)).all()
    erased = {"member_id": None, "giver": None, "claim": None, "receipt_title": None, "reference": None}
    statement = sa.update(Gift).where(Gift.id.in_(gifts)).values(erased)
    tx.session.execute(statement.execution_options(synchronize_session=False))
    tx.session.execute(sa.delete(Pledge).where(Pledge.member_id == member_id))
    erase_logs(tx, [f"gift/{one}" for one in gifts])
