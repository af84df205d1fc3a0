"""What is answered about the photo and documents of a record."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.chassis.process.runtime import Call
from services.contracts.membership.record import files as contract
from services.membership.files.use_cases.files import handed_out
from services.membership.record.use_cases import filing


class FileEntrypoints:
    """Files of records over RPC."""

    @query(contract.member_photo)
    def member_photo(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return handed_out(filing.member_photo(tx, request["member_id"]))

    @query(contract.member_has_photo)
    def member_has_photo(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return filing.member_has_photo(tx, request["member_id"])

    @command(contract.replace_member_photo)
    def replace_member_photo(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return filing.replace_member_photo(tx, request)

    @command(contract.remove_member_photo)
    def remove_member_photo(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return filing.remove_member_photo(tx, request)

    @query(contract.list_member_files)
    def list_member_files(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return filing.list_member_files(tx, request["member_id"])

    @command(contract.attach_to_member)
    def attach_to_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return filing.attach_to_member(tx, request)

    # Its own transaction: an answer remembered for an idempotency key would store the file.
    @command(contract.open_member_file, own_transaction=True)
    def open_member_file(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return handed_out(filing.open_member_file(tx, request))

    @command(contract.detach_from_member)
    def detach_from_member(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return filing.detach_from_member(tx, request)
