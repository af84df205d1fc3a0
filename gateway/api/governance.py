"""Governance: the year's plan, the budget, the fund ledger with its dated rules, and awards."""

from __future__ import annotations

from gateway.http.routes import Route
from gateway.jobs import ledger_proof
from services.contracts.gateway.jobs import prove_ledger
from services.contracts.governance.awards import get_award, grant_award, list_awards, revoke_award
from services.contracts.governance.bookkeeping import close_fund_period, list_fund_periods, verify_ledger
from services.contracts.governance.budget import (
    commit_funds,
    get_fund_summary,
    list_budget_lines,
    list_commitments,
    open_budget,
    release_commitment,
    set_budget_line,
)
from services.contracts.governance.funds import (
    get_fund_entry,
    list_fund_entries,
    list_refusals,
    override_refusal,
    record_expense,
    record_income,
    retry_refusal,
    reverse_entry,
)
from services.contracts.governance.plan import (
    add_plan_item,
    begin_plan,
    complete_plan_item,
    discard_plan,
    get_plan,
    get_plan_item,
    import_plan,
    list_plan_items,
    list_plans,
    publish_plan,
    remove_plan_item,
    update_plan_item,
)
from services.contracts.governance.rulebook import (
    adopt_rule_set,
    end_rule,
    get_rule,
    list_missing_rules,
    list_rules,
    list_rules_in_force,
    set_rule,
    withdraw_rule,
)

_PLAN = "/governance/plan/<int:year>"
_ITEM = "/governance/plan/items/<uuid:item_id>"
_AWARD = "/governance/awards/<uuid:award_id>"
_ENTRY = "/governance/funds/entries/<uuid:entry_id>"
_REFUSAL = "/governance/funds/refusals/<uuid:refusal_id>"
_BUDGET = "/governance/funds/budget/<int:year>"

ROUTES = (
    Route("GET", "/governance/plan", list_plans),
    Route("POST", "/governance/plan", begin_plan, 201, location="/governance/plan/{year}"),
    Route("POST", "/governance/plan/import", import_plan),
    Route("GET", _PLAN, get_plan),
    Route("DELETE", _PLAN, discard_plan),
    Route("POST", f"{_PLAN}/publish", publish_plan),
    Route("GET", f"{_PLAN}/items", list_plan_items),
    Route("POST", f"{_PLAN}/items", add_plan_item, 201, location="/governance/plan/items/{id}"),
    Route("GET", _ITEM, get_plan_item),
    Route("PATCH", _ITEM, update_plan_item),
    Route("DELETE", _ITEM, remove_plan_item),
    Route("POST", f"{_ITEM}/complete", complete_plan_item),
    Route("GET", "/governance/funds/entries", list_fund_entries),
    Route("GET", _ENTRY, get_fund_entry),
    Route("POST", f"{_ENTRY}/reverse", reverse_entry, 201, location="/governance/funds/entries/{id}"),
    Route("POST", "/governance/funds/expenses", record_expense, 201, location="/governance/funds/entries/{id}"),
    Route("POST", "/governance/funds/income", record_income, 201, location="/governance/funds/entries/{id}"),
    Route("GET", "/governance/funds/refusals", list_refusals),
    Route("POST", f"{_REFUSAL}/retry", retry_refusal),
    Route("POST", f"{_REFUSAL}/override", override_refusal),
    Route("GET", "/governance/funds/periods/<int:year>", list_fund_periods),
    Route("POST", "/governance/funds/periods/<period>/close", close_fund_period),
    Route("GET", "/governance/funds/verdict", verify_ledger),
    Route("POST", "/governance/funds/proofs", prove_ledger, 202, answer=ledger_proof.start),
    Route("GET", _BUDGET, list_budget_lines),
    Route("PUT", f"{_BUDGET}/lines/<code>", set_budget_line),
    Route("POST", f"{_BUDGET}/open", open_budget),
    Route("GET", "/governance/funds/summary/<int:year>", get_fund_summary),
    Route("GET", "/governance/funds/commitments", list_commitments),
    Route("POST", "/governance/funds/commitments", commit_funds, 201),
    Route("POST", "/governance/funds/commitments/<uuid:commitment_id>/release", release_commitment),
    Route("GET", "/governance/awards", list_awards),
    Route("POST", "/governance/awards", grant_award, 201, location="/governance/awards/{id}"),
    Route("GET", _AWARD, get_award),
    Route("POST", f"{_AWARD}/revoke", revoke_award),
    Route("GET", "/governance/rules", list_rules),
    Route("GET", "/governance/rules/<key>", get_rule),
    Route("PUT", "/governance/rules/<key>", set_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/end", end_rule),
    Route("POST", "/governance/rules/<uuid:rule_id>/withdraw", withdraw_rule),
    Route("GET", "/governance/rules/in-force", list_rules_in_force),
    Route("GET", "/governance/rules/missing", list_missing_rules),
    Route("POST", "/governance/rules/adopt", adopt_rule_set),
)
