"""Builds the rules' arguments from the stored activity and the members' copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.activities.registration.rules import Applicant, Offer, Seats

if TYPE_CHECKING:
    from services.activities.calendar.use_cases.reading import Activity
    from services.activities.participants.use_cases.reading import Participant


def seats_of(activity: Activity) -> Seats:
    """Return the seats of an activity."""
    return Seats(activity.capacity, activity.seats_taken, activity.waiting, activity.waiting_list)


def offer_of(activity: Activity) -> Offer:
    """Return the data of an activity for the rules."""
    return Offer(
        state=activity.state,
        opens_at=activity.registration_opens_at,
        closes_at=activity.registration_closes_at,
        cancel_until=activity.cancel_until,
        ends_at=activity.ends_at,
        units=frozenset(activity.audience["units"]),
        employments=frozenset(activity.audience["employments"]),
        seats=seats_of(activity),
    )


def applicant_of(participant: Participant | None) -> Applicant | None:
    """Return the data of a member for the rules, None for an unknown one."""
    if participant is None:
        return None
    return Applicant(participant.unit_id, participant.employment, participant.standing)
