"""What governance answers and reacts to about the union's funds."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.funds import bookkeeping
from services.contracts.governance.funds import budget as budget_contract
from services.contracts.governance.funds import operations as funds
from services.contracts.membership.dues.events import DuesCollected, DuesRefunded
from services.contracts.welfare.birthdays import BenefitGranted
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.contracts.welfare.visits.events import VisitCompleted
from services.governance.funds.use_cases import budget, claims, dues, entries, withdrawing

Reply = dict[str, Any]


class FundEntrypoints:
    """The funds' queries, commands and reactions."""

    @query(funds.list_fund_entries)
    def list_fund_entries(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.list_fund_entries(tx, request)

    @query(funds.get_fund_entry)
    def get_fund_entry(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.get_fund_entry(tx, request)

    @command(funds.record_expense)
    def record_expense(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.record_expense(tx, request)

    @command(funds.record_income)
    def record_income(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.record_income(tx, request)

    @command(funds.reverse_entry)
    def reverse_entry(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.reverse_entry(tx, request)

    @query(funds.list_refusals)
    def list_refusals(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.list_refusals(tx, request)

    @command(funds.retry_refusal)
    def retry_refusal(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return claims.retry_refusal(tx, request)

    @command(funds.override_refusal)
    def override_refusal(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return claims.override_refusal(tx, request)

    @query(bookkeeping.list_fund_periods)
    def list_fund_periods(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.list_fund_periods(tx, request)

    @command(bookkeeping.close_fund_period)
    def close_fund_period(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.close_fund_period(tx, request)

    @query(bookkeeping.verify_ledger)
    def verify_ledger(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.verify_ledger(tx, request)

    @query(bookkeeping.verify_ledger_part)
    def verify_ledger_part(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return entries.verify_ledger_part(tx, request)

    @query(budget_contract.list_budget_lines)
    def list_budget_lines(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return budget.list_budget_lines(tx, request)

    @command(budget_contract.set_budget_line)
    def set_budget_line(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return budget.set_budget_line(tx, request)

    @command(budget_contract.open_budget)
    def open_budget(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return budget.open_budget(tx, request)

    @query(budget_contract.list_commitments)
    def list_commitments(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return budget.list_commitments(tx, request)

    @command(budget_contract.commit_funds)
    def commit_funds(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return budget.commit_funds(tx, request)

    @command(budget_contract.release_commitment)
    def release_commitment(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return budget.release_commitment(tx, request)

    @query(budget_contract.get_fund_summary)
    def get_fund_summary(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return budget.get_fund_summary(tx, request)

    @on_event(VisitCompleted)
    def record_visit_expense(self, tx: Transaction, event: ReceivedEvent) -> None:
        claims.claim_visit(tx, event.data)

    @on_event(BenefitGranted, batch=True)
    def record_benefit_expenses(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        claims.claim_benefits(tx, [event.data for event in events])

    @on_event(ClaimWithdrawn)
    def withdraw_claim(self, tx: Transaction, event: ReceivedEvent) -> None:
        withdrawing.withdraw_claim(tx, event.data)

    @on_event(DuesCollected, batch=True)
    def book_collected_dues(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        dues.book_collected(tx, [event.data for event in events])

    @on_event(DuesRefunded, batch=True)
    def book_refunded_dues(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        dues.book_refunded(tx, [event.data for event in events])
