"""What an activity announces about itself: the facts of its events, taken from the stored row."""

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
    """Return everything others may keep of an announced activity."""
    return {"activity_id": activity.id, **{name: getattr(activity, name) for name in _FACTS}}


def scheduled(activity: Activity) -> EventScheduled:
    """The activity is announced."""
    return EventScheduled(**facts_of(activity))


def rescheduled(activity: Activity, changed: list[str]) -> EventRescheduled:
    """The announced activity changed in these fields."""
    return EventRescheduled(**facts_of(activity), changed=changed)


def cancelled(activity: Activity, registrations: int) -> EventCancelled:
    """The announced activity is called off, with so many registrations."""
    return EventCancelled(
        activity_id=activity.id,
        reason_code=activity.cancel_reason_code,
        plan_item_id=activity.plan_item_id,
        registrations=registrations,
        version=activity.version,
    )


def held(activity: Activity) -> EventHeld:
    """The activity took place."""
    return EventHeld(
        activity_id=activity.id,
        plan_item_id=activity.plan_item_id,
        held_on=activity.held_on,
        attended=activity.attended,
        version=activity.version,
    )
