"""What registration answers."""

from __future__ import annotations

from typing import Any

from services.activities.registration.use_cases import reading, registering
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, query
from services.contracts.activities.registration import operations as contract


class RegistrationEntrypoints:
    """Registrations over RPC."""

    @command(contract.register)
    def register(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return registering.register(tx, request)

    @command(contract.register_batch)
    def register_batch(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return registering.register_batch(tx, request)

    @command(contract.register_members)
    def register_members(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return registering.register_members(tx, request)

    @command(contract.cancel_registration)
    def cancel_registration(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return registering.cancel_registration(tx, request)

    @query(contract.check_registrations)
    def check_registrations(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.check_registrations(tx, request)

    @query(contract.check_registration)
    def check_registration(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.check_registration(tx, request)

    @query(contract.list_registrations)
    def list_registrations(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_registrations(tx, request)

    @query(contract.turnout)
    def turnout(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.turnout(tx, request)

    @query(contract.my_registrations)
    def my_registrations(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.my_registrations(tx, request)

    @query(contract.my_invitations)
    def my_invitations(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.my_invitations(tx, request)
