"""What retirement answers, and the long work it does."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.process.runtime import Call
from services.contracts.membership import retirement as contract
from services.membership.retirement.use_cases import confirming, dates, roster


class RetirementEntrypoints:
    """Retirement over RPC."""

    @query(contract.member_retirement)
    def member_retirement(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return dates.member_retirement(tx, request)

    @query(contract.retirement_roster)
    def retirement_roster(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return roster.retirement_roster(tx, request)

    # Its own transaction: an answer remembered for an idempotency key would store the roster.
    @command(contract.export_retirement_roster, own_transaction=True)
    def export_retirement_roster(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return roster.export_retirement_roster(tx, request)

    @command(contract.set_approved_month)
    def set_approved_month(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return dates.set_approved_month(tx, request)

    @command(contract.confirm_retirement)
    def confirm_retirement(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return confirming.confirm_retirement(tx, request)

    @command(contract.confirm_retirements)
    def confirm_retirements(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return confirming.confirm_retirements(tx, request)

    @command(contract.undo_retirement)
    def undo_retirement(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return confirming.undo_retirement(tx, request)

    @long_work(confirming.KIND, contract.confirm_retirements)
    def confirm_some_retirements(self, tx: Transaction, job: Job) -> bool:
        return confirming.confirm_some(tx, job)
