"""The dated rules: which hold, setting and ending them, and what a change would alter."""

from gateway.http.rate_limits import SNAPSHOTS
from gateway.http.routes import Route
from services.contracts.governance.rulebook import operations as contract
from services.contracts.governance.rulebook.sets import list_rule_sets
from services.contracts.governance.snapshot import snapshot_rules
from services.contracts.membership import rulebook as membership
from services.contracts.welfare import rulebook as welfare

ROUTES = (
    Route("GET", "/governance/rules", contract.list_rules),
    Route("GET", "/governance/rules/snapshot", snapshot_rules, limit=SNAPSHOTS),
    Route("GET", "/governance/rules/<key>", contract.get_rule),
    Route("PUT", "/governance/rules/<key>", contract.set_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/end", contract.end_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/withdraw", contract.withdraw_rule),
    Route("GET", "/governance/rules/in-force", contract.list_rules_in_force),
    Route("GET", "/governance/rules/missing", contract.list_missing_rules),
    Route("GET", "/governance/rules/sets", list_rule_sets),
    Route("POST", "/governance/rules/adopt", contract.adopt_rule_set),
    Route("POST", "/governance/rules/draft", contract.draft_rule_change),
    Route("POST", "/governance/rules/preview", contract.preview_rule_change),
    Route("POST", "/membership/rules/preview", membership.preview_rule_change),
    Route("POST", "/welfare/rules/preview", welfare.preview_rule_change),
)
