"""What identity does by the clock. What it hears of members and posts comes through the views' reactions."""

from __future__ import annotations

from gateway.identity import invitations, sessions, throttling
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import every

_ONE_HOUR = 3600


class IdentityEntrypoints:
    """Housekeeping."""

    @every(_ONE_HOUR, "forget_expired_sessions")
    def forget_expired_sessions(self, tx: Transaction) -> None:
        sessions.forget_expired(tx)

    @every(_ONE_HOUR, "forget_failed_sign_ins")
    def forget_failed_sign_ins(self, tx: Transaction) -> None:
        throttling.forget_old(tx)

    @every(_ONE_HOUR, "forget_old_invitations")
    def forget_old_invitations(self, tx: Transaction) -> None:
        invitations.forget_old(tx)
