"""The budget and the fund ledger."""

from gateway.http.routes import Route
from gateway.subjects.governance.funds import ledger_proof
from services.contracts.gateway.jobs import prove_ledger
from services.contracts.governance.funds import budget
from services.contracts.governance.funds import operations as contract
from services.contracts.governance.funds.bookkeeping import close_fund_period, list_fund_periods, verify_ledger
from services.contracts.governance.funds.ledger import get_fund_totals

_FUNDS = "/governance/funds"
_ENTRY = f"{_FUNDS}/entries/<uuid:entry_id>"
_REFUSAL = f"{_FUNDS}/refusals/<uuid:refusal_id>"
_BUDGET = f"{_FUNDS}/budget/<int:year>"

ROUTES = (
    Route("GET", f"{_FUNDS}/entries", contract.list_fund_entries),
    Route("GET", f"{_FUNDS}/totals", get_fund_totals),
    Route("GET", _ENTRY, contract.get_fund_entry),
    Route("POST", f"{_ENTRY}/reverse", contract.reverse_entry, 201, location="/governance/funds/entries/{id}"),
    Route("POST", f"{_FUNDS}/expenses", contract.record_expense, 201, location="/governance/funds/entries/{id}"),
    Route("POST", f"{_FUNDS}/income", contract.record_income, 201, location="/governance/funds/entries/{id}"),
    Route("GET", f"{_FUNDS}/refusals", contract.list_refusals),
    Route("POST", f"{_FUNDS}/refusals/retry", contract.retry_refusals),
    Route("POST", f"{_REFUSAL}/retry", contract.retry_refusal),
    Route("POST", f"{_REFUSAL}/override", contract.override_refusal),
    Route("GET", f"{_FUNDS}/periods/<int:year>", list_fund_periods),
    Route("POST", f"{_FUNDS}/periods/<period>/close", close_fund_period),
    Route("GET", f"{_FUNDS}/verdict", verify_ledger),
    Route("POST", f"{_FUNDS}/proofs", prove_ledger, 202, answer=ledger_proof.start),
    Route("GET", _BUDGET, budget.list_budget_lines),
    Route("PUT", f"{_BUDGET}/lines/<code>", budget.set_budget_line),
    Route("POST", f"{_BUDGET}/open", budget.open_budget),
    Route("GET", f"{_FUNDS}/summary/<int:year>", budget.get_fund_summary),
    Route("GET", f"{_FUNDS}/commitments", budget.list_commitments),
    Route("POST", f"{_FUNDS}/commitments", budget.commit_funds, 201),
    Route("POST", f"{_FUNDS}/commitments/<uuid:commitment_id>/release", budget.release_commitment),
)
