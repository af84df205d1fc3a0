"""What membership would decide differently after a change of rules: applications, dues not charged yet, erasures."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.rules.previewing import both_ways, days_of_change, effects, outcome_of
from services.contracts.governance.rulebook.preview import MOST_IDS, MOST_LOOKED_AT
from services.membership.dues.use_cases import uncharged
from services.membership.joining.use_cases import terms
from services.membership.privacy.use_cases import erasing

Effects = list[dict[str, Any]]


def preview_rule_change(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return which applications, charges and erasures would be decided differently."""
    topic, _, rest = request["key"].partition(".")
    looks = {"joining": _applications, "dues": _charges, "retention": _erasures}
    return {"items": looks[topic](tx, request, rest) if topic in looks else []}


def _applications(tx: Transaction, request: dict[str, Any], rest: str) -> Effects:
    """Return the open applications that would be decided differently on the first day on which any would."""
    cases, more = terms.open_applications(tx, MOST_LOOKED_AT)
    for day in days_of_change(request, tx.today):
        before, after = both_ways(tx, request, lambda day=day: terms.demanded_of(tx, cases, day))  # type: ignore[misc]
        found = list(effects("applications", before, after, most_ids=MOST_IDS, at_least=more))
        if found:
            return found
    return []


def _charges(tx: Transaction, request: dict[str, Any], rest: str) -> Effects:
    """Return the charges of past, present and coming months that are not made yet and would differ."""
    found: dict[str, dict[str, Any]] = {}
    for month in uncharged.months([rule["valid_from"] for rule in request["rules"]], days_of_change(request, tx.today)):
        before, after = both_ways(tx, request, lambda month=month: uncharged.figures_of(tx, month))  # type: ignore[misc]
        outcome = outcome_of(before, after)
        if outcome:
            count, ids = uncharged.payers(tx, month, after or before, MOST_IDS)
            one = {"kind": "charges", "outcome": outcome, "count": 0, "ids": [], "at_least": False}
            effect = found.setdefault(outcome, one)
            effect["count"] += count
            effect["ids"] = list(dict.fromkeys([*effect["ids"], *ids]))[:MOST_IDS]
    return [effect for _, effect in sorted(found.items()) if effect["count"]]


def _erasures(tx: Transaction, request: dict[str, Any], rest: str) -> Effects:
    """Return how many former members' data would be erased at once, or would no longer be due."""
    before, after = both_ways(tx, request, lambda: erasing.due_now(tx, rest, MOST_LOOKED_AT))
    every = dict.fromkeys([*before, *after])
    was, would = ({case: "due" if case in due else None for case in every} for due in (before, after))
    more = max(len(before), len(after)) >= MOST_LOOKED_AT
    return list(effects("erasures", was, would, most_ids=MOST_IDS, at_least=more))
