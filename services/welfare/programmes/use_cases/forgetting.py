"""Erasing who signed for goods, once the retention period of a former member is over."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.programmes.tables import GoodsEntitlement, HandOut


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase the names of proxies and of who signed; goods, days and sums stay."""
    own = GoodsEntitlement.member_id == member_id
    signed = sa.update(HandOut).where(HandOut.entitlement_id.in_(sa.select(GoodsEntitlement.id).where(own)))
    for statement in (signed.values(signature=None), sa.update(GoodsEntitlement).where(own).values(proxy_name=None)):
        tx.session.execute(statement.execution_options(synchronize_session=False))
