"""The events of registrations, with the figures of the activity after each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.contracts.activities.registration.events import (
    OfferLapsed,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationHandedOver,
    RegistrationOffered,
    RegistrationPending,
    RegistrationRefused,
    RegistrationWaitlisted,
)

if TYPE_CHECKING:
    from services.activities.calendar.use_cases.reading import Activity


def confirmed(
    activity: Activity, registration_id: UUID, member_id: UUID, *, moved_up: bool, entered_late: bool = False
) -> RegistrationConfirmed:
    """Record that the member has a seat; `entered_late`: had registered on paper, entered after the beginning."""
    facts = _facts(activity, registration_id, member_id)
    return RegistrationConfirmed(**facts, moved_up=moved_up, entered_late=entered_late)


def waitlisted(
    activity: Activity, registration_id: UUID, member_id: UUID, *, position: int, moved_back: bool
) -> RegistrationWaitlisted:
    """Record that the member is on the waiting list, with the position."""
    facts = _facts(activity, registration_id, member_id)
    return RegistrationWaitlisted(**facts, position=position, moved_back=moved_back)


def offered(activity: Activity, registration_id: UUID, member_id: UUID, *, until: datetime) -> RegistrationOffered:
    """Record that a seat is kept for the member until then."""
    return RegistrationOffered(**_facts(activity, registration_id, member_id), until=until)


def lapsed(activity: Activity, registration_id: UUID, member_id: UUID) -> OfferLapsed:
    """Record that the member did not take the offered seat in time."""
    return OfferLapsed(**_facts(activity, registration_id, member_id))


def pending(activity: Activity, registration_id: UUID, member_id: UUID) -> RegistrationPending:
    """Record that the member asked, and that the organiser has to approve it."""
    return RegistrationPending(**_facts(activity, registration_id, member_id))


def refused(activity: Activity, registration_id: UUID, member_id: UUID) -> RegistrationRefused:
    """Record that the organiser refused the registration."""
    return RegistrationRefused(**_facts(activity, registration_id, member_id))


def handed_over(
    activity: Activity, registration_id: UUID, member_id: UUID, *, to_member_id: UUID
) -> RegistrationHandedOver:
    """Record that the member handed the seat to a colleague."""
    return RegistrationHandedOver(**_facts(activity, registration_id, member_id), to_member_id=to_member_id)


def cancelled(
    activity: Activity, registration_id: UUID, member_id: UUID, *, cause: str, was: str
) -> RegistrationCancelled:
    """Record that the registration ended."""
    return RegistrationCancelled(**_facts(activity, registration_id, member_id), cause=cause, was=was)


def _facts(activity: Activity, registration_id: UUID, member_id: UUID) -> dict[str, Any]:
    return {
        "registration_id": registration_id,
        "activity_id": activity.id,
        "member_id": member_id,
        "seats_taken": activity.seats_taken,
        "seats_left": activity.seats_left,
        "waiting": activity.waiting,
        "pending": activity.pending if activity.moderated or activity.pending else None,
    }
