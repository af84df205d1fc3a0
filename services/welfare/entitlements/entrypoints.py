"""Operations of entitlement accounts, and the events and recurring work that open them."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.welfare import entitlements as contract
from services.welfare.entitlements.use_cases import accounts
from services.welfare.members.use_cases import member_copies as members


@answers(
    (contract.my_entitlements, accounts.my_entitlements),
    (contract.entitlements_of, accounts.entitlements_of),
    (contract.benefits_by_employment, accounts.benefits_by_employment),
)
class EntitlementEntrypoints:
    """The operations on accounts; a member's joining opens the first, each new year the next."""

    open_new_year_accounts = every(60, "new-year-accounts", accounts.open_new_year)

    @on_event(MemberJoined, batch=True)
    def on_member_joined(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        """Keep the members and open their accounts."""
        members.keep_joined(tx, events)
        accounts.open_on_joining(tx, events)
