"""The events of an activity, made from the stored row."""

from __future__ import annotations

from typing import Any

from services.activities.calendar.tables import Activity
from services.contracts.activities.calendar.events import (
    EventCancelled,
    EventHeld,
    EventRescheduled,
    EventScheduled,
    ScheduledActivityData,
)

_FACTS = tuple(name for name in ScheduledActivityData().fields if name != "activity_id")


def facts_of(activity: Activity) -> dict[str, Any]:
    """Return the public data of an announced activity."""
    return {"activity_id": activity.id, **{name: getattr(activity, name) for name in _FACTS}}


def scheduled(activity: Activity) -> EventScheduled:
    """Record that the activity was announced."""
    return EventScheduled(**facts_of(activity))


def rescheduled(activity: Activity, changed: list[str]) -> EventRescheduled:
    """Record that these fields of the announced activity changed."""
    return EventRescheduled(**facts_of(activity), changed=changed)


def cancelled(activity: Activity, registrations: int) -> EventCancelled:
    """Record that the announced activity was cancelled, with its number of registrations."""
    return EventCancelled(
        activity_id=activity.id,
        reason_code=activity.cancel_reason_code,
        plan_item_id=activity.plan_item_id,
        registrations=registrations,
        version=activity.version,
    )


def held(activity: Activity) -> EventHeld:
    """Record that the activity took place."""
    return EventHeld(
        activity_id=activity.id,
        plan_item_id=activity.plan_item_id,
        held_on=activity.held_on,
        attended=activity.attended,
        version=activity.version,
    )
