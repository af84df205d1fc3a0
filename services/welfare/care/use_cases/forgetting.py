"""Forgetting why a gift of a former member was withdrawn; kinds and sums stay, as in the ledger."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.welfare.care.tables import CareGift


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase the reasons and the logs of a member's gifts."""
    of_member = CareGift.member_id == member_id
    ids = tx.session.scalars(sa.select(CareGift.id).where(of_member)).all()
    if ids:
        tx.session.execute(sa.update(CareGift).where(of_member).values(end_reason=None))
        erase_logs(tx, [f"care_gift/{one}" for one in ids])
