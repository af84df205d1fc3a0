"""Rules of standing care. Pure: days and figures are arguments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from services.chassis.rules.refusal import Refusal

CHILD, MEMBER = "child", "member"
GIVEN, DUE, WITHDRAWN = "given", "due", "withdrawn"
CAN_BE_CLAIMED_AGAIN = ("refused", "reversed")


def children_day(year: int) -> date:
    """Return the day of a year's children's day (六一)."""
    return date(year, 6, 1)


def source_of_child(year: int, shares: Collection[str], member: str, child: str) -> str:
    """Return what a gift of children's day is given for: the child, the member, or each member's child.

    A child whom both parents state has the same key with both, so that one gift a child is one in all.
    """
    of_child = [child] if CHILD in shares or not shares else []
    return "/".join(["children_day", str(year), *([member] if MEMBER in shares else []), *of_child])


def child_has_age(age: int, below: int) -> bool:
    """Whether a child is young enough on the day; one that is born later has no age yet."""
    return 0 <= age < below


def year_can_be_drawn_up(year: int, today: date) -> Refusal | None:
    """Children's day is drawn up in its own year: the accounts of earlier ones are closed (custom)."""
    if year == today.year:
        return None
    return Refusal("care.year_can_be_drawn_up", f"Only {today.year} can be drawn up.", "year", {"year": today.year})


def kind_is_offered(kind: str, kinds: Collection[str]) -> Refusal | None:
    """A kind of gift is given where the rule in force names it."""
    if kind in kinds:
        return None
    return Refusal("care.kind_is_offered", f"The rule in force names no {kind}.", "kind", {"kind": kind})


def somebody_is_due(count: int) -> Refusal | None:
    """There are gifts to give out."""
    return None if count else Refusal("care.somebody_is_due", "No gift of this kind is due in the month.", "kind")


def gift_can_be_withdrawn(state: str) -> Refusal | None:
    """A gift is taken off the list only before it was given."""
    if state == DUE:
        return None
    return Refusal("care.gift_can_be_withdrawn", "The gift was given or withdrawn already.", "gift_id")


def is_another_event(day: date, earlier: Collection[date], apart_days: int) -> bool:
    """Whether an event of a kind is another one than those a gift is due or was given for."""
    return all(abs((day - one).days) >= max(apart_days, 1) for one in earlier)


def gift_is_not_given_twice(kind: str, kinds: Collection[str]) -> Refusal | None:
    """What the union gives as standing care is not given at the visit too."""
    if kind not in kinds:
        return None
    return Refusal(
        "care.gift_is_not_given_twice",
        "This gift is given as standing care; the visit takes no amount.",
        "amount",
    )
