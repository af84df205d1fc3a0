"""Rules of mediation. Pure: days, counts and answers are arguments.

Sources: 劳动争议调解仲裁法 Art. 7, 12, 14, 27; 民法典 Art. 201, 203; 事业单位人事管理条例 Art. 38.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

from services.chassis.rules.refusal import Refusal

HERE = "mediate"
"""The route of a matter that is mediated here."""
_ELSEWHERE = {
    "review_appeal": "mediation.review_appeal",
    "levy_office": "mediation.levy_office",
    "insurance_office": "mediation.insurance_office",
    "housing_fund_office": "mediation.housing_fund_office",
    "injury_review": "mediation.injury_review",
}
"""The rule that sends a matter elsewhere, by its route; the words of each say where to go."""


def matter_is_mediated(route: str) -> Refusal | None:
    """A matter for which the law opens another way is sent there."""
    if route == HERE:
        return None
    detail = "This matter has a way of its own; see where to go."
    return Refusal(_ELSEWHERE[route], detail, "matter", {"route": route})


def claim_is_old(known_on: date | None, oldest: date, *, exempt: bool) -> bool:
    """Whether the limit for arbitration may have passed: a warning, never a refusal.

    The limit can be interrupted and suspended, and pay is exempt while the employment goes on (Art. 27).

    Args:
        known_on: when the violation was known, or ought to have been.
        oldest: the first day that is within the limit.
        exempt: whether the limit does not run.
    """
    return known_on is not None and known_on < oldest and not exempt


def day_is_past(day: date | None, today: date) -> Refusal | None:
    """When a violation was known lies in the past."""
    if day is None or day <= today:
        return None
    return Refusal("mediation.day_is_past", "This day is still to come.", field="known_on")


def last_day(received_on: date, days: int, works: Callable[[date], bool]) -> date:
    """Return the last day of the clock.

    The day of receipt does not count, and an end on a day off moves to the next working day (民法典 Art. 201, 203).
    """
    last = received_on + timedelta(days=days)
    while not works(last):
        last += timedelta(days=1)
    return last


def clock_ran_out(due_on: date | None, today: date) -> Refusal | None:
    """A case expires after its last day, not on it."""
    if due_on is not None and today > due_on:
        return None
    return Refusal("mediation.clock_ran_out", "The last day has not passed.")


def days_are_left(due_on: date | None, today: date) -> Refusal | None:
    """Within the clock only: the last day counts."""
    if due_on is None or today <= due_on:
        return None
    params = {"due_on": due_on.isoformat()}
    return Refusal("mediation.days_are_left", "The time for mediation is over; arbitration is open.", params=params)


def extension_is_later(until: date, due_on: date | None) -> Refusal | None:
    """An extension ends after the present last day; a case without clock has none to extend."""
    if due_on is not None and until > due_on:
        return None
    return Refusal("mediation.extension_is_later", "State a day after the present last day.", field="until")


def acting(parties: Sequence[tuple[str, bool]]) -> list[bool]:
    """Return of each party whether it acts: on a side with representatives only they do.

    Args:
        parties: side and whether the party represents the others.
    """
    represented = {side for side, represents in parties if represents}
    return [represents or side not in represented for side, represents in parties]


def claimants_are_many(count: int, least: int) -> Refusal | None:
    """So many claimants may choose representatives (Art. 7)."""
    if count >= least:
        return None
    params = {"count": count, "least": least}
    return Refusal("mediation.claimants_are_many", f"Representatives are for {least} claimants or more.", params=params)


def representative_is_claimant(chosen: Collection[object], claimants: Collection[object]) -> Refusal | None:
    """Representatives are claimants themselves."""
    if set(chosen) <= set(claimants):
        return None
    return Refusal("mediation.representative_is_claimant", "Choose among the claimants.", field="party_ids")


def all_agree(answers: Collection[bool | None]) -> Refusal | None:
    """Mediation and its extension need both sides (Art. 14, 浙江省劳动人事争议调解仲裁条例 Art. 10)."""
    if answers and all(answer is True for answer in answers):
        return None
    return Refusal("mediation.all_agree", "Not all who are asked have agreed.")


def answer_is_asked(asked: bool) -> Refusal | None:
    """Only who is asked answers, and once."""
    return None if asked else Refusal("mediation.answer_is_asked", "Nothing is asked of this party now.", field="about")


def paper_is_on_file(count: int) -> Refusal | None:
    """An answer recorded for a party stands on a paper among the files."""
    if count:
        return None
    return Refusal("mediation.paper_is_on_file", "Add the written answer to the files first.", field="party_id")


def a_mediator_serves(serving: int) -> Refusal | None:
    """Mediation begins with a mediator who has no interest in the case."""
    return None if serving else Refusal("mediation.a_mediator_serves", "No mediator has taken the case yet.")


def mediator_is_no_party(is_party: bool) -> Refusal | None:
    """Nobody mediates or keeps a case of one's own."""
    if not is_party:
        return None
    return Refusal("mediation.mediator_is_no_party", "A party can't mediate or keep the case.", field="mediator_id")


