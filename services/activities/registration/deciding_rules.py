"""Rules of approving registrations and of handing a seat to a colleague. Pure."""

from __future__ import annotations

from services.activities.registration.audience_rules import AUDIENCE_RULES
from services.activities.registration.rules import (
    Asking,
    activity_is_scheduled,
    applicant_is_a_member,
    before_cancel_deadline,
    member_is_active,
    member_is_in_audience,
)
from services.chassis.rules.refusal import Refusal, first_refusal


def not_refused_before(reason: str | None) -> Refusal | None:
    """Who was refused does not ask again; the organiser can still register the member."""
    if reason is None:
        return None
    detail = "The organiser refused it before; ask the organiser."
    return Refusal("registration.not_refused_before", detail, params={"reason": reason})


def seat_can_be_handed_over(allowed: bool, state: str, asking: Asking) -> Refusal | None:
    """A seat is handed over where the organiser allows it, while it could be cancelled."""
    if not allowed:
        detail = "Seats of this activity are not handed over."
        return Refusal("registration.seats_can_be_handed_over", detail)
    if state != "confirmed":
        return Refusal("registration.seat_is_ones_own", "Only a seat that one has can be handed over.")
    return first_refusal([activity_is_scheduled(asking), before_cancel_deadline(asking.offer, asking.now)])


def member_waits(state: str) -> Refusal | None:
    """Only who waits, or waits for approval, has a place in the line."""
    if state in ("waitlisted", "pending"):
        return None
    return Refusal("registration.member_waits", "The member does not wait.", "member_id", {"state": state})


def seats_are_held(minutes: int | None, moderated: bool) -> Refusal | None:
    """Seats are held where the organiser says for how long, and nobody has to be approved."""
    if minutes is not None and not moderated:
        return None
    return Refusal("registration.seats_are_held", "The activity holds no seats; register at once.")


def seat_is_free_to_hold(place: str | None) -> Refusal | None:
    """Only a seat is held, no place on the waiting list."""
    if place == "confirmed":
        return None
    return Refusal("registration.seat_is_free_to_hold", "No seat is free now; register to wait for one.")


def code_is_valid(found: bool) -> Refusal | None:
    """The code is the one that was told last, of a seat that its member still has."""
    if found:
        return None
    detail = "The code is not valid: it was replaced, withdrawn, or the seat was taken over."
    return Refusal("registration.code_is_valid", detail, "code")


def not_registered_yet(state: str | None) -> Refusal | None:
    """Who has a place already does not take over another."""
    if state is None:
        return None
    detail = "You are registered already; cancel that first."
    return Refusal("registration.not_registered_yet", detail, params={"state": state})


def refusal_of_heir(asking: Asking) -> Refusal | None:
    """Return why a colleague may not take over a seat: registration may have closed, everything else must hold."""
    found = [
        activity_is_scheduled(asking), before_cancel_deadline(asking.offer, asking.now),
        applicant_is_a_member(asking), member_is_active(asking), member_is_in_audience(asking),
    ]  # fmt: skip
    applicant = asking.applicant
    facts = [] if applicant is None else [rule(asking.offer.rule, applicant) for rule in AUDIENCE_RULES]
    return first_refusal([*found, *facts])
