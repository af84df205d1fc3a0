"""Rules of proposals and their campaigns. Pure: days, counts, texts and states are arguments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from services.chassis.rules.refusal import Refusal

_GRADES = ("satisfied", "basic", "dissatisfied")
_LASTING = (None, "solved", "planned")
"""Outcomes of which something is to be implemented; None where a campaign has no classes."""


def name_is_free(taken: bool) -> Refusal | None:
    """Two departments have different names."""
    return Refusal("proposals.name_is_free", "Another department has this name.", "name") if taken else None


def deadline_follows_opening(opens_on: date, deadline: date) -> Refusal | None:
    """A campaign ends on the day it begins or later."""
    if opens_on <= deadline:
        return None
    return Refusal("proposals.deadline_follows_opening", "The deadline is before the first day.", "deadline")


def campaign_is_of_own_unit(unit: object, own: Collection[object], whole_union: bool) -> Refusal | None:
    """A chair calls for proposals of the own unit; officers for all."""
    if whole_union or (unit is not None and unit in own):
        return None
    return Refusal("proposals.campaign_is_of_own_unit", "Choose the unit you chair.", "unit_id")


def switches_stay(before: Collection[str], after: Collection[str], proposals: int) -> Refusal | None:
    """The steps of a campaign stay once a proposal was submitted: what was begun by them is ended by them."""
    if not proposals or set(before) == set(after):
        return None
    return Refusal("proposals.switches_stay", "Proposals were submitted under these steps.", "switches")


def campaign_is_open(opens_on: date, closed: bool, today: date) -> Refusal | None:
    """Proposals are written from the first day of a campaign until it is closed."""
    if opens_on <= today and not closed:
        return None
    return Refusal(
        "proposals.campaign_is_open", "This campaign takes no proposals now.", "campaign_id",
        {"opens_on": opens_on.isoformat()},
    )  # fmt: skip


def delegates_propose(delegate: bool) -> Refusal | None:
    """Delegates of the congress propose and second; in a unit's campaign its members."""
    if delegate:
        return None
    return Refusal("proposals.delegates_propose", "Only a delegate, or in a unit a member of it, can do this.")


def another_seconds(own: bool) -> Refusal | None:
    """Nobody seconds the own proposal."""
    return Refusal("proposals.another_seconds", "You propose it yourself.") if own else None


def text_is_as_read(now: int, read: int) -> Refusal | None:
    """What is seconded is the text that was read."""
    if now == read:
        return None
    return Refusal("proposals.text_is_as_read", "The text was changed meanwhile; read it again.", "text_version")


def reason_fits(length: int, least: int, most: int) -> Refusal | None:
    """The reason has neither too few nor too many characters."""
    if least <= length <= most:
        return None
    params = {"least": least, "most": most, "length": length}
    return Refusal("proposals.reason_fits", f"Between {least} and {most} characters, not {length}.", "reason", params)


def suggestion_fits(length: int, least: int) -> Refusal | None:
    """The suggestion has enough characters."""
    if length >= least:
        return None
    params = {"least": least, "length": length}
    return Refusal("proposals.suggestion_fits", f"At least {least} characters, not {length}.", "suggestion", params)


def seconders_suffice(count: int, least: int) -> Refusal | None:
    """A proposal is submitted with enough seconders of its present text."""
    if count >= least:
        return None
    params = {"count": count, "least": least}
    return Refusal("proposals.seconders_suffice", f"{least} seconders are needed, there are {count}.", params=params)


def drafts_are_few(count: int, most: int) -> Refusal | None:
    """Somebody has a limited number of drafts."""
    return None if count < most else Refusal("proposals.drafts_are_few", f"At most {most}.", params={"most": most})


def draft_is_discarded(state: str) -> Refusal | None:
    """Only a draft is deleted; what others have seen is withdrawn."""
    return None if state == "draft" else Refusal("proposals.draft_is_discarded", "Withdraw it instead.")


def refusal_has_a_ground(verdict: str, ground: str | None, why: str | None) -> Refusal | None:
    """Who proposes is told on which ground and why a proposal is not filed, and why it is sent back."""
    if verdict == "not_file" and ground is None:
        return Refusal("proposals.refusal_has_a_ground", "State the ground.", "ground")
    if verdict in ("not_file", "send_back") and not why:
        return Refusal("proposals.refusal_has_a_ground", "Say why.", "why")
    return None


def merges_into_another(
    same: bool, same_campaign: bool, target_state: str, under_review: Collection[str]
) -> Refusal | None:
    """A proposal is merged into another one of its campaign that is under review too."""
    if not same and same_campaign and target_state in under_review:
        return None
    return Refusal("proposals.merges_into_another", "Choose another proposal under review.", "into_id")