def mediator_is_new(known: bool) -> Refusal | None:
    """A mediator is asked once; who stepped aside or was replaced is not asked again."""
    if not known:
        return None
    return Refusal("mediation.mediator_is_new", "This mediator was asked already.", field="mediator_id")


def mediators_are_few(count: int, most: int) -> Refusal | None:
    """A case has a few mediators."""
    if count < most:
        return None
    return Refusal("mediation.mediators_are_few", f"At most {most} mediators.", "mediator_id", {"most": most})


def ground_fits_answer(serves: bool, ground: str | None, grounds: Collection[str]) -> Refusal | None:
    """Who serves states no interest; who steps aside states which."""
    if serves and ground is not None:
        return Refusal("mediation.no_interest", "Who has an interest must step aside.", field="ground")
    if not serves and ground not in grounds:
        return Refusal("mediation.ground_is_stated", "State why you step aside.", field="ground")
    return None


def agreement_is_in_force(
    *,
    text: bool,
    applicant_mark: str | None,
    respondent_mark: str | None,
    mediator_signed_on: date | None,
    sealed_on: date | None,
) -> Refusal | None:
    """An agreement binds once both sides signed or sealed, a mediator signed and the seal is affixed (Art. 14 ¶2)."""
    marks = {
        "text": text, "applicant_mark": applicant_mark, "respondent_mark": respondent_mark,
        "mediator_signed_on": mediator_signed_on, "sealed_on": sealed_on,
    }  # fmt: skip
    missing = [name for name, mark in marks.items() if not mark]
    if not missing:
        return None
    detail = "The agreement is not signed and sealed by all."
    return Refusal("mediation.agreement_is_in_force", detail, missing[0], {"missing": missing})


def mark_is_not_ahead(marks: Mapping[str, date | None], today: date) -> Refusal | None:
    """Signatures and seals are of today or before."""
    ahead = next((name for name, day in marks.items() if day is not None and day > today), None)
    if ahead is None:
        return None
    return Refusal("mediation.mark_is_not_ahead", "This day is still to come.", field=ahead)


def parties_are_few(count: int, most: int) -> Refusal | None:
    """A case has so many parties at most."""
    if count < most:
        return None
    return Refusal("mediation.parties_are_few", f"At most {most} parties.", params={"most": most})


def party_is_new(known: bool) -> Refusal | None:
    """A member is a party once, and keeps or mediates no case of one's own."""
    if not known:
        return None
    return Refusal("mediation.party_is_new", "This member has a part in the case already.", field="member_id")


def parties_can_change(state: str) -> Refusal | None:
    """Parties are added before they are asked."""
    if state in ("applied", "registered"):
        return None
    return Refusal("mediation.parties_can_change", "The parties were asked already.")


def case_is_open(closed: bool) -> Refusal | None:
    """Papers and meetings belong to a case that goes on."""
    return Refusal("mediation.case_is_open", "The case has ended.") if closed else None


def is_being_mediated(state: str) -> Refusal | None:
    """Meetings and agreements belong to a mediation that goes on."""
    if state == "mediating":
        return None
    return Refusal("mediation.is_being_mediated", "The mediation has not begun, or is over.")


def shown_counts(counts: Mapping[str, int], smallest: int) -> dict[str, int | None]:
    """Return counts without those by which people could be known.

    A count from 1 to below `smallest` is left out; where only one is, the next smallest too, because the total would
    tell it otherwise.

    Args:
        counts: how many by word; zero tells nothing and stays.
        smallest: the smallest count that is shown.
    """
    hidden = {word for word, count in counts.items() if 0 < count < smallest}
    if len(hidden) == 1:
        others = sorted((count, word) for word, count in counts.items() if count and word not in hidden)
        hidden |= {word for _, word in others[:1]}
    return {word: None if word in hidden else count for word, count in counts.items()}


def hearings_are_few(count: int, most: int) -> Refusal | None:
    """A case has so many meetings at most."""
    if count < most:
        return None
    return Refusal("mediation.hearings_are_few", f"At most {most} meetings.", params={"most": most})


def hearing_has_begun(begun: bool) -> Refusal | None:
    """What a meeting came to is written once it has begun."""
    if begun:
        return None
    return Refusal("mediation.hearing_has_begun", "The meeting is still to come.", field="hearing_id")
