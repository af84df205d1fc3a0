"""The welfare service: its subjects put together."""

from __future__ import annotations

from typing import Any

from services.chassis.failed_events import failed_event_entrypoints
from services.chassis.runtime import ServiceRuntime
from services.contracts.failed_events import OF_SERVICE
from services.welfare.birthdays.entrypoints import BirthdayEntrypoints
from services.welfare.claims.entrypoints import ClaimEntrypoints
from services.welfare.entitlements.entrypoints import EntitlementEntrypoints
from services.welfare.members.entrypoints import MemberEntrypoints
from services.welfare.rulebook.entrypoints import RulebookEntrypoints
from services.welfare.visits.entrypoints import VisitEntrypoints

FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["welfare"])


class Welfare(
    RulebookEntrypoints,
    MemberEntrypoints,
    EntitlementEntrypoints,
    VisitEntrypoints,
    BirthdayEntrypoints,
    ClaimEntrypoints,
    FailedEventEntrypoints,
):
    """Visits, birthday care and entitlements."""

    name = "welfare"
    runtime = ServiceRuntime()
