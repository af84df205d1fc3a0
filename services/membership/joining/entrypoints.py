"""What joining answers, and what it does by the clock."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, query
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.process.runtime import Call
from services.contracts.membership.joining import newcomers as newcomers_contract
from services.contracts.membership.joining import operations as contract
from services.membership.files.use_cases.files import handed_out
from services.membership.joining.use_cases import (
    applying,
    attaching,
    batches,
    by_receipt,
    deciding,
    forgetting,
    newcomers,
    proposing,
    reading,
    terms,
    unconfirmed,
)

_HOUR = 3600


class JoiningEntrypoints:
    """Applications over RPC."""

    @command(contract.submit_application)
    def submit_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.submit_application(tx, request)

    @command(newcomers_contract.read_newcomers)
    def read_newcomers(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return newcomers.read_newcomers(tx, request)

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
        return by_receipt.follow_application(tx, request)

    @command(contract.attach_with_receipt)
    def attach_with_receipt(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return by_receipt.attach_with_receipt(tx, request)

    @command(contract.replace_photo_with_receipt)
    def replace_photo_with_receipt(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return by_receipt.replace_photo_with_receipt(tx, request)

    @command(contract.detach_with_receipt)
    def detach_with_receipt(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return by_receipt.detach_with_receipt(tx, request)

    @command(contract.submit_with_receipt)
    def submit_with_receipt(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return by_receipt.submit_with_receipt(tx, request)

    @query(contract.list_unconfirmed)
    def list_unconfirmed(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return unconfirmed.list_unconfirmed(tx, request)

    @command(contract.reject_unconfirmed)
    def reject_unconfirmed(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return unconfirmed.reject_unconfirmed(tx, request)

    # Its own transaction: an answer remembered for an idempotency key would store the plain value.
    @command(contract.unmask_application, own_transaction=True)
    def unmask_application(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return reading.unmask_application(tx, request)

    @command(contract.attach_to_application)
    def attach_to_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return attaching.attach_to_application(tx, request)

    @command(contract.replace_application_photo)
    def replace_application_photo(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return attaching.replace_application_photo(tx, request)

    @command(contract.detach_from_application)
    def detach_from_application(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return attaching.detach_from_application(tx, request)

    # Its own transaction, as above: the answer holds the file.
    @command(contract.open_application_file, own_transaction=True)
    def open_application_file(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return handed_out(attaching.open_application_file(tx, request))

    @query(contract.application_photo)
    def application_photo(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return handed_out(attaching.application_photo(tx, request["application_id"]))

    @query(contract.employment_terms)
    def employment_terms(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return terms.employment_terms(tx, request)

    @command(contract.start_approval)
    def start_approval(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return batches.start_approval(tx, request)

    @long_work(batches.KIND, contract.start_approval)
    def approve_in_batches(self, tx: Transaction, job: Job) -> bool:
        return batches.approve_chunk(tx, job)

    @query(contract.approval_outcomes)
    def approval_outcomes(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return batches.approval_outcomes(tx, request)

    @every(_HOUR, "erase-rejected-applications")
    def erase_rejected_applications(self, tx: Transaction) -> None:
        forgetting.forget_old(tx)

    @every(_HOUR, "let-unconfirmed-applications-lapse")
    def let_unconfirmed_applications_lapse(self, tx: Transaction) -> None:
        unconfirmed.let_lapse(tx)
