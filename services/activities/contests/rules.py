"""Rules of contests: settings, entries, judges, sheets. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.chassis.rules.refusal import Refusal

TAKES_PART = frozenset({"active", "transferring", "retained"})
"""Standings of members who take part in contests, or judge them."""


def weights_sum_to_100(weights: Collection[Decimal]) -> Refusal | None:
    """The weights of the criteria sum to 100, and each counts."""
    total = sum(weights, Decimal())
    if total == 100 and all(weight > 0 for weight in weights):
        return None
    return Refusal(
        "contests.weights_sum_to_100", f"The weights sum to {total}.", "criteria", {"total": f"{total.normalize():f}"}
    )


def names_differ(names: Sequence[str], field: str) -> Refusal | None:
    """Criteria, groups and awards have different names."""
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is None:
        return None
    return Refusal("contests.names_differ", "A name is there twice.", field, {"name": twice})


def age_and_day_go_together(most_age: int | None, age_on: date | None) -> Refusal | None:
    """A limit of age names the day on which it is counted."""
    if (most_age is None) == (age_on is None):
        return None
    return Refusal(
        "contests.age_and_day_go_together", "A limit of age needs its day.", "age_on" if age_on is None else "most_age"
    )


def activity_stands(state: str) -> Refusal | None:
    """The activity of the contest is not cancelled."""
    return Refusal("contests.activity_stands", "The activity is cancelled.") if state == "cancelled" else None


def is_prepared(state: str) -> Refusal | None:
    """How a contest is judged is set before judging opens."""
    if state == "preparing":
        return None
    return Refusal("contests.is_prepared", "Judging has opened.", params={"state": state})


def results_are_open(state: str) -> Refusal | None:
    """Published results are not changed; they are taken back first."""
    if state != "published":
        return None
    return Refusal("contests.results_are_open", "The results are published.")


def group_is_empty(name: str, used: bool) -> Refusal | None:
    """A group with entries or judges is not removed."""
    if not used:
        return None
    return Refusal("contests.group_is_empty", "A removed group has entries or judges.", "groups", {"name": name})


def group_is_known(known: bool) -> Refusal | None:
    """An entry is in a group of the contest."""
    return None if known else Refusal("contests.group_is_known", "The contest has no such group.", "group")


def group_is_open(closed: bool) -> Refusal | None:
    """In a group whose judging has ended nothing is entered or handed in."""
    return Refusal("contests.group_is_open", "Judging of this group has ended.", "group") if closed else None


def group_is_closed(closed: bool) -> Refusal | None:
    """A group is opened again after it was closed."""
    return None if closed else Refusal("contests.group_is_closed", "This group is open.", "group")


def entry_is_named_one_way(member_id: UUID | None, name: str | None, field: str = "member_id") -> Refusal | None:
    """An entry, as a judge, is a member or has a name of its own."""
    if (member_id is None) != (not name):
        return None
    return Refusal("contests.named_one_way", "Name a member, or give a name.", field)


def standing_takes_part(standing: str | None) -> Refusal | None:
    """Who takes part or judges is a member in good standing; None is nobody this service knows."""
    if standing in TAKES_PART:
        return None
    return Refusal("contests.standing_takes_part", "This is no member in good standing.", "member_id")


def entered_once(taken: bool) -> Refusal | None:
    """A member, or a name, is entered once."""
    return Refusal("contests.entered_once", "This entry is there already.", "member_id") if taken else None


def number_is_free(taken: bool) -> Refusal | None:
    """Two entries appear at different places of the order."""
    return Refusal("contests.number_is_free", "Another entry has this number.", "number") if taken else None


def is_young_enough(age: int | None, most_age: int | None, age_on: date | None) -> Refusal | None:
    """A contestant is of the age of the contest on its day.

    Args:
        age: in full years on that day; None where it is not known.
        most_age: the highest age; None for no limit.
        age_on: the day.
    """
    if most_age is None or age_on is None:
        return None
    if age is None:
        return Refusal("contests.age_is_known", "The age is not known, so it can't be checked now.", "member_id")
    if age <= most_age:
        return None
    return Refusal(
        "contests.is_young_enough", f"Older than {most_age} on {age_on}.", "member_id",
        {"most_age": most_age, "age_on": age_on.isoformat()},
    )  # fmt: skip


def entry_takes_part(state: str) -> Refusal | None:
    """An entry that was withdrawn is not judged, adjusted or changed."""
    return None if state == "entered" else Refusal("contests.entry_takes_part", "This entry is withdrawn.", "entry_id")


def group_stands_while_judged(state: str, moves: bool) -> Refusal | None:
    """An entry changes its group before judging opens."""
    if not moves or state == "preparing":
        return None
    return Refusal("contests.group_stands_while_judged", "Judging has opened.", "group")


def one_head(others: bool) -> Refusal | None:
    """A contest has one head judge."""
    return Refusal("contests.one_head", "Another judge is the head.", "head") if others else None


def head_is_a_member(head: bool, member_id: UUID | None) -> Refusal | None:
    """The head judge corrects sheets in person, so has an account."""
    if head and member_id is None:
        return Refusal("contests.head_is_a_member", "The head judge is a member.", "head")
    return None


def judge_is_named_once(taken: bool) -> Refusal | None:
    """Nobody judges twice."""
    return Refusal("contests.judge_is_named_once", "This is a judge already.", "member_id") if taken else None


def judge_has_no_sheets(count: int) -> Refusal | None:
    """A judge whose sheets count is not taken out."""
    if not count:
        return None
    return Refusal("contests.judge_has_no_sheets", f"The judge handed in {count} sheets.", params={"count": count})


def contest_is_complete(entries: int, groups_without_judges: Sequence[str]) -> Refusal | None:
    """Judging opens once there are entries, and judges in every group that has some."""
    if not entries:
        return Refusal("contests.has_entries", "Nobody is entered.")
    if groups_without_judges:
        return Refusal(
            "contests.groups_have_judges", "A group has no judge.", params={"name": groups_without_judges[0]}
        )
    return None


def judging_is_open(state: str) -> Refusal | None:
    """Sheets are written while judging is open."""
    return None if state == "judging" else Refusal("contests.judging_is_open", "Judging is not open.")


def aside_cause(
    judge_member: UUID | None, judge_units: Collection[UUID], entry_member: UUID | None,
    entry_units: Collection[UUID], declared: bool,
) -> str | None:  # fmt: skip
    """Return why a judge does not judge an entry, None where the judge does.

    Args:
        judge_member: the judge, where a member.
        judge_units: of the judge, when named and now.
        entry_member: the contestant, where a member.
        entry_units: of the entry, when entered and now.
        declared: whether the judge, or who organises, said so.
    """
    if judge_member is not None and judge_member == entry_member:
        return "own_entry"
    if set(judge_units) & set(entry_units):
        return "same_unit"
    return "declared" if declared else None


def judges_entry(cause: str | None) -> Refusal | None:
    """A judge steps aside from entries of the own unit, and from those named."""
    if cause is None:
        return None
    return Refusal("contests.judges_entry", "This judge steps aside here.", "entry_id", {"cause": cause})


def judges_group(judges: bool) -> Refusal | None:
    """A judge judges the groups the judge was named for."""
    return None if judges else Refusal("contests.judges_group", "This judge is not of this group.", "entry_id")


def sheet_is_open(state: str | None) -> Refusal | None:
    """A sheet that was handed in stands; the head judge corrects it."""
    return Refusal("contests.sheet_is_open", "This sheet was handed in.") if state == "handed_in" else None


def sheet_is_handed_in(state: str) -> Refusal | None:
    """What is corrected was handed in."""
    return None if state == "handed_in" else Refusal("contests.sheet_is_handed_in", "This sheet is a draft.")


def is_head(head: bool) -> Refusal | None:
    """The head judge corrects sheets."""
    return None if head else Refusal("contests.is_head", "Only the head judge corrects sheets.")


def paper_is_of_a_guest(member_id: UUID | None) -> Refusal | None:
    """Who organises enters sheets of judges from outside only."""
    if member_id is None:
        return None
    return Refusal("contests.paper_is_of_a_guest", "This judge hands in the own sheets.", "judge_id")


def has_enough_sheets(number: int, sheets: int, due: int, least: int) -> Refusal | None:
    """A group is closed once each entry has all its sheets, and as many as its scoring needs.

    Args:
        number: of the entry.
        sheets: that were handed in.
        due: of the judges who do not step aside.
        least: how many the scoring needs.
    """
    needed = max(due, least)
    if sheets >= needed:
        return None
    return Refusal(
        "contests.has_enough_sheets", f"Entry {number} has {sheets} of {needed} sheets.",
        params={"number": number, "sheets": sheets, "least": needed},
    )  # fmt: skip


def wrong_points(
    points: Mapping[int, Decimal | None], numbers: Sequence[int], scale: int, complete: bool
) -> dict[int, str]:  # fmt: skip
    """Return what is wrong with points, by number of the criterion: `missing`, `above` or `unknown`.

    Args:
        points: as they were given.
        numbers: of the criteria.
        scale: the most points of a criterion.
        complete: whether each criterion needs points.
    """
    wrong = {number: "unknown" for number in points if number not in numbers}
    for number in numbers:
        given = points.get(number)
        if given is None:
            if complete:
                wrong[number] = "missing"
        elif not 0 <= given <= scale:
            wrong[number] = "above"
    return wrong


def may_look(state: str, live_board: bool, organises: bool) -> bool:
    """Whether somebody sees scores: organisers always, others once they are published or on the live board."""
    return organises or state == "published" or (live_board and state in ("judging", "provisional"))


def reason_is_given(reason: str | None) -> Refusal | None:
    """What takes something back says why."""
    return None if reason else Refusal("contests.reason_is_given", "State the reason.", "reason")
