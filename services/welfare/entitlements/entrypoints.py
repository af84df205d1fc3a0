"""What can be asked about entitlement accounts, and what opens them."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import every, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.welfare import entitlements as contract
from services.welfare.entitlements.use_cases import accounts
from services.welfare.members.use_cases import member_copies as members


class EntitlementEntrypoints:
    """The operations on accounts; a member's joining opens the first, each new year the next."""

    @on_event(MemberJoined, batch=True)
    def on_member_joined(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        """Keep the members and open their accounts."""
        members.keep_joined(tx, events)
        accounts.open_on_joining(tx, events)

    @every(60, "new-year-accounts")
    def open_new_year_accounts(self, tx: Transaction) -> None:
        """Open this year's accounts where they are missing."""
        accounts.open_new_year(tx)

    @query(contract.my_entitlements)
    def my_entitlements(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """Show one's own account."""
        return accounts.my_entitlements(tx, request)

    @query(contract.entitlements_of)
    def entitlements_of(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """Show a member's account."""
        return accounts.entitlements_of(tx, request)

    @query(contract.benefits_by_employment)
    def benefits_by_employment(self, tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        """Show what each form of employment may have."""
        return accounts.benefits_by_employment(tx, request)
