"""Forgetting the voucher's code of a former member, and why a gift was withdrawn; years, states and sums stay."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.birthdays.tables import BirthdayGrant


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase codes and reasons of a member's birthday care."""
    own = sa.update(BirthdayGrant).where(BirthdayGrant.member_id == member_id).values(code=None, withdraw_reason=None)
    tx.session.execute(own.execution_options(synchronize_session=False))
