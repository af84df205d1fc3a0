"""Operations of the union's funds, and the events they react to."""

from services.chassis.entrypoints import answers, on_event
from services.contracts.activities.clubs.events import ClubGrantDecided
from services.contracts.governance.funds import bookkeeping, ledger
from services.contracts.governance.funds import budget as budget_contract
from services.contracts.governance.funds import operations as funds
from services.contracts.membership.dues.events import DuesCollected, DuesRefunded
from services.contracts.welfare.birthdays import BenefitGranted
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.contracts.welfare.payments import FundingReleased, FundingReserved, PaymentRequested
from services.contracts.welfare.visits.events import VisitCompleted
from services.governance.funds.use_cases import (
    budget,
    claims,
    dues,
    entries,
    finding,
    reservations,
    retrying,
    withdrawing,
)


@answers(
    (funds.list_fund_entries, entries.list_fund_entries),
    (funds.get_fund_entry, entries.get_fund_entry),
    (ledger.get_fund_totals, finding.get_fund_totals),
    (funds.record_expense, entries.record_expense),
    (funds.record_income, entries.record_income),
    (funds.reverse_entry, entries.reverse_entry),
    (funds.list_refusals, entries.list_refusals),
    (funds.retry_refusal, retrying.retry_refusal),
    (funds.retry_refusals, retrying.retry_refusals),
    (funds.override_refusal, retrying.override_refusal),
    (bookkeeping.list_fund_periods, entries.list_fund_periods),
    (bookkeeping.close_fund_period, entries.close_fund_period),
    (bookkeeping.verify_ledger, entries.verify_ledger),
    (bookkeeping.verify_ledger_part, entries.verify_ledger_part),
    (budget_contract.list_budget_lines, budget.list_budget_lines),
    (budget_contract.set_budget_line, budget.set_budget_line),
    (budget_contract.open_budget, budget.open_budget),
    (budget_contract.list_commitments, budget.list_commitments),
    (budget_contract.commit_funds, budget.commit_funds),
    (budget_contract.release_commitment, budget.release_commitment),
    (budget_contract.get_fund_summary, budget.get_fund_summary),
)
class FundEntrypoints:
    """The funds' queries, commands and reactions."""

    record_visit_expense = on_event(VisitCompleted, claims.claim_visit)
    record_benefit_expenses = on_event(BenefitGranted, claims.claim_benefits, batch=True)
    withdraw_claim = on_event(ClaimWithdrawn, withdrawing.withdraw_claim)
    record_payment_expenses = on_event(PaymentRequested, claims.claim_payments, batch=True)
    record_club_grants = on_event(ClubGrantDecided, claims.claim_club_grants, batch=True)
    reserve_funding = on_event(FundingReserved, reservations.reserve_funding)
    release_funding = on_event(FundingReleased, reservations.release_funding)
    book_collected_dues = on_event(DuesCollected, dues.book_collected, batch=True)
    book_refunded_dues = on_event(DuesRefunded, dues.book_refunded, batch=True)
