"""Payments and reservations as they are stored: one row for each source."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.payments.tables import Funding, PaymentRequest

Row = TypeVar("Row", Funding, PaymentRequest)


def locked(tx: Transaction, table: type[Row], source_type: str, source_id: UUID) -> Row | None:
    """Return the row of a source as it stands now, locked; None when nothing was asked for the source."""
    statement = sa.select(table).where(table.source_type == source_type, table.source_id == source_id)
    return tx.session.scalar(statement.with_for_update(), execution_options={"populate_existing": True})


def by_source(tx: Transaction, table: type[Row], source_type: str, sources: Collection[UUID]) -> dict[UUID, Row]:
    """Return the rows of some sources of one kind, by source."""
    statement = sa.select(table).where(table.source_type == source_type, table.source_id.in_(sources))
    return {row.source_id: row for row in tx.session.scalars(statement)}
