"""What identity reacts to: members and posts decide roles."""

from __future__ import annotations

from gateway.identity import grants, sessions, throttling
from services.chassis.entrypoints import every, on_event
from services.chassis.envelope import ReceivedEvent
from services.chassis.transaction import Transaction
from services.contracts.membership.organisation import PostAssigned, PostEnded

_ONE_HOUR = 3600


class IdentityEntrypoints:
    """Posts and housekeeping."""

    @on_event(PostAssigned, batch=True)
    def on_post_assigned(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        grants.note_assigned(tx, events)

    @on_event(PostEnded)
    def on_post_ended(self, tx: Transaction, event: ReceivedEvent) -> None:
        grants.note_ended(tx, event)

    @every(_ONE_HOUR, "forget_expired_sessions")
    def forget_expired_sessions(self, tx: Transaction) -> None:
        sessions.forget_expired(tx)

    @every(_ONE_HOUR, "forget_failed_sign_ins")
    def forget_failed_sign_ins(self, tx: Transaction) -> None:
        throttling.forget_old(tx)
