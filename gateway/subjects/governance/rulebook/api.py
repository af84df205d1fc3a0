"""The dated rules: which hold, setting and ending them."""

from gateway.http.routes import Route
from services.contracts.governance.rulebook import operations as contract

ROUTES = (
    Route("GET", "/governance/rules", contract.list_rules),
    Route("GET", "/governance/rules/<key>", contract.get_rule),
    Route("PUT", "/governance/rules/<key>", contract.set_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/end", contract.end_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/withdraw", contract.withdraw_rule),
    Route("GET", "/governance/rules/in-force", contract.list_rules_in_force),
    Route("GET", "/governance/rules/missing", contract.list_missing_rules),
    Route("POST", "/governance/rules/adopt", contract.adopt_rule_set),
)
