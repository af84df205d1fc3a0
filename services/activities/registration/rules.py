"""Rules of registration: who may register and cancel, and how seats are assigned. First come, first served.

Pure: the present time is an argument. Each refusal has the rule, the reason and the figures it used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.activities.registration.audience_rules import (
    AUDIENCE_RULES,
    NO_RULE,
    UNDECIDED,
    AudienceRule,
    Facts,
    first_unmet,
)
from services.chassis.rules.refusal import Refusal, first_refusal

TAKES_PART = frozenset({"active", "transferring"})
"""Standings with the right to take part; a retired member keeps 会籍 but can't register (custom)."""

HAS_LEFT = frozenset({"withdrawn", "deemed_withdrawn", "expelled", "deceased"})
"""Standings of members whose seats go to the waiting list."""

Place = Literal["confirmed", "offered", "waitlisted", "pending"]
Cause = Literal["left_the_union", "takes_no_part", "not_in_audience"]


@dataclass(frozen=True)
class Seats:
    """The seats of an activity; `capacity` is None without limit.

    Where registrations differ in what they take, `fits` says whether this one can have all of it, and `short` names
    the quotas it is short of.
    """

    capacity: int | None
    taken: int
    waiting: int
    waiting_list: bool
    fits: bool | None = None
    short: tuple[str, ...] = ()

    @property
    def left(self) -> int | None:
        """Free seats, None without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def next_place(self) -> Place | None:
        """What the next registration gets: a seat, a place on the waiting list, or nothing.

        The waiting list comes first, so a seat is free only when the list is empty.
        """
        fits = self.waiting == 0 and self.left != 0 if self.fits is None else self.fits
        if fits:
            return "confirmed"
        return "waitlisted" if self.waiting_list else None

    @property
    def to_move_up(self) -> int:
        """How many of the waiting list can get a seat now."""
        return self.waiting if self.left is None else min(self.waiting, self.left)


@dataclass(frozen=True)
class Offer:
    """The data of an activity that the rules use."""

    state: str
    opens_at: datetime
    closes_at: datetime
    cancel_until: datetime
    ends_at: datetime
    units: frozenset[UUID]
    employments: frozenset[str]
    seats: Seats
    rule: AudienceRule = NO_RULE


@dataclass(frozen=True)
class Applicant:
    """The data of a member that the rules use; `facts` is None where membership has told nothing recently."""

    unit_id: UUID | None
    employment: str | None
    standing: str
    joined_on: date | None = None
    facts: Facts | None = None


@dataclass(frozen=True)
class Asking:
    """One request for a place in one activity; `applicant` is None for people who are no members."""

    offer: Offer
    applicant: Applicant | None
    now: datetime


def activity_is_scheduled(asking: Asking) -> Refusal | None:
    """The activity is announced and neither held nor cancelled."""
    if asking.offer.state == "scheduled":
        return None
    return Refusal(
        "registration.activity_is_scheduled",
        f"The activity is not open to anyone: it is {asking.offer.state}.",
        "activity_id",
        {"state": asking.offer.state},
    )


def registration_is_open(asking: Asking) -> Refusal | None:
    """The time is from the opening until before the closing of registration."""
    offer = asking.offer
    if offer.opens_at <= asking.now < offer.closes_at:
        return None
    early = asking.now < offer.opens_at
    return Refusal(
        "registration.registration_is_open",
        "Registration has not opened yet." if early else "Registration has closed.",
        params={"opens_at": offer.opens_at.isoformat(), "closes_at": offer.closes_at.isoformat(), "early": early},
    )


def applicant_is_a_member(asking: Asking) -> Refusal | None:
    """Activities are for members of the union."""
    if asking.applicant is not None:
        return None
    return Refusal("registration.applicant_is_a_member", "Only members of the union can register.", "member_id")


def member_is_active(asking: Asking) -> Refusal | None:
    """Former and retained members (会籍 only) get no seat."""
    if asking.applicant is None or asking.applicant.standing in TAKES_PART:
        return None
    return Refusal("registration.member_is_active", "The membership is not active.", "member_id")


def member_is_in_audience(asking: Asking) -> Refusal | None:
    """The activity may be for certain units or kinds of employment only."""
    offer, applicant = asking.offer, asking.applicant
    if applicant is None:
        return None
    if offer.units and applicant.unit_id not in offer.units:
        return _not_in_audience("The activity is for members of other units.", "unit")
    if offer.employments and applicant.employment not in offer.employments:
        return _not_in_audience("The activity is for members employed in another way.", "employment")
    return None


def seat_or_waiting_list_left(asking: Asking) -> Refusal | None:
    """A full activity without waiting list accepts no registrations."""
    seats = asking.offer.seats
    if seats.next_place is not None:
        return None
    if seats.short:
        names = "、".join(seats.short)
        return Refusal(
            "registration.places_of_options_left", f"No places are left of {names}.", "options", {"options": names}
        )
    return Refusal(
        "registration.seat_or_waiting_list_left",
        "All seats are taken and there is no waiting list.",
        params={"capacity": seats.capacity, "seats_taken": seats.taken},
    )


def _of_audience(
    rule: Callable[[AudienceRule, Applicant], Refusal | None],
) -> Callable[[Asking], Refusal | None]:
    """Return a rule of the audience as a rule of registration; it says nothing about people who are no members."""
    return lambda asking: None if asking.applicant is None else rule(asking.offer.rule, asking.applicant)


REGISTRATION_RULES: tuple[Callable[[Asking], Refusal | None], ...] = (
    activity_is_scheduled,
    registration_is_open,
    applicant_is_a_member,
    member_is_active,
    member_is_in_audience,
    seat_or_waiting_list_left,
)
"""The rules of a registration beside those of its audience, in the order of their refusals."""

_ALL_RULES = (
    *REGISTRATION_RULES[:-1], *(_of_audience(rule) for rule in AUDIENCE_RULES), seat_or_waiting_list_left,
)  # fmt: skip


def refusal_of(asking: Asking) -> Refusal | None:
    """Return the first refusal, or None when the member may register."""
    return first_refusal(rule(asking) for rule in _ALL_RULES)


def refusals_of(asking: Asking) -> list[Refusal]:
    """Return all refusals, for showing all reasons."""
    return [refusal for rule in _ALL_RULES if (refusal := rule(asking)) is not None]


def before_cancel_deadline(offer: Offer, now: datetime) -> Refusal | None:
    """Members can cancel until the deadline; afterwards only the organiser can."""
    if now < offer.cancel_until:
        return None
    return Refusal(
        "registration.before_cancel_deadline",
        "The last moment to cancel has passed; ask the organiser.",
        params={"cancel_until": offer.cancel_until.isoformat()},
    )


def activity_is_not_over(offer: Offer, now: datetime) -> Refusal | None:
    """Registrations of activities that are held, cancelled or over do not change."""
    if offer.state == "scheduled" and now < offer.ends_at:
        return None
    return Refusal("registration.activity_is_not_over", "The activity is over; its registrations stay as they are.")


def member_is_in_chairs_unit(unit_id: UUID | None, units: frozenset[UUID]) -> Refusal | None:
    """A chair acts for the members of the own unit."""
    if unit_id in units:
        return None
    return Refusal("registration.member_is_in_chairs_unit", "The member belongs to another unit.", "member_id")


def member_may_still_take_part(asking: Asking) -> Refusal | None:
    """Who left the union or the audience since the offer does not get the seat."""
    cause = cause_not_to_move_up(asking)
    if cause is None:
        return None
    return Refusal("registration.member_may_still_take_part", "The seat is for others now.", params={"cause": cause})


def others_keep_their_places(taken: int, size: int) -> Refusal:
    """Places of teams are not sent to a waiting list: fewer places than they have can't be made."""
    return Refusal(
        "registration.others_keep_their_places", "Teams have more places than that.", "capacity",
        {"taken": taken, "size": size},
    )  # fmt: skip


