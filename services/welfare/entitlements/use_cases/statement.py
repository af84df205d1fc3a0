"""The year's account as lines of a statement: what of each cap was used and what is left, on any day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_reason
from services.welfare.care.use_cases.reading import uses_as_care
from services.welfare.entitlements import rules
from services.welfare.entitlements.use_cases.dated_uses import uses_on
from services.welfare.members.use_cases.member_copies import employment_on
from services.welfare.rulebook.use_cases import rules_in_force as rulebook
from services.welfare.statement.use_cases.lines import StatementLine, statement_source
from services.welfare.visits.use_cases.statement import gifts_on

NOTHING = Decimal("0.00")


@statement_source("account")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return for each benefit what was used of its cap, and for the day's year what is left of it."""
    used = _used(tx, member_id, year_from, as_of)
    scope = employment_on(tx, member_id, as_of)
    listed, missing = rule_or_reason(tx, rulebook.ITEMS, as_of, scope)
    of_year = [key for key, year in used if year == as_of.year]
    keys = dict.fromkeys([*(listed.value if listed else ()), *sorted(of_year)])
    lines = [_remaining(tx, key, used.get((key, as_of.year), NOTHING), as_of, scope) for key in keys]
    if missing is not None:
        lines.append(StatementLine("account", None, "remaining", reason=missing.rule, params={"missing": True}))
    earlier = [
        StatementLine(
            "account", None, "used", amount=amount, until=date(year, 12, 31), params={"benefit_key": key, "year": year}
        )
        for (key, year), amount in sorted(used.items())
        if year != as_of.year
    ]
    return lines + earlier


def _remaining(tx: Transaction, key: str, used: Decimal, as_of: date, scope: str | None) -> StatementLine:
    cap, missing = rule_or_reason(tx, f"benefit.{key}.cap", as_of, scope)
    told = {"benefit_key": key, "year": as_of.year, "used": f"{used:.2f}"}
    last = date(as_of.year, 12, 31)
    if cap is None:
        reason = missing.rule if missing else None
        return StatementLine("account", None, "remaining", until=last, reason=reason, params={**told, "missing": True})
    left = rules.remaining(cap.amount, used, cap.basis)
    source = {name: getattr(cap, name) for name in ("document", "number", "article", "ruleset", "basis")}
    params = {**told, "cap": f"{cap.amount:.2f}", **source}
    return StatementLine("account", None, "remaining", amount=left, until=last, params=params)


def _used(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> dict[tuple[str, int], Decimal]:
    used: dict[tuple[str, int], Decimal] = defaultdict(lambda: NOTHING)
    for use in uses_on(tx, member_id, year_from, as_of):
        used[use.benefit_key, use.year] += use.amount
    for use_of_care, amount in uses_as_care(tx, member_id, year_from, as_of).items():
        used[use_of_care] += amount
    for gift in gifts_on(tx, member_id, year_from, as_of):
        if gift.counts:
            used[gift.benefit_key, gift.on.year] += gift.amount
    return used
