"""What can be asked about one's own data, and what is done when its time is over."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, query
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.process.runtime import Call
from services.contracts.membership import corrections, retention
from services.contracts.membership import privacy as contract
from services.membership.privacy.use_cases import breach, consenting, correcting, erasing, own_copy

ONE_HOUR = 3600


class PrivacyEntrypoints:
    """Members' own data over RPC."""

    @query(contract.my_consents)
    def my_consents(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return consenting.my_consents(tx)

    @command(contract.give_consent)
    def give_consent(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return consenting.give_consent(tx, request)

    @command(contract.withdraw_consent)
    def withdraw_consent(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return consenting.withdraw_consent(tx, request)

    @query(corrections.list_my_corrections)
    def list_my_corrections(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return correcting.list_my_corrections(tx, request)

    @query(corrections.list_corrections)
    def list_corrections(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return correcting.list_corrections(tx, request)

    @command(corrections.ask_correction)
    def ask_correction(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return correcting.ask_correction(tx, request)

    @command(corrections.take_back_correction)
    def take_back_correction(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return correcting.take_back_correction(tx, request["correction_id"])

    @command(corrections.open_correction, own_transaction=True)
    def open_correction(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return correcting.open_correction(tx, request["correction_id"])

    @command(corrections.decide_correction)
    def decide_correction(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return correcting.decide_correction(tx, request)

    @query(retention.list_retention_rules)
    def list_retention_rules(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return erasing.list_retention_rules(tx)

    @query(retention.preview_erasures)
    def preview_erasures(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return erasing.preview_erasures(tx, request)

    @every(ONE_HOUR, "erase_due")
    def erase_due(self, tx: Transaction) -> None:
        erasing.erase_due(tx)

    @command(retention.make_breach_list)
    def make_breach_list(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return breach.make_breach_list(tx, request)

    @long_work(breach.KIND, retention.make_breach_list)
    def write_breach_list(self, tx: Transaction, job: Job) -> bool:
        return breach.list_part(tx, job)

    # Its own transaction: an answer remembered for an idempotency key would store the plain values.
    @command(contract.my_record, own_transaction=True)
    def my_record(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return own_copy.my_record(tx, request)
