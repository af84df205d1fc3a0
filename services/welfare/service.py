"""The welfare service: its subjects put together."""

from __future__ import annotations

from services.chassis.runtime import ServiceRuntime
from services.welfare.birthdays.entrypoints import BirthdayEntrypoints
from services.welfare.claims.entrypoints import ClaimEntrypoints
from services.welfare.entitlements.entrypoints import EntitlementEntrypoints
from services.welfare.members.entrypoints import MemberEntrypoints
from services.welfare.rulebook.entrypoints import RulebookEntrypoints
from services.welfare.visits.entrypoints import VisitEntrypoints


class Welfare(
    RulebookEntrypoints,
    MemberEntrypoints,
    EntitlementEntrypoints,
    VisitEntrypoints,
    BirthdayEntrypoints,
    ClaimEntrypoints,
):
    """Visits, birthday care and entitlements."""

    name = "welfare"
    runtime = ServiceRuntime()
