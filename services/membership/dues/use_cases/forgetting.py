"""Erases personal data in the dues when the retention period ends. Amounts stay for the books."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.dues.tables import (
    DuesAdjustment,
    DuesBase,
    DuesExemption,
    DuesFile,
    DuesFileRow,
    DuesPayment,
    DuesRefund,
)

FORGOTTEN = "—"
"""Replaces an erased reason."""


def forget_earnings(tx: Transaction, member_ids: Collection[UUID]) -> None:
    """Erase the bases and exemptions of members; an exemption may reveal an illness."""
    for table in (DuesBase, DuesExemption):
        tx.session.execute(sa.delete(table).where(table.member_id.in_(member_ids)))
    waiting = sa.select(DuesFile.id).where(DuesFile.kind == "bases", DuesFile.state.not_in(("posted", "dropped")))
    rows = sa.update(DuesFileRow).where(DuesFileRow.file_id.in_(waiting), DuesFileRow.member_id.in_(member_ids))
    tx.session.execute(rows.values(base=None).execution_options(synchronize_session=False))


def forget_rows(tx: Transaction, file_id: UUID) -> None:
    """Erase the bases in the rows of files that are posted or will not be posted."""
    rows = sa.update(DuesFileRow).where(DuesFileRow.file_id == file_id, DuesFileRow.base.is_not(None))
    tx.session.execute(rows.values(base=None).execution_options(synchronize_session=False))


def forget_reasons(tx: Transaction, member_ids: Collection[UUID]) -> None:
    """Erase what was said about members' payments, corrections and refunds."""
    said = (
        (DuesPayment, {"note": None}),
        (DuesAdjustment, {"reason": FORGOTTEN}),
        (DuesRefund, {"reason": FORGOTTEN, "decision": None}),
    )
    for table, values in said:
        statement = sa.update(table).where(table.member_id.in_(member_ids)).values(**values)
        tx.session.execute(statement.execution_options(synchronize_session=False))
