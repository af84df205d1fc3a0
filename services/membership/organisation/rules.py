"""Rules of the organisation: how units are nested, when one may be closed, who may hold which post and how long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from services.chassis.rules.refusal import Refusal
from services.contracts.eras import EARLIEST_UNION
from services.membership.date_rules import day_is_plausible

PARENTS = {"union": (), "unit": ("union",), "group": ("unit",), "committee": ("union", "unit")}
"""校工会 → 分工会 → 工会小组; committees (女职工委员会, 经审会) at the union or a unit."""

COMMITTEE_FROM = 25
"""工会法 (2021) Art. 11: from 25 members a unit has a committee, law."""
WOMEN_COMMITTEE_FROM = 10
"""From ten women a women's committee or its member, custom (工会女职工委员会工作条例)."""
LONGEST_TERM_YEARS = 5
"""工会法 (2021) Art. 16: terms of 3 or 5 years, law."""

PLACES_OF_POST = {
    "union_chair": ("union",), "union_officer": ("union",), "unit_chair": ("unit",), "unit_deputy": ("unit",),
    "women_member": ("unit",), "group_leader": ("group",), "committee_chair": ("committee",),
    "committee_deputy": ("committee",), "committee_member": ("committee",), "auditor": ("union", "committee"),
    "handler": ("union", "unit", "committee"),
}  # fmt: skip
"""Where a post can be held; a kind that is not named can be held anywhere."""
SINGLE_POSTS = ("union_chair", "unit_chair", "group_leader", "committee_chair")
POSTS_OF_OWN_UNIT = ("unit_chair", "unit_deputy", "women_member", "group_leader")
UNION_COMMITTEES = ("audit", "mediation", "proposals")
"""Committees whose posts give a role that reaches the whole union, so that only the union has them."""
ENDS_SOON = timedelta(days=90)
"""How long before its end a term is listed, so that the next election can be prepared; our own choice."""


def parent_fits_kind(kind: str, parent_kind: str | None) -> Refusal | None:
    """Units stand below the union, groups below a unit, committees below either; the union below nothing."""
    allowed = PARENTS[kind]
    if (parent_kind is None and not allowed) or parent_kind in allowed:
        return None
    detail = f"A {kind} stands below: {', '.join(allowed)}." if allowed else "The union stands below nothing."
    return Refusal("organisation.parent_fits_kind", detail, "parent_id", {"allowed": list(allowed)})


def parent_is_open(active: bool) -> Refusal | None:
    """Nothing is founded or opened below a closed unit."""
    if active:
        return None
    return Refusal("organisation.parent_is_open", "The unit above is closed.", "parent_id")


def union_is_one(exists: bool) -> Refusal | None:
    """There is one 校工会."""
    if not exists:
        return None
    return Refusal("organisation.union_is_one", "The union exists already.", "kind")


def code_is_free(taken: bool) -> Refusal | None:
    """A code names one unit for ever, closed ones too."""
    if not taken:
        return None
    return Refusal("organisation.code_is_free", "Another unit has this code.", "code")


def unit_is_empty(members: int, parts: int, posts: int, applications: int, transfers: int = 0) -> Refusal | None:
    """A unit is closed when nobody is in it, nothing stands below it and nobody holds or seeks a place in it."""
    counts = {"members": members, "parts": parts, "posts": posts, "applications": applications, "transfers": transfers}
    left = {name: count for name, count in counts.items() if count}
    if not left:
        return None
    words = ", ".join(f"{count} {name}" for name, count in left.items())
    return Refusal("organisation.unit_is_empty", f"The unit still has: {words}.", "active", left)


def post_fits_unit(post_kind: str, unit_kind: str, active: bool) -> Refusal | None:
    """A post is held where it belongs, in an open unit."""
    places = PLACES_OF_POST.get(post_kind)
    if active and (places is None or unit_kind in places):
        return None
    detail = f"This post is held in: {', '.join(places)}." if active and places else "The unit is closed."
    return Refusal("organisation.post_fits_unit", detail, "unit_id")


