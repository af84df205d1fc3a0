"""What was bought for the packages of a cycle of goods, for the cycle's cost a head and its meter of paired aid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.procurement import rules
from services.welfare.procurement.tables import Purchase, PurchaseItem, QuoteLine

_BOUGHT = ("decided", "contracted", "accepted", "invoiced", "payment_requested", "paid", "refused")


@dataclass(frozen=True)
class Bought:
    """What was decided to be bought for a cycle.

    Args:
        packages: yuan by package.
        paired_aid_percent: whole percent of all the money for goods of paired-aid regions; None when nothing was.
    """

    packages: dict[UUID, Decimal]
    paired_aid_percent: int | None


def bought_for(tx: Transaction, cycle_id: UUID) -> Bought:
    """Return what the decided purchases of a cycle cost, by package; items for no package count in the meter only."""
    statement = (
        sa.select(PurchaseItem.package_id, PurchaseItem.quantity, QuoteLine.unit_price, QuoteLine.paired_aid)
        .join(Purchase, Purchase.id == PurchaseItem.purchase_id)
        .join(QuoteLine, sa.and_(QuoteLine.item_id == PurchaseItem.id, QuoteLine.quote_id == Purchase.quote_id))
        .where(Purchase.source_id == cycle_id, Purchase.source_type == "cycle", Purchase.state.in_(_BOUGHT))
    )
    packages: dict[UUID, Decimal] = {}
    lines = []
    for package_id, quantity, price, paired_aid in tx.session.execute(statement):
        lines.append((price * quantity, paired_aid))
        if package_id is not None:
            packages[package_id] = packages.get(package_id, Decimal(0)) + price * quantity
    return Bought(packages, rules.percent_of_aid(lines) if lines else None)
