"""Rules of a member's family."""

from __future__ import annotations

from datetime import date

from services.chassis.rules.refusal import Refusal
from services.membership.date_rules import age_on

CHILD_AGE = 14
"""Everything about a minor below this age is sensitive (个人信息保护法 Art. 28, law)."""


def is_child(birth_date: date | None, today: date) -> bool:
    """Whether somebody is below 14 on a day; who has no day of birth is taken as grown up."""
    return birth_date is not None and age_on(birth_date, today) < CHILD_AGE


def birth_date_is_past(birth_date: date | None, today: date) -> Refusal | None:
    """Nobody is born ahead, or longer ago than people live."""
    if birth_date is None or (birth_date <= today and age_on(birth_date, today) <= 120):
        return None
    return Refusal("family.birth_date_is_past", "The date of birth is not possible.", "birth_date")


def birth_date_of_child_is_stated(relation: str, birth_date: date | None) -> Refusal | None:
    """Without the day of birth nobody knows whether a child is below 14."""
    if relation != "child" or birth_date is not None:
        return None
    return Refusal("family.birth_date_of_child_is_stated", "State the child's date of birth.", "birth_date")


def small_child_is_own(relation: str, child: bool) -> Refusal | None:
    """Only a guardian consents for a child below 14 (个人信息保护法 Art. 31): members, for their own children."""
    if not child or relation == "child":
        return None
    return Refusal("family.small_child_is_own", "Of children below 14 only the own are recorded.", "relation")


def guardian_consents(child: bool, consent: str | None) -> Refusal | None:
    """A child below 14 is recorded with the guardian's separate consent only (个人信息保护法 Art. 28, 29, 31)."""
    if not child or consent:
        return None
    return Refusal(
        "family.guardian_consents",
        "A child below 14 needs the guardian's consent.",
        "guardian_consent",
        {"below": CHILD_AGE},
    )


def family_has_room(count: int, most: int) -> Refusal | None:
    """So many family members are enough for anybody; more is a mistake."""
    if count < most:
        return None
    return Refusal("family.family_has_room", f"At most {most} family members.", None, {"most": most})
