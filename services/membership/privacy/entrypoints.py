"""What can be asked about one's own data, and what is done when its time is over."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import command, query
from services.chassis.runtime import Call
from services.chassis.transaction import Transaction
from services.contracts.membership import privacy as contract
from services.membership.privacy.use_cases import consenting, own_copy


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

    # Its own transaction: an answer remembered for an idempotency key would store the plain values.
    @command(contract.my_record, own_transaction=True)
    def my_record(self, call: Call, request: dict[str, Any]) -> Any:
        with call.transaction() as tx:
            return own_copy.my_record(tx, request)
