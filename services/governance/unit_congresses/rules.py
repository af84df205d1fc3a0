"""Rules of units' congresses. Pure: days, counts and figures are arguments.

Sources: 学校教职工代表大会规定 (教育部令第32号) Art. 7, 15, 19; the days are the union's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from services.chassis.rules.refusal import Refusal

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")


def day_of_year(year: int, written: str) -> date | None:
    """Return the day of a year that a rule writes as month and day, such as 03-31; None for what is no day."""
    found = _MONTH_DAY.fullmatch(written)
    try:
        return date(year, int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def due_is_a_day(day: date | None, written: str) -> Refusal | None:
    """The rule writes the last day as month and day."""
    if day is not None:
        return None
    detail = "The rule's last day must be written as month and day, such as 03-31."
    return Refusal("unit_congresses.due_is_a_day", detail, params={"written": written})


def last_day(day: date, today: date, least_days: int, *, past: bool) -> date:
    """Return the last day of a part: the rule's, or some days from now where that is later.

    Args:
        day: the rule's.
        today: when the part becomes due.
        least_days: which the unit has at least.
        past: whether it is for a year that is over, where the rule's day stands.
    """
    return day if past else max(day, today + timedelta(days=least_days))


def came_late(today: date, asked_on: date, due_on: date) -> bool:
    """Whether a part came after its last day; not where the day had passed when the unit was asked."""
    return asked_on <= due_on < today


def year_can_open(year: int, today: date) -> Refusal | None:
    """Filings are for this year, or for one that is over."""
    if year <= today.year:
        return None
    return Refusal("unit_congresses.year_can_open", "This year has not begun.", field="year")


def form_fits_size(form: str, members: int, line: int) -> Refusal | None:
    """From a number of people on a unit holds a congress, below it a meeting of all (Art. 15)."""
    wanted = "congress" if members >= line else "all_staff"
    if form == wanted:
        return None
    params = {"members": members, "line": line, "form": wanted}
    detail = f"A unit of {members} people holds {'a congress' if wanted == 'congress' else 'a meeting of all'}."
    return Refusal("unit_congresses.form_fits_size", detail, "form", params)


def delegates_fit(form: str, delegates: int | None, members: int) -> Refusal | None:
    """A congress has delegates, at most as many as the unit has people; a meeting of all has none."""
    if form == "all_staff" and delegates is None:
        return None
    if form == "congress" and delegates is not None and 0 < delegates <= members:
        return None
    params = {"members": members}
    if form == "all_staff":
        return Refusal("unit_congresses.all_staff_has_no_delegates", "A meeting of all has no delegates.", "delegates")
    return Refusal("unit_congresses.delegates_fit", f"State between 1 and {members} delegates.", "delegates", params)


def planned_in_year(planned_on: date, year: int) -> Refusal | None:
    """A unit's congress is planned and held in the year it is filed for."""
    if planned_on.year == year:
        return None
    return Refusal("unit_congresses.is_in_its_year", f"The day must be in {year}.", params={"year": year})


def day_is_past(held_on: date, today: date) -> Refusal | None:
    """A record is of what was held."""
    if held_on <= today:
        return None
    return Refusal("unit_congresses.was_held", "This day is still to come.", field="held_on")


def quorum_of(entitled: int, share: Fraction) -> int:
    """Return how many must be there: the share of those entitled, rounded up (Art. 19)."""
    return ceil(entitled * share)


def people_fit(entitled: int, present: int) -> Refusal | None:
    """Of those entitled, at most all are there."""
    if entitled > 0 and present <= entitled:
        return None
    return Refusal("unit_congresses.people_fit", "At most all who are entitled are there.", "present")


def entitled_fit_plan(entitled: int, form: str, delegates: int | None, members: int) -> Refusal | None:
    """Those entitled are the delegates of the plan, or at a meeting of all not more than the unit has people."""
    most = delegates if form == "congress" else members
    if most is None or entitled <= most:
        return None
    return Refusal("unit_congresses.entitled_fit_plan", f"At most {most} are entitled.", "entitled", {"most": most})


def quorum_is_there(present: int, quorum: int) -> Refusal | None:
    """A congress is valid with enough of those entitled present (Art. 19)."""
    if present >= quorum:
        return None
    params = {"quorum": quorum, "present": present, "missing": quorum - present}
    return Refusal("unit_congresses.quorum_is_there", f"At least {quorum} must be there.", "present", params)


def votes_fit(cast: int, present: int) -> Refusal | None:
    """Not more vote than are there, and at least one."""
    if 0 < cast <= present:
        return None
    params = {"cast": cast, "present": present}
    return Refusal("unit_congresses.votes_fit", f"{cast} votes, {present} people.", "votes_for", params)


def record_is_begun(held_on: date | None) -> Refusal | None:
    """The numbers of a congress come before its resolutions and its submission."""
    if held_on is not None:
        return None
    return Refusal("unit_congresses.record_is_begun", "Fill in the record first.")


def item_is_listed(item: str, items: Collection[str]) -> Refusal | None:
    """Only items of the checklist are answered."""
    if item in items:
        return None
    return Refusal("unit_congresses.item_is_listed", "The checklist has no such item.", "answers")


def omission_is_explained(done: bool, note: str | None) -> Refusal | None:
    """An item that was not done has a reason."""
    if done or note:
        return None
    return Refusal("unit_congresses.omission_is_explained", "Say why it was not done.", "answers")


def checklist_is_answered(items: Collection[str], answered: Collection[str]) -> Refusal | None:
    """Every item of the checklist is answered before the record is filed."""
    left = [item for item in items if item not in answered]
    if not left:
        return None
    return Refusal(
        "unit_congresses.checklist_is_answered",
        "Answer the whole checklist.",
        params={"items": left, "count": len(left)},
    )


def documents_are_there(wanted: Collection[str], kinds: Collection[str]) -> Refusal | None:
    """The documents the rule asks for are among those of the filing."""
    left = [kind for kind in wanted if kind not in kinds]
    if not left:
        return None
    return Refusal(
        "unit_congresses.documents_are_there", "Some documents are missing.", params={"kinds": left, "count": len(left)}
    )


def guidance_is_answered(open_guidance: int) -> Refusal | None:
    """A unit answers guidance before it files."""
    if not open_guidance:
        return None
    params = {"count": open_guidance}
    return Refusal("unit_congresses.guidance_is_answered", "Answer the guidance first.", params=params)


def guidance_is_open(answered: bool) -> Refusal | None:
    """Guidance is answered once."""
    if not answered:
        return None
    return Refusal("unit_congresses.guidance_is_open", "This guidance was answered already.", "guidance_id")


def return_says_why(decision: str, reason: str | None) -> Refusal | None:
    """What is returned says what to correct."""
    if decision != "return" or reason:
        return None
    return Refusal("unit_congresses.return_says_why", "Say what is to be corrected.", "reason")


def reviewer_did_not_file(same: bool) -> Refusal | None:
    """Who filed does not review."""
    if not same:
        return None
    return Refusal("unit_congresses.reviewer_did_not_file", "You filed this; somebody else reviews it.")


def can_be_edited(states: Collection[str], state: str) -> Refusal | None:
    """A record is filled in after the plan was accepted and before it is reviewed."""
    if state in states:
        return None
    return Refusal("unit_congresses.can_be_edited", "This can't be changed now.", params={"state": state})


def are_few(rule: str, count: int, most: int) -> Refusal | None:
    """Of resolutions and guidance a filing has a limited number."""
    if count < most:
        return None
    return Refusal(rule, f"At most {most}.", params={"most": most})