def holder_is_active(standing: str) -> Refusal | None:
    """Only an active member holds a post: a retained one has no candidacy."""
    if standing == "active":
        return None
    return Refusal("organisation.holder_is_active", "Only an active member can hold a post.", "member_id")


def chair_belongs_to_unit(post_kind: str, same_unit: bool) -> Refusal | None:
    """Who leads a unit or group is one of its members."""
    if post_kind not in POSTS_OF_OWN_UNIT or same_unit:
        return None
    return Refusal("organisation.chair_belongs_to_unit", "Who leads a unit is one of its members.", "member_id")


def post_is_vacant(post_kind: str, held: bool) -> Refusal | None:
    """The union, each unit, group and committee have one chair or leader at a time."""
    if not held or post_kind not in SINGLE_POSTS:
        return None
    return Refusal("organisation.post_is_vacant", "The post is held by somebody in that time.", "starts_on")


def holder_has_it_once(held_by_same: bool) -> Refusal | None:
    """Nobody holds the same post in the same unit twice at a time."""
    if not held_by_same:
        return None
    return Refusal("organisation.holder_has_it_once", "The member holds this post in that time.", "starts_on")


def delegates_are_elected(post_kind: str, congress_serves: bool) -> Refusal | None:
    """While a congress serves, the post of a delegate comes with a seat in it and ends with it."""
    if post_kind != "delegate" or not congress_serves:
        return None
    detail = "The post of a delegate comes with a seat in the congress; enter the election there."
    return Refusal("organisation.delegates_are_elected", detail, "kind")


def auditor_does_not_lead(post_kind: str, held_kinds: Collection[str]) -> Refusal | None:
    """The chair of the union and the auditor are never the same person (工会经审 practice)."""
    pair = {"auditor", "union_chair"}
    if post_kind in pair and (pair - {post_kind}) & set(held_kinds):
        return Refusal("organisation.auditor_does_not_lead", "The chair of the union can't be an auditor.", "kind")
    return None


def end_of_term(starts_on: date, years: int) -> date:
    """Return the last day of a term of so many years."""
    try:
        return starts_on.replace(year=starts_on.year + years) - timedelta(days=1)
    except ValueError:
        return date(starts_on.year + years, 2, 28)


def term_is_lawful(starts_on: date, ends_on: date) -> Refusal | None:
    """A term ends after it begins and lasts five years at most (工会法 Art. 16)."""
    latest = end_of_term(starts_on, LONGEST_TERM_YEARS)
    if starts_on <= ends_on <= latest:
        return None
    return Refusal(
        "organisation.term_is_lawful",
        f"The term ends on a day from {starts_on} to {latest}.",
        "ends_on",
        {"from": starts_on.isoformat(), "to": latest.isoformat()},
    )


def term_begins_nearby(starts_on: date, today: date) -> Refusal | None:
    """A term begins within a year from today, or did since there are unions."""
    return day_is_plausible("starts_on", starts_on, EARLIEST_UNION, today + timedelta(days=366))


def end_lies_in_term(ended_on: date, starts_on: date, last_day: date, today: date) -> Refusal | None:
    """A post ends early on a day of its term that is not ahead; what has ended stays ended."""
    if last_day < today:
        return Refusal("organisation.end_lies_in_term", "The post has ended already.", "ended_on")
    if starts_on <= ended_on <= min(last_day, max(today, starts_on)):
        return None
    return Refusal("organisation.end_lies_in_term", "The last day lies outside the term, or ahead.", "ended_on")


def needs_committee(members: int) -> bool:
    """Whether the law asks for a committee (工会法 Art. 11)."""
    return members >= COMMITTEE_FROM


def needs_women_committee(women: int) -> bool:
    """Whether there should be a women's committee."""
    return women >= WOMEN_COMMITTEE_FROM


def unit_takes_members(kind: str | None, active: bool) -> Refusal | None:
    """Members belong to a 分工会 that is open; not to the union itself, a group or a committee."""
    if kind == "unit" and active:
        return None
    return Refusal("organisation.unit_takes_members", "One can only join an existing, open unit.", "unit_id")


