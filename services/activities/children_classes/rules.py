"""Rules of children's classes: terms, ages, consent, places, days. Pure."""

from __future__ import annotations

from datetime import date, datetime

from services.chassis.rules.refusal import Refusal

TAKES_PART = frozenset({"active", "transferring", "retained"})
"""Standings of members whose children are registered."""
KEEPS = TAKES_PART | {"deceased"}
"""Standings that leave a child in its class: a child does not lose its class when the parent dies."""


def full_years(born_on: date, on: date) -> int:
    """Return the age in full years on a day; who is born on 29 February is a year older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def term_is_sound(starts_on: date, ends_on: date, opens_at: datetime, closes_at: datetime) -> Refusal | None:
    """A term ends after it starts, within two years, and registration opens before it closes."""
    if starts_on <= ends_on and (ends_on - starts_on).days <= 731 and opens_at < closes_at:
        return None
    return Refusal("children.term_is_sound", "The term or the time of registration ends before it begins.", "ends_on")


def ages_are_in_order(age_from: int, age_to: int) -> Refusal | None:
    """The lowest age is not above the highest one."""
    return None if age_from <= age_to else Refusal("children.ages_are_in_order", "Ages are not in order.", "age_to")


def places_hold_who_is_in(confirmed: int, places: int) -> Refusal | None:
    """A class keeps places for all who have one."""
    if confirmed <= places:
        return None
    return Refusal(
        "children.places_hold_who_is_in", f"{confirmed} children are in it.", "places", {"count": confirmed}
    )  # fmt: skip


def registration_is_open(opens_at: datetime, closes_at: datetime, now: datetime) -> Refusal | None:
    """Children are registered from when registration opens until it closes."""
    if opens_at <= now < closes_at:
        return None
    return Refusal("children.registration_is_open", "Children are not registered now.")


def standing_may_register(standing: str | None) -> Refusal | None:
    """Members in good standing register children."""
    if standing in TAKES_PART:
        return None
    return Refusal("children.standing_may_register", "Only members in good standing register children.")


def age_fits(age: int, age_from: int, age_to: int) -> Refusal | None:
    """The child has the age of the class on the first day of the term."""
    if age_from <= age <= age_to:
        return None
    return Refusal(
        "children.age_fits", f"The child is {age}.", "born_on", {"age": age, "from": age_from, "to": age_to}
    )  # fmt: skip


def consent_is_given(consents: bool) -> Refusal | None:
    """A guardian consents, separately, to what is kept of the child."""
    return None if consents else Refusal("children.consent_is_given", "The guardian has to consent.", "consents")


def consent_is_current(version: int, current: int) -> Refusal | None:
    """The guardian consents to the wording that is in force."""
    if version == current:
        return None
    return Refusal("children.consent_is_current", "The wording was changed; read it again.", "consents")


def child_is_not_in_it(registered: bool) -> Refusal | None:
    """A child is registered for a class once, by either of its parents."""
    return Refusal("children.child_is_not_in_it", "The child is registered.", "child_name") if registered else None


def classes_are_few(count: int, most: int) -> Refusal | None:
    """A child is in so many classes of a term at most, those it waits for included."""
    if count < most:
        return None
    return Refusal("children.classes_are_few", f"The child is in {count} classes.", params={"most": most})


def term_is_not_over(ends_on: date, today: date) -> Refusal | None:
    """What is changed belongs to a term that is not over."""
    return None if today <= ends_on else Refusal("children.term_is_not_over", "The term is over.")


def reason_is_given(reason: str | None) -> Refusal | None:
    """Who takes another's child out says why."""
    return None if reason else Refusal("children.reason_is_given", "State the reason.", "reason")


def day_is_of_the_term(day: date, starts_on: date, ends_on: date) -> Refusal | None:
    """The list of a day is for a day of the term."""
    if starts_on <= day <= ends_on:
        return None
    return Refusal("children.day_is_of_the_term", "This day is not in the term.", "day")


def day_has_come(day: date, today: date) -> Refusal | None:
    """Who came is recorded on the day or later."""
    return None if day <= today else Refusal("children.day_has_come", "This day has not come.", "day")


def child_is_in_the_class(found: bool) -> Refusal | None:
    """Attendance is recorded of children who have a place in the class."""
    return None if found else Refusal("children.child_is_in_the_class", "This child is not in the class.", "entries")


def phase_of(opens_at: datetime, closes_at: datetime, ends_on: date, now: datetime, today: date) -> str:
    """Return whether children are registered now: coming, open, closed or over."""
    if today > ends_on:
        return "over"
    if now < opens_at:
        return "coming"
    return "open" if now < closes_at else "closed"
