"""How a purchase is to be decided by the dated rules, and which other purchases look like parts of the same need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.welfare.procurement import rules
from services.welfare.procurement.tables import Purchase
from services.welfare.procurement.workflow import LIVE

CONTRACT_FROM, COMMITTEE_FROM = "procurement.contract_from", "procurement.committee_from"
TENDER_FROM = "procurement.tender_from"
QUOTES, PERSONS = "procurement.quotes_least", "procurement.committee_least"
SPLIT_DAYS = "procurement.split_days"
_MOST_ALIKE = 100


@dataclass(frozen=True)
class Ways:
    """The figures in force on a day, and the rules they come from."""

    limits: rules.Limits
    rules: tuple[RuleInForce, ...]


def ways_on(tx: Transaction, day: date) -> Ways:
    """Return how purchases are decided on a day. Raises `NoRuleInForce` for the first figure that is missing."""
    found = {key: rule_in_force(tx, key, day) for key in (CONTRACT_FROM, COMMITTEE_FROM, TENDER_FROM, QUOTES, PERSONS)}
    limits = rules.Limits(
        found[CONTRACT_FROM].amount,
        found[COMMITTEE_FROM].amount,
        found[TENDER_FROM].amount,
        found[QUOTES].count,
        found[PERSONS].count,
    )
    return Ways(limits, tuple(found.values()))


def ways_or_reason(tx: Transaction, day: date) -> tuple[Ways | None, str | None]:
    """Return how purchases are decided on a day, or the key of the rule that is missing."""
    try:
        return ways_on(tx, day), None
    except NoRuleInForce as missing:
        return None, missing.rule


def split_warning(tx: Transaction, purchase: Purchase, ways: Ways) -> list[dict[str, Any]]:
    """Warn where purchases of the same kind, by the same supplier or for the same thing, pass a limit together."""
    days = rule_or_none(tx, SPLIT_DAYS, purchase.raised_on)
    if days is None:
        return []
    alike = _alike(tx, purchase, days.count)
    way = purchase.way or ways.limits.way_of(purchase.amount)
    total = rules.split_sum(ways.limits, way, purchase.amount, [amount for _, amount in alike])
    if total is None:
        return []
    params = {
        "days": days.count,
        "sum": f"{total:.2f}",
        "count": len(alike) + 1,
        "way": ways.limits.way_of(total),
        "numbers": [number for number, _ in alike[:5]],
    }
    return [{"rule": "procurement.need_is_not_split", "params": params}]


def _alike(tx: Transaction, purchase: Purchase, days: int) -> list[tuple[str, Decimal]]:
    same = []
    if purchase.supplier_id is not None:
        same.append(Purchase.supplier_id == purchase.supplier_id)
    if purchase.source_id is not None:
        same.append(Purchase.source_id == purchase.source_id)
    if not same:
        return []
    around = timedelta(days=days)
    statement = (
        sa.select(Purchase.number, Purchase.amount)
        .where(
            sa.or_(*same),
            Purchase.kind == purchase.kind,
            Purchase.id != purchase.id,
            Purchase.state.in_(LIVE),
            Purchase.raised_on.between(purchase.raised_on - around, purchase.raised_on + around),
        )
        .order_by(Purchase.raised_on, Purchase.id)
        .limit(_MOST_ALIKE)
    )
    return [(number, amount) for number, amount in tx.session.execute(statement)]
