"""Erases HR's records of persons whose data is erased."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.hr_sync.tables import HrRecord


def forget_records(tx: Transaction, member_ids: Collection[UUID]) -> None:
    """Delete HR's records of these members; HR's own number of the person goes with them."""
    tx.session.execute(sa.delete(HrRecord).where(HrRecord.member_id.in_(member_ids)))
