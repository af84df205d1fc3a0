"""Erases the reasons of transfers; privacy decides when."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.transfer.tables import Transfer, TransferStep


def forget_reasons(tx: Transaction, member_ids: Collection[UUID]) -> None:
    """Forget why members were transferred and what was said on the way (个人信息保护法 Art. 19)."""
    theirs = sa.select(Transfer.id).where(Transfer.member_id.in_(member_ids))
    tx.session.execute(sa.update(TransferStep).where(TransferStep.transfer_id.in_(theirs)).values(reason=None))
    tx.session.execute(sa.update(Transfer).where(Transfer.member_id.in_(member_ids)).values(reason=None))
