"""The activities service: its subjects put together."""

from __future__ import annotations

from services.activities.calendar.entrypoints import CalendarEntrypoints
from services.activities.participants.entrypoints import ParticipantsEntrypoints
from services.activities.registration.entrypoints import RegistrationEntrypoints
from services.chassis.runtime import ServiceRuntime


class Activities(CalendarEntrypoints, RegistrationEntrypoints, ParticipantsEntrypoints):
    """活动 The calendar of the union and who takes part."""

    name = "activities"
    runtime = ServiceRuntime()