def waiting_list_still_moves(offer: Offer, now: datetime) -> bool:
    """Free seats go to the waiting list until the activity is over."""
    return activity_is_not_over(offer, now) is None


def places_given_up(standing: str) -> frozenset[Place]:
    """Members who leave the union lose all coming places.

    Retained members (会籍 only) keep seats they have, and are removed from waiting lists (custom).
    """
    if standing in HAS_LEFT:
        return frozenset({"confirmed", "offered", "waitlisted", "pending"})
    return frozenset() if standing in TAKES_PART else frozenset({"offered", "waitlisted", "pending"})


def cause_of_standing(standing: str) -> Cause | None:
    """Return the cause for which a standing ends registrations."""
    if standing in HAS_LEFT:
        return "left_the_union"
    return None if standing in TAKES_PART else "takes_no_part"


def cause_not_to_move_up(asking: Asking) -> Cause | None:
    """Return the cause why the first of the waiting list gets no seat: the member may no longer take part."""
    if asking.applicant is None:
        return "left_the_union"
    cause = cause_of_standing(asking.applicant.standing)
    if cause is not None:
        return cause
    return None if _unmet(asking) is None else "not_in_audience"


def is_undecided(asking: Asking) -> bool:
    """Whether only facts that are not known now stand against a member who may take part."""
    if asking.applicant is None or cause_of_standing(asking.applicant.standing) is not None:
        return False
    refusal = _unmet(asking)
    return refusal is not None and refusal.rule == UNDECIDED


def _unmet(asking: Asking) -> Refusal | None:
    refusal = member_is_in_audience(asking)
    if refusal is not None or asking.applicant is None:
        return refusal
    return first_unmet(asking.offer.rule, asking.applicant)


def _not_in_audience(detail: str, part: str) -> Refusal:
    return Refusal("registration.member_is_in_audience", detail, "member_id", {"part": part})
