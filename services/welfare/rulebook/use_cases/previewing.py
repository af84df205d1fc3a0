"""What welfare would decide differently after a change of rules: visits under way, entitlement accounts of the year."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.rules.previewing import both_ways, days_of_change, effects, outcome_of
from services.contracts.governance.rulebook.preview import MOST_IDS, MOST_LOOKED_AT
from services.welfare.entitlements.use_cases import affected
from services.welfare.rulebook.use_cases.rules_in_force import ITEMS
from services.welfare.visits.use_cases import under_way


def preview_rule_change(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return which visits and accounts would be decided differently."""
    topic, _, rest = request["key"].partition(".")
    benefit, _, figure = rest.partition(".")
    items: list[dict[str, Any]] = []
    if topic == "benefit" and figure in ("cap", "forms"):
        cases, more = under_way.of_benefit(tx, benefit, MOST_LOOKED_AT)
        before, after = both_ways(tx, request, lambda: under_way.decided(tx, cases))
        items += effects("visits", before, after, most_ids=MOST_IDS, at_least=more)
    if request["key"] == ITEMS or figure == "cap":
        items += _accounts(tx, request)
    return {"items": items}


def _accounts(tx: Transaction, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the accounts that would differ on the first day on which those of their employment do."""
    outcomes: dict[str, str] = {}
    for day in days_of_change(request, tx.today):
        if day.year == tx.today.year:
            before, after = both_ways(tx, request, lambda day=day: affected.by_employment(tx, day))  # type: ignore[misc]
            for employment, shown in before.items():
                outcome = outcome_of(shown, after[employment])
                if outcome:
                    outcomes.setdefault(employment, outcome)
    found = []
    for outcome in sorted(set(outcomes.values())):
        employments = [employment for employment, its in outcomes.items() if its == outcome]
        count, ids = affected.accounts(tx, tx.today.year, employments, MOST_IDS)
        if count:
            found.append({"kind": "accounts", "outcome": outcome, "count": count, "ids": ids, "at_least": False})
    return found
