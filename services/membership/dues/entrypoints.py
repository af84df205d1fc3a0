"""What membership answers about dues, and its long work with them."""

from __future__ import annotations

from typing import Any

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.process.runtime import Call
from services.chassis.rpc.context import CallContext
from services.contracts.membership.dues import collecting
from services.contracts.membership.dues import credit as dues_credit
from services.contracts.membership.dues import files as dues_files
from services.contracts.membership.dues import operations as contract
from services.membership.dues.use_cases import (
    arrears,
    bases,
    charging,
    columns,
    crediting,
    files,
    paying,
    reading,
    refunding,
    settling,
)


def _read_file(_service: Any, database: Database, context: CallContext, job: Job) -> files.Content:
    return files.read_file(database, context, job)


class DuesEntrypoints:
    """What is owed over RPC."""

    @command(contract.set_dues_base)
    def set_dues_base(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return bases.set_dues_base(tx, request)

    # Its own transaction: an answer remembered for an idempotency key would store the plain value.
    @command(contract.unmask_dues_base, own_transaction=True)
    def unmask_dues_base(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return bases.unmask_dues_base(tx, request)

    @command(contract.exempt_from_dues)
    def exempt_from_dues(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return bases.exempt_from_dues(tx, request)

    @command(contract.end_exemption)
    def end_exemption(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return bases.end_exemption(tx, request)

    @query(contract.get_member_dues)
    def get_member_dues(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_member_dues(tx, request)

    @query(contract.preview_dues_charge)
    def preview_dues_charge(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return charging.preview_dues_charge(tx, request)

    @command(contract.charge_dues)
    def charge_dues(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return charging.charge_dues(tx, request)

    @query(contract.list_members_without_base)
    def list_members_without_base(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return charging.list_members_without_base(tx, request)

    @command(contract.adjust_dues)
    def adjust_dues(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return charging.adjust_dues(tx, request)

    @query(contract.dues_by_month)
    def dues_by_month(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.dues_by_month(tx, request)

    @query(contract.dues_by_unit)
    def dues_by_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.dues_by_unit(tx, request)

    @long_work(charging.KIND, contract.charge_dues)
    def do_charge_dues(self, tx: Transaction, job: Job) -> bool:
        return charging.charge_part(tx, job)


class DuesCollectingEntrypoints:
    """What comes in and goes back over RPC."""

    @command(collecting.record_dues_payment)
    def record_dues_payment(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return paying.record_dues_payment(tx, request)

    @query(collecting.list_dues_payments)
    def list_dues_payments(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return paying.list_dues_payments(tx, request)

    @command(collecting.reverse_dues_payment)
    def reverse_dues_payment(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return paying.reverse_dues_payment(tx, request)

    @command(collecting.ask_dues_refund)
    def ask_dues_refund(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return refunding.ask_dues_refund(tx, request)

    @query(collecting.list_dues_refunds)
    def list_dues_refunds(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return refunding.list_dues_refunds(tx, request)

    @command(collecting.decide_dues_refund)
    def decide_dues_refund(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return refunding.decide_dues_refund(tx, request)

    @command(dues_files.upload_dues_file)
    def upload_dues_file(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return files.upload_dues_file(tx, request)

    @command(dues_files.map_dues_file)
    def map_dues_file(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return columns.map_dues_file(tx, request)

    @query(dues_files.list_dues_files)
    def list_dues_files(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return files.list_dues_files(tx, request)

    @query(dues_files.get_dues_file)
    def get_dues_file(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return files.get_dues_file(tx, request)

    @command(dues_files.post_dues_file)
    def post_dues_file(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return files.post_dues_file(tx, request)

    @command(dues_files.drop_dues_file)
    def drop_dues_file(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return files.drop_dues_file(tx, request)

    @query(dues_credit.list_dues_credits)
    def list_dues_credits(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return crediting.list_dues_credits(tx, request)

    @query(collecting.list_arrears)
    def list_arrears(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return arrears.list_arrears(tx, request)

    @command(collecting.export_arrears)
    def export_arrears(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return arrears.export_arrears(tx, request)

    @command(collecting.remind_of_dues)
    def remind_of_dues(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return settling.remind_of_dues(tx, request)

    @long_work(files.CHECK, dues_files.upload_dues_file, prepare=_read_file)
    def do_check_dues_file(self, tx: Transaction, job: Job, content: files.Content) -> bool:
        return files.check_part(tx, job, content)

    @long_work(files.POST, dues_files.post_dues_file)
    def do_post_dues_file(self, tx: Transaction, job: Job) -> bool:
        return files.post_part(tx, job)

    @long_work(arrears.KIND, collecting.export_arrears)
    def do_export_arrears(self, tx: Transaction, job: Job) -> bool:
        return arrears.export_part(tx, job)

    @long_work(settling.KIND, collecting.remind_of_dues)
    def do_remind_of_dues(self, tx: Transaction, job: Job) -> bool:
        return settling.remind_part(tx, job)
