"""The welfare service: its subjects put together."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Service
from services.chassis.events.failed_events import failed_event_entrypoints
from services.chassis.events.published import event_accounting_entrypoints
from services.contracts.failed_events import OF_SERVICE
from services.contracts.published_events import PUBLISHED_OF, RECONCILIATION_OF
from services.welfare.birthdays.entrypoints import BirthdayEntrypoints
from services.welfare.claims.entrypoints import ClaimEntrypoints
from services.welfare.entitlements.entrypoints import EntitlementEntrypoints
from services.welfare.members.entrypoints import MemberEntrypoints
from services.welfare.rulebook.entrypoints import RulebookEntrypoints
from services.welfare.visits.entrypoints import VisitEntrypoints

FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["welfare"])
EventAccountingEntrypoints: Any = event_accounting_entrypoints(PUBLISHED_OF["welfare"], RECONCILIATION_OF["welfare"])


class Welfare(
    RulebookEntrypoints,
    MemberEntrypoints,
    EntitlementEntrypoints,
    VisitEntrypoints,
    BirthdayEntrypoints,
    ClaimEntrypoints,
    FailedEventEntrypoints,
    EventAccountingEntrypoints,
    Service,
):
    """Visits, birthday care and entitlements."""

    name = "welfare"
