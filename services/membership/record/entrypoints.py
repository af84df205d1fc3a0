"""What the records answer."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.process.runtime import Call
from services.contracts.membership import numbering as numbers
from services.contracts.membership import snapshot
from services.contracts.membership.record import exports
from services.contracts.membership.record import operations as contract
from services.membership.record.use_cases import changing, export, export_work, numbering, reading, roster_import


class RecordEntrypoints:
    """Members' records over RPC."""

    @query(contract.list_members)
    def list_members(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_members(tx, request)

    @query(snapshot.snapshot_members)
    def snapshot_members(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.snapshot_members(tx, request)

    @query(contract.get_member)
    def get_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_member(tx, request["member_id"])

    @command(contract.update_member)
    def update_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return changing.update_member(tx, request)

    # Its own transaction: an answer remembered for an idempotency key would store the plain value.
    @command(contract.unmask_member, own_transaction=True)
    def unmask_member(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return reading.unmask_member(tx, request)

    @query(contract.member_history)
    def member_history(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.member_history(tx, request)

    @query(contract.member_accesses)
    def member_accesses(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.member_accesses(tx, request)

    @query(contract.names_of)
    def names_of(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.names_of(tx, request["ids"])

    @query(contract.birthdays)
    def birthdays(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.birthdays(tx, request)

    @command(contract.export_members, own_transaction=True)
    def export_members(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return export.export_members(tx, request)

    @command(exports.start_member_export)
    def start_member_export(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return export_work.start_export(tx, request)

    @long_work(export_work.KIND, exports.start_member_export)
    def write_member_list(self, tx: Transaction, job: Job) -> bool:
        return export_work.export_part(tx, job)

    @command(contract.change_unit)
    def change_unit(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return changing.change_unit(tx, request)

    @command(contract.admit_members)
    def admit_members(self, tx: Transaction, request: dict[str, Any]) -> Any:
        admitted = roster_import.admit_members(tx, request["rows"])
        return {"items": [{"member_id": member_id, "number": number} for member_id, number in admitted]}

    @query(numbers.list_number_series)
    def list_number_series(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return numbering.list_number_series(tx)

    @command(numbers.open_number_series)
    def open_number_series(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return numbering.open_number_series(tx, request)
