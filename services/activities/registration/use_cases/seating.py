"""Builds the rules' arguments from the stored activity and the members' copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from services.activities.registration.audience_rules import AGE_UNKNOWN, UNDECIDED, AudienceRule, Facts, first_unmet
from services.activities.registration.rules import Applicant, Offer, Seats

if TYPE_CHECKING:
    from services.activities.calendar.use_cases.reading import Activity
    from services.activities.facts.use_cases.keeping import Told
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
        rule=rule_of(activity.audience),
    )


def rule_of(audience: Mapping[str, Any]) -> AudienceRule:
    """Return the parts of an audience beside units and employments."""
    return AudienceRule(
        sex=audience.get("sex"),
        age_from=audience.get("age_from"),
        age_to=audience.get("age_to"),
        posts=frozenset(audience.get("posts", ())),
        honours=frozenset(audience.get("honours", ())),
        joined_since=audience.get("joined_since"),
    )


def applicant_of(participant: Participant | None, told: Told | None = None) -> Applicant | None:
    """Return the data of a member for the rules, None for an unknown one.

    Args:
        participant: the copy of the member.
        told: what membership told for the activity; None where it told nothing, or nothing is needed.
    """
    if participant is None:
        return None
    facts = facts_of(told.facts) if told is not None else None
    return Applicant(participant.unit_id, participant.employment, participant.standing, participant.joined_on, facts)


def facts_of(told: Mapping[str, Any]) -> Facts:
    """Return facts for the rules."""
    return Facts(told.get("sex"), told.get("age"), frozenset(told.get("posts", ())), frozenset(told.get("honours", ())))


def fits_facts(activity: Activity, participant: Participant, told: Told | None) -> bool:
    """Whether a member is in the parts of an audience beside units and employments, as far as is known."""
    applicant = applicant_of(participant, told)
    return applicant is not None and first_unmet(rule_of(activity.audience), applicant) is None


def seen_in_audience(audience: Mapping[str, Any], member: Mapping[str, Any]) -> bool | None:
    """Return whether a member of one of the audience's units is in it, by all that membership told.

    None where too little is known.
    """
    if audience["employments"] and member["employment"] not in audience["employments"]:
        return False
    joined_on = date.fromisoformat(member["joined_on"]) if "joined_on" in member else None
    applicant = Applicant(None, member["employment"], member["standing"], joined_on, facts_of(member))
    refusal = first_unmet(rule_of(audience), applicant)
    if refusal is None:
        return True
    return None if refusal.rule in (UNDECIDED, AGE_UNKNOWN) else False
