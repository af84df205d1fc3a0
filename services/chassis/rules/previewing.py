"""Comparing what is decided by the rules as they are with what would be decided after a change of them.

The decisions themselves are those of the use cases: they run twice, the second time with the rules that are supposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from services.chassis.rules.rule_file import EVERY_SCOPE, OWN
from services.chassis.rules.rulebook import PolicyRule, Supposed, supposing

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction

Found = TypeVar("Found")
_MOST_DAYS = 10


def both_ways(tx: Transaction, request: Mapping[str, Any], decide: Callable[[], Found]) -> tuple[Found, Found]:
    """Return what is decided now, and what would be with the rules of the request in place of the union's own."""
    before = decide()
    with supposing(tx, supposed(request)):
        return before, decide()


def supposed(request: Mapping[str, Any]) -> Supposed:
    """Return the rules of a request for a preview, as they would be stored."""
    scope = request["scope"] or EVERY_SCOPE
    identity = {"ruleset": OWN, "key": request["key"], "scope": scope, "qualifiers": request["qualifiers"]}
    rules = tuple(PolicyRule(**identity, unit="", title="", **rule) for rule in request["rules"])
    return Supposed(request["key"], scope, request["qualifiers"], rules)


def days_of_change(request: Mapping[str, Any], today: date) -> list[date]:
    """Return today and the next days from which on the rules of a request would differ."""
    begins = {rule["valid_from"] for rule in request["rules"]}
    after = {rule["valid_to"] + timedelta(days=1) for rule in request["rules"] if rule["valid_to"]}
    return [today, *sorted(day for day in begins | after if day > today)[:_MOST_DAYS]]


def outcome_of(before: Any, after: Any) -> str | None:
    """Return how a decision would differ; None when it would not. None as a decision means that it can't be made."""
    if before == after:
        return None
    if before is None:
        return "allowed"
    return "refused" if after is None else "changed"


def effects(
    kind: str, before: Mapping[Any, Any], after: Mapping[Any, Any], *, most_ids: int, at_least: bool = False
) -> Iterable[dict[str, Any]]:
    """Yield one effect for each way in which decisions about cases would differ.

    Args:
        kind: of the cases.
        before: by the id of a case, what is decided now.
        after: the same with the rules supposed.
        most_ids: ids that an effect names.
        at_least: whether there are more cases than these.
    """
    found: dict[str, list[Any]] = {}
    for case, decided in before.items():
        outcome = outcome_of(decided, after.get(case))
        if outcome:
            found.setdefault(outcome, []).append(case)
    for outcome, cases in sorted(found.items()):
        named = cases[:most_ids]
        yield {"kind": kind, "outcome": outcome, "count": len(cases), "ids": named, "at_least": at_least}
