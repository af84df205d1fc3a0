"""The workflow of an activity. The use cases check rights by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.activities.calendar import rules
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.workflow import Transition, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from services.activities.calendar.tables import Activity


def _has_started(activity: Activity, now: datetime) -> Refusal | None:
    return rules.activity_has_started(activity.starts_at, now)


ACTIVITY = Workflow(
    "activity",
    "draft",
    [
        Transition("draft", "update", "draft"),
        Transition("draft", "announce", "scheduled"),
        Transition("draft", "cancel", "cancelled"),
        Transition("scheduled", "update", "scheduled"),
        Transition("scheduled", "cancel", "cancelled"),
        Transition("scheduled", "hold", "held", guard=_has_started),
        Transition("held", "hold", "held"),
    ],
)
"""An announced activity is never deleted: it is held or cancelled. Marking as held again corrects the day or count."""
