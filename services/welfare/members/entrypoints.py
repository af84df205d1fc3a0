"""What welfare does when membership announces something about a member."""

from __future__ import annotations

from services.chassis.entrypoints import on_event
from services.chassis.envelope import ReceivedEvent
from services.chassis.transaction import Transaction
from services.contracts.membership.record import MemberUpdated, UnitChanged
from services.contracts.membership.retention import MemberAnonymised
from services.welfare.members import use_cases
from services.welfare.visits import forgetting_use_cases


class MemberEntrypoints:
    """Reactions that keep the members' copy; joining stands with the entitlement account it opens."""

    @on_event(UnitChanged, batch=True)
    def on_unit_changed(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        """Keep the new units."""
        use_cases.keep_units(tx, events)

    @on_event(MemberUpdated)
    def on_member_updated(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Keep unit and standing."""
        use_cases.keep_standing(tx, event)

    @on_event(MemberAnonymised)
    def on_member_anonymised(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Forget what life events said; visits and sums stay."""
        forgetting_use_cases.forget(tx, event.data["member_id"])
