"""The budget and the fund ledger."""

from __future__ import annotations

from gateway.http.routes import Route
from gateway.subjects.governance.funds import ledger_proof
from services.contracts.gateway.jobs import prove_ledger
from services.contracts.governance.funds.bookkeeping import close_fund_period, list_fund_periods, verify_ledger
from services.contracts.governance.funds.budget import (
    commit_funds,
    get_fund_summary,
    list_budget_lines,
    list_commitments,
    open_budget,
    release_commitment,
    set_budget_line,
)
from services.contracts.governance.funds.operations import (
    get_fund_entry,
    list_fund_entries,
    list_refusals,
    override_refusal,
    record_expense,
    record_income,
    retry_refusal,
    reverse_entry,
)

_ENTRY = "/governance/funds/entries/<uuid:entry_id>"
_REFUSAL = "/governance/funds/refusals/<uuid:refusal_id>"
_BUDGET = "/governance/funds/budget/<int:year>"

ROUTES = (
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
)
