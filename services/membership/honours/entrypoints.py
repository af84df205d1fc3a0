"""What the record answers about honours, and the awards it copies."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.awards import AwardGranted, AwardRevoked
from services.contracts.membership import honours as contract
from services.membership.honours.use_cases import copying, records


class HonourEntrypoints:
    """Honours over RPC, and the reactions to awards."""

    @query(contract.list_honours)
    def list_honours(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return records.list_honours(tx, request)

    @command(contract.record_honour)
    def record_honour(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return records.record_honour(tx, request)

    @command(contract.remove_honour)
    def remove_honour(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return records.remove_honour(tx, request)

    @on_event(AwardGranted)
    def on_award_granted(self, tx: Transaction, event: ReceivedEvent) -> None:
        copying.note_award(tx, event, "stands")

    @on_event(AwardRevoked)
    def on_award_revoked(self, tx: Transaction, event: ReceivedEvent) -> None:
        copying.note_award(tx, event, "revoked")
