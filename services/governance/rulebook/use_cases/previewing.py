"""What governance would decide differently after a change of rules: claims that were refused and are not settled."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.rules.previewing import both_ways, effects
from services.contracts.governance.rulebook.preview import MOST_IDS, MOST_LOOKED_AT
from services.governance.funds.use_cases import open_claims


def preview_rule_change(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return which open claims would be decided differently."""
    topic, _, rest = request["key"].partition(".")
    benefit = rest.partition(".")[0]
    if topic != "benefit":
        return {"items": []}
    found = open_claims.of_benefit(tx, benefit, MOST_LOOKED_AT + 1)
    looked_at, more = found[:MOST_LOOKED_AT], len(found) > MOST_LOOKED_AT
    before, after = both_ways(tx, request, lambda: open_claims.decided(tx, looked_at))
    return {"items": list(effects("claims", before, after, most_ids=MOST_IDS, at_least=more))}
