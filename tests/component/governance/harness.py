"""The governance service in a test, on the morning of 11 March 2026, and the events it hears of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.chassis.schema import Event
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar.events import EventCancelled, EventHeld, EventRescheduled, EventScheduled
from services.contracts.membership.dues.events import DuesCollected, DuesRefunded
from services.contracts.membership.organisation.operations import list_posts
from services.contracts.welfare.birthdays import BenefitGranted
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.contracts.welfare.payments import FundingReleased, FundingReserved, PaymentRequested
from services.contracts.welfare.visits.events import VisitCancelled, VisitCompleted, VisitRequired
from services.governance.service import Governance
from tests.support.service_harness import ServiceHarness

OFFICER = Principal(kind="account", account_id=uuid7(), grants=(Grant("officer"),))
TODAY = date(2026, 3, 11)
NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


class GovernanceHarness(ServiceHarness):
    """The governance service; an officer asks, unless a call names somebody."""

    def __init__(self, database: Database) -> None:
        super().__init__(Governance, database, OFFICER)

    def scheduled(self, activity_id: UUID, item_id: Any, sequence: int = 1) -> None:
        self.tell("link_scheduled_activity", EventScheduled, sequence, activity_id=activity_id, plan_item_id=item_id)

    def rescheduled(self, activity_id: UUID, item_id: Any, sequence: int, **changed: Any) -> None:
        changed = {"activity_id": activity_id, "plan_item_id": item_id, **changed}
        self.tell("follow_rescheduled_activity", EventRescheduled, sequence, **changed)

    def cancelled(self, activity_id: UUID, item_id: Any, sequence: int) -> None:
        self.tell("drop_cancelled_activity", EventCancelled, sequence, activity_id=activity_id, plan_item_id=item_id)

    def held(self, activity_id: UUID, item_id: Any, sequence: int) -> None:
        self.tell("count_held_activity", EventHeld, sequence, activity_id=activity_id, plan_item_id=item_id)

    def visit_required(self, visit_id: UUID, sequence: int = 1) -> None:
        self.tell("count_due_visit", VisitRequired, sequence, visit_id=visit_id, due_at="2026-03-12T02:00:00+00:00")

    def visit_cancelled(self, visit_id: UUID, sequence: int) -> None:
        self.tell("drop_cancelled_visit", VisitCancelled, sequence, visit_id=visit_id)

    def visit_completed(self, visit_id: UUID, sequence: int = 2) -> None:
        self.tell("count_completed_visit", VisitCompleted, sequence, **claim(visit_id))

    def claim(self, visit_id: UUID, **fields: Any) -> None:
        """Let a completed visit come to the funds."""
        self.tell("record_visit_expense", VisitCompleted, 2, **claim(visit_id, **fields))

    def withdraw(self, visit_id: UUID, **fields: Any) -> None:
        """Let welfare take the claim of a visit back."""
        self.tell("withdraw_claim", ClaimWithdrawn, 1, **{"source_id": visit_id, "spent_on": TODAY, **fields})

    def grant(self, *grants: dict[str, Any]) -> None:
        """Let granted benefits come to the funds, all at once."""
        messages = (self.example_message(BenefitGranted, 1, **{"granted_on": TODAY, **one}) for one in grants)
        self.receive("record_benefit_expenses", *messages)

    def pay(self, source_id: UUID, **fields: Any) -> None:
        """Let a payment that welfare asks for come to the funds."""
        self.receive("record_payment_expenses", self.payment(source_id, **fields))

    def payment(self, source_id: UUID, **fields: Any) -> str:
        """Return the message that asks for the payment of a trip of two people by the administration, 1,800 yuan."""
        changes = {"source_id": source_id, "spent_on": TODAY, "people": 2, **fields}
        return self.example_message(PaymentRequested, 2, **changes)

    def reserve(self, source_id: UUID, **fields: Any) -> None:
        """Let a source ask for money: a cycle of goods for 240,000 yuan of 2026 unless told otherwise."""
        self.tell("reserve_funding", FundingReserved, 1, source_id=source_id, **fields)

    def release(self, source_id: UUID, **fields: Any) -> None:
        """Let a source give back what it reserved."""
        self.tell("release_funding", FundingReleased, 3, source_id=source_id, **fields)

    def dues(self, *postings: dict[str, Any]) -> None:
        """Let dues that were collected come to the funds, all at once."""
        messages = (self.example_message(DuesCollected, 1, **{"posting_id": uuid7(), **one}) for one in postings)
        self.receive("book_collected_dues", *messages)

    def dues_back(self, **fields: Any) -> None:
        """Let dues that were given back come to the funds."""
        changes = {"posting_id": uuid7(), "refunded_on": TODAY, **fields}
        self.tell("book_refunded_dues", DuesRefunded, 2, **changes)

    def tell(self, method: str, event: type[Event], sequence: int, **data: Any) -> None:
        self.receive(method, self.example_message(event, sequence, **data))


def claim(visit_id: UUID, **fields: Any) -> dict[str, Any]:
    """Return the data of a visit that was made today, a birth with goods for 500 yuan unless told otherwise."""
    return {**VisitCompleted.example, "visit_id": visit_id, "completed_on": TODAY, **fields}


def hold_office(governance: GovernanceHarness, *officers: Principal) -> None:
    """Let membership answer that these hold an officer's post, and nobody else."""

    def posts(asked: Mapping[str, Any]) -> dict[str, Any]:
        held = [{"member_id": str(one.member_id)} for one in officers] if asked["kind"] == "union_officer" else []
        return {"items": held, "next_cursor": None}

    governance.answers[list_posts.id] = posts
