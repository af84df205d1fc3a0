"""The dated rules: which hold, setting and ending them."""

from __future__ import annotations

from gateway.http.routes import Route
from services.contracts.governance.rulebook.operations import (
    adopt_rule_set,
    end_rule,
    get_rule,
    list_missing_rules,
    list_rules,
    list_rules_in_force,
    set_rule,
    withdraw_rule,
)

ROUTES = (
    Route("GET", "/governance/rules", list_rules),
    Route("GET", "/governance/rules/<key>", get_rule),
    Route("PUT", "/governance/rules/<key>", set_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/end", end_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/withdraw", withdraw_rule),
    Route("GET", "/governance/rules/in-force", list_rules_in_force),
    Route("GET", "/governance/rules/missing", list_missing_rules),
    Route("POST", "/governance/rules/adopt", adopt_rule_set),
)
