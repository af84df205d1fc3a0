"""Rules of visits. Pure: the present is handed in. What differs by occasion is data of the visit type (`Occasion`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from uuid import UUID

from services.chassis.rules.refusal import Refusal

TAKES_PART = frozenset({"active", "transferring"})
"""Standings of members who may be sent on a visit."""

SEVERAL = ("parent", "child")
"""Relations of which there can be several at one time."""

MOST_RELATIVES = {"parent": 2}

DECEASED = "deceased"

SIGNED_FOR = frozenset({"signature", "receipt"})
"""Evidence that something was handed over: one of them is needed whenever something was given."""


@dataclass(frozen=True)
class Occasion:
    """What a visit type says about an occasion, as far as the rules look at it."""

    due_within: timedelta
    escalate_after: timedelta
    evidence_needed: tuple[str, ...] = ()
    evidence_to_close: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    standings: tuple[str, ...] = ("active", "transferring")
    ahead_days: int = 0
    apart_days: int = 0
    back_days: int = 365
    remind_before: timedelta = timedelta(0)
    union_posts: tuple[str, ...] = ()


def member_is_covered(occasion: Occasion, standing: str) -> Refusal | None:
    """The occasion covers the member's standing; who has left is not visited, who retired only where data says so."""
    if standing in occasion.standings:
        return None
    return Refusal(
        "visits.member_is_covered",
        f"This occasion does not cover a member whose standing is {standing}.",
        "member_id",
        {"standing": standing, "standings": list(occasion.standings)},
    )


def is_condolence(occasion: Occasion) -> bool:
    """Whether an occasion is about the member's own death: its type covers the standing `deceased`."""
    return DECEASED in occasion.standings


def standing_on(standing: str, day: date, died_on: date | None) -> str:
    """Return the standing on a day: who died later was a member then."""
    return "active" if standing == DECEASED and died_on is not None and day <= died_on else standing


def member_was_alive(occasion: Occasion, day: date, died_on: date | None, field: str) -> Refusal | None:
    """After a member's death only the condolence is possible: no other life event and no visit to the member."""
    if died_on is None or day <= died_on or is_condolence(occasion):
        return None
    return Refusal(
        "visits.member_was_alive",
        f"{day} lies after the member's death on {died_on}; only the condolence follows it.",
        field,
        {"died_on": died_on.isoformat()},
    )


def condolence_is_reported_by_others(occasion: Occasion, reported_by_member: bool) -> Refusal | None:
    """Nobody reports the own death: an account used for it is somebody else's hand."""
    if not (reported_by_member and is_condolence(occasion)):
        return None
    return Refusal("visits.condolence_is_reported_by_others", "Somebody else must report a death.", "occasion")


def relation_is_immediate(occasion: Occasion, relation: str | None) -> Refusal | None:
    """A bereavement names which immediate relative died (直系亲属: spouse, parent, child); nothing else names one."""
    if occasion.relations and relation not in occasion.relations:
        return Refusal(
            "visits.relation_is_immediate",
            f"Say which immediate relative it is about: {', '.join(occasion.relations)}.",
            "relation",
            {"relations": list(occasion.relations)},
        )
    if not occasion.relations and relation is not None:
        return Refusal("visits.relation_is_immediate", "This occasion is not about a relative.", "relation")
    return None


def day_is_within_reach(occasion: Occasion, happened_on: date, today: date) -> Refusal | None:
    """What is reported happened not long ago, or lies no further ahead than the occasion allows (a wedding may)."""
    earliest, latest = today - timedelta(days=occasion.back_days), today + timedelta(days=occasion.ahead_days)
    if earliest <= happened_on <= latest:
        return None
    return Refusal(
        "visits.day_is_within_reach",
        f"{happened_on} is out of reach; what can be reported happened from {earliest} to {latest}.",
        "happened_on",
        {"earliest": earliest.isoformat(), "latest": latest.isoformat()},
    )


def was_not_reported_before(occasion: Occasion, happened_on: date, earlier: Iterable[date]) -> Refusal | None:
    """One occasion is reported once: a second report of the same kind within `apart_days` is the same event."""
    apart = max(occasion.apart_days, 1)
    if all(abs((happened_on - day).days) >= apart for day in earlier):
        return None
    return Refusal(
        "visits.was_not_reported_before",
        "This was reported already; the visit it calls for is on its way.",
        "happened_on",
        {"apart_days": apart},
    )


def relatives_are_few(relation: str | None, earlier: int) -> Refusal | None:
    """Nobody loses more relatives than there are: two parents; children are not counted, a spouse may be another."""
    most = MOST_RELATIVES.get(relation or "")
    if most is None or earlier < most:
        return None
    return Refusal("visits.relatives_are_few", f"This was reported of {most} already.", "relation", {"most": most})


def another_is_a_relative(another: bool, relation: str | None) -> Refusal | None:
    """That it is another one is said of relatives of whom there can be several: a parent or a child."""
    if not another or relation in SEVERAL:
        return None
    return Refusal("visits.another_is_a_relative", "There is no other one of this relation.", "another_relative")


def due_at(occasion: Occasion, reported_at: datetime, happened_on: date, zone: tzinfo) -> datetime:
    """Return when the visit is due, in UTC: counted from the report, or from the day where it was announced ahead."""
    begins = datetime(happened_on.year, happened_on.month, happened_on.day, tzinfo=zone).astimezone(UTC)
    return max(reported_at, begins) + occasion.due_within


