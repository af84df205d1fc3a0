"""Erasing what decisions were made from, once the retention period of a former member is over."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.decisions.tables import Decision


def forget_inputs(tx: Transaction, member_id: UUID) -> None:
    """Erase the inputs and figures of a member's decisions; outcome, rule and day stay."""
    statement = sa.update(Decision).where(Decision.member_id == member_id).values(inputs=None, params={})
    tx.session.execute(statement.execution_options(synchronize_session=False))
