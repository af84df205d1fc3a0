"""Rules of an audience by what only membership knows (sex, age, posts, honours) and by the day of joining.

Each refusal says which part of the audience and, to the member, by which fact. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.chassis.rules.refusal import Refusal, first_refusal


@dataclass(frozen=True)
class AudienceRule:
    """The parts of an audience beside units and employments; None or nothing where a part restricts nothing."""

    sex: str | None = None
    age_from: int | None = None
    age_to: int | None = None
    posts: frozenset[str] = frozenset()
    honours: frozenset[str] = frozenset()
    joined_since: date | None = None

    @property
    def needs_facts(self) -> bool:
        """Whether membership must be asked."""
        return bool(self.sex or self.has_age or self.posts or self.honours)

    @property
    def has_age(self) -> bool:
        """Whether it has an age."""
        return self.age_from is not None or self.age_to is not None


class Candidate(Protocol):
    """A member as these rules see one; `facts` is None where membership has told nothing recently."""

    @property
    def joined_on(self) -> date | None: ...
    @property
    def facts(self) -> Facts | None: ...


FEWEST = 5
"""Smaller groups are not counted: who knows the unit could tell from the number who is meant."""
AGE_UNKNOWN = "registration.age_is_known"
"""The rule that refuses who has no full day of birth on the record."""
NO_RULE = AudienceRule()
"""Restricts nothing."""


@dataclass(frozen=True)
class Facts:
    """What membership told of a member for an activity; `age` is None where the day of birth is unknown."""

    sex: str | None = None
    age: int | None = None
    posts: frozenset[str] = frozenset()
    honours: frozenset[str] = frozenset()


def facts_are_known(rule: AudienceRule, applicant: Candidate) -> Refusal | None:
    """Nobody is refused or let in by facts that could not be asked."""
    if applicant.facts is not None or not rule.needs_facts:
        return None
    return Refusal(
        "registration.facts_are_known",
        "Whether the member is in the audience can't be told now; try again later.",
        "member_id",
    )


def sex_is_in_audience(rule: AudienceRule, applicant: Candidate) -> Refusal | None:
    """The activity may be for women or men only."""
    facts = applicant.facts
    if rule.sex is None or facts is None or facts.sex == rule.sex:
        return None
    people = "women" if rule.sex == "female" else "men"
    return Refusal(
        f"registration.activity_is_for_{people}", f"The activity is for {people}.", "member_id", {"part": "sex"}
    )


def age_is_in_audience(rule: AudienceRule, applicant: Candidate) -> Refusal | None:
    """The activity may be for certain ages, counted on its first day, both ends included."""
    facts = applicant.facts
    if facts is None or not rule.has_age:
        return None
    if facts.age is None:
        detail = "The record does not say the day of birth, so that the age is not known."
        return Refusal(AGE_UNKNOWN, detail, "member_id", {"part": "age"})
    told = {"part": "age", "age": facts.age, "age_from": rule.age_from, "age_to": rule.age_to}
    if rule.age_from is not None and facts.age < rule.age_from:
        detail = f"For members of {rule.age_from} years and older; on the day of the activity: {facts.age}."
        return Refusal("registration.member_is_old_enough", detail, "member_id", told)
    if rule.age_to is not None and facts.age > rule.age_to:
        detail = f"For members of up to {rule.age_to} years; on the day of the activity: {facts.age}."
        return Refusal("registration.member_is_young_enough", detail, "member_id", told)
    return None


def post_is_in_audience(rule: AudienceRule, applicant: Candidate) -> Refusal | None:
    """The activity may be for holders of certain posts."""
    facts = applicant.facts
    if facts is None or not rule.posts or rule.posts & facts.posts:
        return None
    detail = "The activity is for holders of certain posts."
    return Refusal("registration.post_is_in_audience", detail, "member_id", {"part": "posts"})


def honour_is_in_audience(rule: AudienceRule, applicant: Candidate) -> Refusal | None:
    """The activity may be for those who were honoured."""
    facts = applicant.facts
    if facts is None or not rule.honours or rule.honours & facts.honours:
        return None
    detail = "The activity is for those with certain honours on their record."
    return Refusal("registration.honour_is_in_audience", detail, "member_id", {"part": "honours"})


def joined_in_time(rule: AudienceRule, applicant: Candidate) -> Refusal | None:
    """The activity may be for those who joined on a day or later."""
    since, joined_on = rule.joined_since, applicant.joined_on
    if since is None or (joined_on is not None and joined_on >= since):
        return None
    detail = f"The activity is for members who joined on {since} or later."
    return Refusal(
        "registration.joined_in_time", detail, "member_id", {"part": "joined_since", "joined_since": since.isoformat()}
    )


AUDIENCE_RULES: tuple[Callable[[AudienceRule, Candidate], Refusal | None], ...] = (
    joined_in_time,
    facts_are_known,
    sex_is_in_audience,
    age_is_in_audience,
    post_is_in_audience,
    honour_is_in_audience,
)
"""In the order of their refusals."""

UNDECIDED = "registration.facts_are_known"
"""The rule whose refusal decides nothing: asked again, the answer may be another."""


def first_unmet(rule: AudienceRule, applicant: Candidate) -> Refusal | None:
    """Return the first refusal of an audience, None for who is in it."""
    return first_refusal(check(rule, applicant) for check in AUDIENCE_RULES)


def as_counted(number: int) -> int | None:
    """Return a number of members as organisers are told it; None for a group that is too small."""
    return None if 0 < number < FEWEST else number


def for_others(refusal: Refusal) -> Refusal:
    """Return a refusal as somebody else is told it: which part of the audience, without the member's fact."""
    part = refusal.params.get("part")
    if part not in ("sex", "age", "posts", "honours", "joined_since"):
        return refusal
    detail = f"The member is not in the audience ({part})."
    return Refusal("registration.member_fits_audience", detail, "member_id", {"part": part})
