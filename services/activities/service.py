"""The activities service: its subjects put together."""

from __future__ import annotations

from typing import Any

from services.activities.calendar.entrypoints import CalendarEntrypoints
from services.activities.participants.entrypoints import ParticipantsEntrypoints
from services.activities.registration.entrypoints import RegistrationEntrypoints
from services.chassis.failed_events import failed_event_entrypoints
from services.chassis.runtime import ServiceRuntime
from services.contracts.failed_events import OF_SERVICE

FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["activities"])


class Activities(CalendarEntrypoints, RegistrationEntrypoints, ParticipantsEntrypoints, FailedEventEntrypoints):
    """活动 The calendar of the union and who takes part."""

    name = "activities"
    runtime = ServiceRuntime()
