"""What joining answers, and what it does by the clock."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import command, every, query
from services.chassis.runtime import Call
from services.chassis.transaction import Transaction
from services.contracts.membership import joining as contract
from services.membership.joining.use_cases import applying, deciding, proposing, reading

_HOUR = 3600


class JoiningEntrypoints:
    """Applications over RPC."""

    @command(contract.submit_application)
    def submit_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.submit_application(tx, request)

    @command(contract.propose_newcomers)
    def propose_newcomers(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return proposing.propose_newcomers(tx, request)

    @command(contract.update_application)
    def update_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.update_application(tx, request)

    @command(contract.submit_draft)
    def submit_draft(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.submit_draft(tx, request)

    @command(contract.withdraw_application)
    def withdraw_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.withdraw_application(tx, request)

    @command(contract.review_application)
    def review_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.review_application(tx, request)

    @command(contract.approve_application)
    def approve_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.approve_application(tx, request)

    @command(contract.approve_applications)
    def approve_applications(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.approve_applications(tx, request)

    @command(contract.reject_application)
    def reject_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.reject_application(tx, request)

    @command(contract.return_application)
    def return_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return deciding.return_application(tx, request)

    @query(contract.list_applications)
    def list_applications(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_applications(tx, request)

    @query(contract.my_applications)
    def my_applications(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.my_applications(tx, request)

    @query(contract.get_application)
    def get_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_application(tx, request["application_id"])

    @query(contract.follow_application)
    def follow_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.follow_application(tx, request)

    # Its own transaction: an answer remembered for an idempotency key would store the plain value.
    @command(contract.unmask_application, own_transaction=True)
    def unmask_application(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return reading.unmask_application(tx, request)

    @every(_HOUR, "erase-rejected-applications")
    def erase_rejected_applications(self, tx: Transaction) -> None:
        reading.erase_rejected(tx)