def group_is_of_unit(group_parent: UUID | None, kind: str | None, active: bool, unit_id: UUID) -> Refusal | None:
    """A group is an open 工会小组 of the member's own unit."""
    if kind == "group" and active and group_parent == unit_id:
        return None
    return Refusal("organisation.group_is_of_unit", "The group is not an open group of the unit.", "group_id")


def committee_fits_kind(kind: str, committee: str | None) -> Refusal | None:
    """Only a committee is of a sort."""
    if kind == "committee" or committee is None:
        return None
    return Refusal("organisation.committee_fits_kind", "Only a committee is of a sort.", "committee")


def committee_stands_at_union(committee: str | None, parent_kind: str | None) -> Refusal | None:
    """A committee whose members audit, mediate or handle proposals for everybody stands at the union itself."""
    if committee not in UNION_COMMITTEES or parent_kind == "union":
        return None
    return Refusal("organisation.committee_stands_at_union", "This committee stands at the union.", "parent_id")


def unit_is_open(active: bool, field: str = "unit_id") -> Refusal | None:
    """What is closed is changed no more."""
    if active:
        return None
    return Refusal("organisation.unit_is_open", "The unit is closed already.", field)


def merges_into_its_like(
    same: bool, kinds: tuple[str, str], parents: tuple[UUID | None, UUID | None]
) -> Refusal | None:
    """A unit merges into another unit, a group into another of the same unit, a committee into another committee."""
    kind, into = kinds
    if not same and kind == into and kind != "union" and (kind != "group" or parents[0] == parents[1]):
        return None
    detail = "A unit merges into another of its kind, a group into another of its unit."
    return Refusal("organisation.merges_into_its_like", detail, "into_unit_id")


def moves_elsewhere(kind: str, old: UUID | None, new: UUID) -> Refusal | None:
    """A group or a committee moves, and to another place; units stand below the union for good."""
    if kind in ("group", "committee") and old != new:
        return None
    return Refusal("organisation.moves_elsewhere", "Only a group or committee moves, to another parent.", "parent_id")


def unit_can_be_split(kind: str) -> Refusal | None:
    """Only a 分工会 is split; a group's members are put into other groups one by one."""
    if kind == "unit":
        return None
    return Refusal("organisation.unit_can_be_split", "Only a unit is split.", "unit_id")


def no_transfer_is_open(transfers: int) -> Refusal | None:
    """A member in transfer is moved by that transfer, so it has to end before the unit is changed in another way."""
    if not transfers:
        return None
    detail = f"Transfers of members are under way: {transfers}; decide them first."
    return Refusal("organisation.no_transfer_is_open", detail, "unit_id", {"transfers": transfers})


def part_takes_its_own(strangers: int) -> Refusal | None:
    """Only groups and members of the unit go to its parts."""
    if not strangers:
        return None
    detail = f"Not of this unit, or no longer members: {strangers}."
    return Refusal("organisation.part_takes_its_own", detail, "into", {"strangers": strangers})


def nobody_goes_twice(twice: int) -> Refusal | None:
    """Each member and group goes to one part."""
    if not twice:
        return None
    return Refusal("organisation.nobody_goes_twice", f"Chosen for two parts: {twice}.", "into", {"twice": twice})


def each_part_has_members(empty: int) -> Refusal | None:
    """A unit is founded for somebody."""
    if not empty:
        return None
    return Refusal("organisation.each_part_has_members", f"Parts without members: {empty}.", "into")


def nobody_is_left(staying: int, close: bool) -> Refusal | None:
    """A unit that is closed leaves nobody behind."""
    if not close or not staying:
        return None
    detail = f"Members who go to no part: {staying}."
    return Refusal("organisation.nobody_is_left", detail, "close", {"staying": staying})


def change_day_is_possible(on: date, since: date | None, today: date) -> Refusal | None:
    """A change is dated from what came before it, or from when there were unions, to today."""
    earliest = since or EARLIEST_UNION
    if earliest <= on <= today:
        return None
    params = {"from": earliest.isoformat(), "to": today.isoformat()}
    return Refusal(
        "organisation.change_day_is_possible", "The day lies ahead, or before the last change.", "on", params
    )
