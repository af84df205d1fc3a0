"""Operations of honours, and the events of awards that are copied."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.awards import AwardGranted, AwardRevoked
from services.contracts.membership import honours as contract
from services.membership.honours.use_cases import copying, records


@answers(
    (contract.list_honours, records.list_honours),
    (contract.record_honour, records.record_honour),
    (contract.remove_honour, records.remove_honour),
)
class HonourEntrypoints:
    """Honours over RPC, and the reactions to awards."""

    @on_event(AwardGranted)
    def on_award_granted(self, tx: Transaction, event: ReceivedEvent) -> None:
        copying.note_award(tx, event, "stands")

    @on_event(AwardRevoked)
    def on_award_revoked(self, tx: Transaction, event: ReceivedEvent) -> None:
        copying.note_award(tx, event, "revoked")
