"""What the views react to when memberships move, are retained or end. Never rename a method: it names its queue."""

from __future__ import annotations

from gateway.read_models import standing
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.membership.standing import LeaveEnded, LeaveRequested, MemberLeft, MemberReinstated
from services.contracts.membership.transfer import (
    TransferApproved,
    TransferEnded,
    TransferReleased,
    TransferRequested,
)


class StandingViews:
    """Transfers, retirement, the end of memberships."""

    @on_event(TransferRequested)
    def on_transfer_requested(self, tx: Transaction, event: ReceivedEvent) -> None:
        standing.note_transfer(tx, event)

    @on_event(TransferReleased)
    def on_transfer_released(self, tx: Transaction, event: ReceivedEvent) -> None:
        standing.note_transfer(tx, event)

    @on_event(TransferApproved)
    def on_transfer_approved(self, tx: Transaction, event: ReceivedEvent) -> None:
        standing.note_transfer(tx, event)

    @on_event(TransferEnded)
    def on_transfer_ended(self, tx: Transaction, event: ReceivedEvent) -> None:
        standing.note_transfer(tx, event)

    @on_event(LeaveRequested)
    def on_leave_requested(self, tx: Transaction, event: ReceivedEvent) -> None:
        standing.note_leave(tx, event)

    @on_event(LeaveEnded)
    def on_leave_ended(self, tx: Transaction, event: ReceivedEvent) -> None:
        standing.note_leave(tx, event)

    @on_event(MemberRetired, batch=True)
    def on_member_retired(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        standing.note_standing(tx, events)

    @on_event(RetirementUndone, batch=True)
    def on_retirement_undone(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        standing.note_standing(tx, events)

    @on_event(MemberLeft, batch=True)
    def on_member_left(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        standing.note_standing(tx, events)

    @on_event(MemberReinstated, batch=True)
    def on_member_reinstated(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        standing.note_standing(tx, events)