def remind_at(occasion: Occasion, now: datetime, due: datetime) -> datetime | None:
    """Return when a reminder goes out, in UTC; None where none does, or the time for it is past already."""
    at = due - occasion.remind_before
    return at if now < at < due else None


def level_for(level: str, occasion: Occasion, posts: Collection[str]) -> str:
    """Return who visits: the union, also of a unit's occasion, where the member holds a post that the type names.

    The unit's chair is thus visited by the union, not by the unit the chair leads (custom of universities, as data).
    """
    return level if set(posts).isdisjoint(occasion.union_posts) else "union"


def assignee_may_go(
    *, level: str, unit_id: UUID, visited: UUID, assignee: UUID, assignee_unit: UUID, standing: str
) -> Refusal | None:
    """The assignee is an active member other than the one visited; for a unit's visit, a member of the unit."""
    if assignee == visited:
        return Refusal("visits.assignee_may_go", "Nobody visits himself; choose somebody else.", "assignee_id")
    if standing not in TAKES_PART:
        return Refusal("visits.assignee_may_go", "Only an active member can be sent.", "assignee_id")
    if level == "unit" and assignee_unit != unit_id:
        return Refusal("visits.assignee_may_go", "This visit is made by somebody of the member's unit.", "assignee_id")
    return None


def visitor_is_not_the_visited(visitor: UUID | None, visited: UUID) -> Refusal | None:
    """The visited member does not report the visit as made, which would confirm a payment to oneself."""
    if visitor != visited:
        return None
    return Refusal("visits.visitor_is_not_the_visited", "Somebody else must record the visit made to you.")


def visited_does_not_direct(director: UUID | None, visited: UUID) -> Refusal | None:
    """The visited member, a chair or an officer, decides neither who visits nor that nobody does."""
    if director != visited:
        return None
    return Refusal("visits.visited_does_not_direct", "Somebody else must decide about the visit to you.")


def visit_day_fits(occasion: Occasion, visited_on: date, happened_on: date, today: date) -> Refusal | None:
    """A visit was made on a day that has come, and not before what it is about."""
    earliest = happened_on - timedelta(days=occasion.ahead_days)
    if visited_on > today:
        return Refusal("visits.visit_day_fits", f"{visited_on} has not come yet.", "visited_on")
    if visited_on < earliest:
        return Refusal(
            "visits.visit_day_fits",
            f"The visit cannot have been made before {earliest}.",
            "visited_on",
            {"earliest": earliest.isoformat()},
        )
    return None


def evidence_missing(needed: Iterable[str], given: Collection[str]) -> list[str]:
    """Return the kinds of evidence still wanting, in the order they are asked for."""
    return [kind for kind in needed if kind not in given]


def evidence_is_given(occasion: Occasion, given: Collection[str], amount: Decimal) -> Refusal | None:
    """The visit's evidence is there; where something was given, so is the receiver's signature or a receipt.

    Source: every payment traces to evidence (基层工会经费收支管理办法; custom: signature or receipt).
    """
    missing = evidence_missing(occasion.evidence_needed, given)
    if missing:
        return Refusal(
            "visits.evidence_is_given",
            f"Evidence is missing: {', '.join(missing)}.",
            "evidence",
            {"missing": missing, "needed": list(occasion.evidence_needed)},
        )
    if amount > 0 and SIGNED_FOR.isdisjoint(given):
        return Refusal(
            "visits.gift_is_signed_for",
            "What was given must be signed for: add a signature or a receipt.",
            "evidence",
            {"missing": sorted(SIGNED_FOR)},
        )
    return None


def evidence_is_complete(occasion: Occasion, given: Collection[str]) -> bool:
    """Whether the visit can be closed: the evidence of the visit and what may follow late are both there."""
    return not evidence_missing((*occasion.evidence_needed, *occasion.evidence_to_close), given)


def is_overdue(state: str, due: datetime, now: datetime) -> bool:
    """An open visit whose due time has passed."""
    return state in ("required", "assigned") and due <= now


def was_in_time(visited_on: date, due_day: date) -> bool:
    """The day of the visit counts, not the day its evidence came in."""
    return visited_on <= due_day


def claim_can_be_put_again(claim_state: str) -> Refusal | None:
    """Only a claim that the funds refused or undid is put to them again: nothing is paid twice."""
    if claim_state in ("refused", "reversed"):
        return None
    return Refusal(
        "visits.claim_can_be_put_again",
        "The claim was not refused; there is nothing to put right.",
        params={"claim_state": claim_state},
    )


def people_are_asked(kind: str, people_shown: str | None) -> Refusal | None:
    """A photo says that nobody can be recognised in it, or that those who can have agreed.

    Source: 个人信息保护法 Art. 28, 29: a picture of somebody ill or in need is sensitive, with a consent of its own.
    """
    if kind != "photo" or people_shown is not None:
        return None
    return Refusal(
        "visits.people_are_asked",
        "Say that nobody can be recognised in the photo, or that those who can have agreed.",
        "people_shown",
    )


def evidence_can_be_removed(state: str, remaining: Refusal | None) -> Refusal | None:
    """A file can be removed until the claim is in the ledger, and only where the evidence suffices without it.

    Args:
        state: of the visit.
        remaining: what is missing without it, once the visit was made.
    """
    if state in ("required", "assigned"):
        return None
    if state != "visited":
        return Refusal("visits.evidence_can_be_removed", "The visit is settled; its evidence stays with it.")
    return remaining