def joint_is_not_merged(merged: int) -> Refusal | None:
    """A proposal that others were merged into is not merged itself, so that each merger can be undone."""
    if not merged:
        return None
    return Refusal("proposals.joint_is_not_merged", "Others were merged into it.", params={"count": merged})


def joint_is_not_filed(filed: bool) -> Refusal | None:
    """A merger is undone until the joint proposal is filed."""
    return Refusal("proposals.joint_is_not_filed", "The joint proposal is filed.") if filed else None


def merger_comes_first(merged: int) -> Refusal | None:
    """A joint proposal is withdrawn or sent back only after its mergers were undone: it is not only its proposer's."""
    if not merged:
        return None
    return Refusal("proposals.merger_comes_first", "Undo the mergers first.", params={"count": merged})


def departments_are_fit(lead: object, assisting: Sequence[object], active: Collection[object]) -> Refusal | None:
    """The lead department does not assist, none is named twice, all take proposals."""
    everyone = [lead, *assisting]
    if len(set(everyone)) < len(everyone):
        return Refusal("proposals.departments_are_fit", "A department is named twice.", "assisting_ids")
    if not set(everyone) <= set(active):
        return Refusal("proposals.departments_are_active", "A department takes no proposals now.", "department_id")
    return None


def department_is_free(handled: int, active: bool) -> Refusal | None:
    """A department that handles proposals stays in use."""
    if active or not handled:
        return None
    return Refusal("proposals.department_is_free", "It handles proposals.", "active", {"count": handled})


def day_is_ahead(day: date, today: date, field: str) -> Refusal | None:
    """A last day, or the day of a publication, is today or later."""
    return None if day >= today else Refusal("proposals.day_is_ahead", "This day is past.", field)


def outcome_is_classed(outcome: str | None, classed: bool) -> Refusal | None:
    """A reply has a class where the campaign uses classes, and only there."""
    if (outcome is not None) == classed:
        return None
    detail = "State the class of the outcome." if classed else "This campaign has no classes of outcomes."
    return Refusal("proposals.outcome_is_classed", detail, "outcome")


def is_dissatisfied(overall: str | None, of_proposers: Collection[str]) -> bool:
    """Return whether a reply does not satisfy: the raters together, or one of those who proposed it."""
    return "dissatisfied" in (overall, *of_proposers)


def overall(grades: Collection[str]) -> str | None:
    """Return the grade in the middle, of two middle ones the worse; None without ratings."""
    ordered = sorted(_GRADES.index(one) for one in grades)
    return _GRADES[ordered[len(ordered) // 2]] if ordered else None


def reply_dissatisfies(dissatisfied: bool) -> Refusal | None:
    """A proposal is handled again where its reply does not satisfy."""
    return None if dissatisfied else Refusal("proposals.reply_dissatisfies", "Nobody who counts is dissatisfied.")


def second_handling_is_left(round_: int, most: int) -> Refusal | None:
    """A proposal is handled again only so many times."""
    if round_ <= most:
        return None
    return Refusal("proposals.second_handling_is_left", f"At most {most} times.", params={"most": most})


def implementation_is_done(outcome: str | None, percent: int) -> Refusal | None:
    """What was promised is done before a proposal is closed."""
    if outcome not in _LASTING or percent >= 100:
        return None
    return Refusal("proposals.implementation_is_done", f"It is done to {percent} percent.", params={"percent": percent})


def closing_says_why(needed: bool, why: str | None) -> Refusal | None:
    """A suggestion, and a proposal whose reply does not satisfy, are closed with words to the proposers."""
    if why or not needed:
        return None
    return Refusal("proposals.closing_says_why", "Say what the proposers are told.", "why")


def milestones_are_few(count: int, most: int) -> Refusal | None:
    """A proposal has a limited number of stages."""
    return None if count < most else Refusal("proposals.milestones_are_few", f"At most {most}.", params={"most": most})


def milestone_is_open(done_on: date | None) -> Refusal | None:
    """A stage is reached once, and stays when it is reached."""
    return None if done_on is None else Refusal("proposals.milestone_is_open", "It is reached already.")


def check_is_in_december(today: date, checked: bool) -> Refusal | None:
    """The self-check is made in December, once a year."""
    if today.month == 12 and not checked:
        return None
    return Refusal("proposals.check_is_in_december", "The self-check is made once, in December.")


def likeness(common: int, own: int, other: int) -> int:
    """Return how alike two texts are, in percent: twice the pairs of characters both have, of the pairs of both."""
    return round(200 * common / (own + other)) if own + other else 0


def is_late(deadline: datetime, now: datetime) -> bool:
    """Return whether the deadline has passed."""
    return now > deadline


def rater_seconded_it(entitled: bool) -> Refusal | None:
    """Who rates proposes it, or seconded the text that was submitted."""
    return None if entitled else Refusal("proposals.rater_seconded_it", "You seconded an earlier text.")
