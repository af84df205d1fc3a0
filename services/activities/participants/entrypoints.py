"""What the members' copy reacts to."""

from __future__ import annotations

from services.activities.participants.use_cases import member_copies
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.membership.retention import MemberAnonymised


class ParticipantsEntrypoints:
    """Reactions to membership's events."""

    @on_event(MemberJoined, batch=True)
    def on_member_joined(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        member_copies.on_member_joined(tx, events)

    @on_event(MemberUpdated)
    def on_member_updated(self, tx: Transaction, event: ReceivedEvent) -> None:
        member_copies.on_member_updated(tx, event)

    @on_event(UnitChanged, batch=True)
    def on_unit_changed(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        member_copies.on_unit_changed(tx, events)

    @on_event(MemberAnonymised)
    def on_member_anonymised(self, tx: Transaction, event: ReceivedEvent) -> None:
        member_copies.forget(tx, event.data["member_id"])
