"""Rules of ratings: what a round asks, who gets a token, which sheets are taken, what is told. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.chassis.rules.refusal import Refusal

REMINDED_EVERY = timedelta(hours=20)
"""A reminder a day: twice in a day presses people, and looks as if somebody counted who has not answered."""
_ELECTORATES = {"union": ("all", "units"), "leaders": ("list", "called")}
_PAPER_BACK = 20
"""Years back whose paper counts may be entered."""


def subjects_are_named(kind: str, leaders: int) -> Refusal | None:
    """Leaders are assessed by name; members rate nobody by name."""
    if (kind == "leaders") == (leaders > 0):
        return None
    return Refusal("ratings.subjects_are_named", "Name the leaders who are assessed, and nobody else.", "leaders")


def electorate_fits(kind: str, electorate: str) -> Refusal | None:
    """Members rate their union; named delegates assess leaders."""
    if electorate in _ELECTORATES[kind]:
        return None
    return Refusal("ratings.electorate_fits", "This kind is filled in by others.", "electorate")


def words_differ(field: str, words: Sequence[str]) -> Refusal | None:
    """No criterion, grade or leader stands twice."""
    if len(set(words)) == len(words):
        return None
    return Refusal("ratings.words_differ", "Something stands twice.", field)


def satisfied_is_below_all(satisfied: int, grades: int) -> Refusal | None:
    """At least one grade does not count as satisfied."""
    if satisfied < grades:
        return None
    params = {"satisfied": satisfied, "grades": grades}
    return Refusal("ratings.satisfied_is_below_all", "All grades would count as satisfied.", "satisfied", params)


def year_fits(way: str, year: int, this_year: int) -> Refusal | None:
    """Sheets are filled in for this year or the last; paper counts may be entered of earlier years."""
    earliest = this_year - (_PAPER_BACK if way == "paper" else 1)
    if earliest <= year <= this_year:
        return None
    params = {"earliest": earliest, "latest": this_year}
    return Refusal("ratings.year_fits", f"Between {earliest} and {this_year}.", "year", params)


def year_is_free(others: int) -> Refusal | None:
    """All members rate once a year, so that years can be compared."""
    return Refusal("ratings.year_is_free", "There is a round of this year.", "year") if others else None


def times_are_in_order(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> Refusal | None:
    """A round opens in the future and closes after that."""
    if opens_at is not None and opens_at <= now:
        return Refusal("ratings.times_are_in_order", "It opens in the future.", "opens_at")
    if closes_at is not None and closes_at <= (opens_at or now):
        return Refusal("ratings.times_are_in_order", "It closes after it opens.", "closes_at")
    return None


def raters_are_members(unknown: int) -> Refusal | None:
    """Who is named belongs to the union and may vote."""
    if not unknown:
        return None
    params = {"count": unknown}
    return Refusal("ratings.raters_are_members", f"{unknown} of those named are no members.", "member_ids", params)


def round_is_large_enough(way: str, entitled: int, smallest: int) -> Refusal | None:
    """With fewer people than the smallest group nothing could be told."""
    if way == "paper" or entitled >= smallest:
        return None
    params = {"smallest": smallest, "entitled": entitled}
    return Refusal("ratings.round_is_large_enough", f"At least {smallest} people.", "electorate", params)


def round_is_open(state: str, closes_at: datetime | None, now: datetime) -> Refusal | None:
    """Tokens and sheets are taken from the opening to the closing, to the second."""
    if state == "open" and (closes_at is None or now < closes_at):
        return None
    shown = "closed" if state == "open" else state
    return Refusal("ratings.round_is_open", f"The round is {shown}.", params={"state": shown})


def round_is_online(way: str) -> Refusal | None:
    """Tokens and sheets belong to rounds that are filled in here."""
    return None if way == "online" else Refusal("ratings.round_is_online", "Only paper counts are entered.")


def rater_is_on_the_roll(on_roll: bool) -> Refusal | None:
    """Who fills in stands on the roll, which was frozen at the opening."""
    return None if on_roll else Refusal("ratings.rater_is_on_the_roll", "Not on the roll, frozen at the opening.")


def request_is_the_first(same: bool) -> Refusal | None:
    """A member gets one token, or one paper sheet; only the same request gets the same answer again."""
    if same:
        return None
    detail = "A token or a paper sheet was given out already, and nobody knows which sheet is whose."
    return Refusal("ratings.request_is_the_first", detail)


def token_is_valid(valid: bool) -> Refusal | None:
    """A sheet has a token that was signed for this round and group."""
    return None if valid else Refusal("ratings.token_is_valid", "The token is none of this round and group.")


def token_is_unused(same: bool) -> Refusal | None:
    """A token hands in one sheet."""
    if same:
        return None
    return Refusal("ratings.token_is_unused", "A sheet was handed in with this token; it can't be changed.")


def answers_fit(
    asked: Sequence[tuple[str, int]], grades: int, answers: Sequence[Sequence[int]], *, has_chair: bool
) -> Refusal | None:
    """A sheet answers what is asked, at least one question, and of the chair only where the unit is told alone.

    Args:
        asked: kind of each subject and how many criteria it has.
        grades: how many grades there are.
        answers: places of grades from 1, 0 for none.
        has_chair: whether the group is a unit.
    """
    fits = len(answers) == len(asked) and all(
        len(given) == count and all(0 <= grade <= grades for grade in given)
        for (_, count), given in zip(asked, answers, strict=False)
    )
    if fits and not has_chair:
        fits = not any(any(given) for (kind, _), given in zip(asked, answers, strict=True) if kind == "chair")
    if fits and any(any(given) for given in answers):
        return None
    return Refusal("ratings.answers_fit", "The sheet does not answer what is asked.", "answers")


def remark_is_asked(asked: bool, remark: str | None) -> Refusal | None:
    """Remarks are taken where the round asks for them."""
    return None if asked or remark is None else Refusal("ratings.remark_is_asked", "No remarks are asked.", "remark")


def papers_fit(
    asked: Sequence[int], grades: int, sheets: int, counts: Sequence[Sequence[Sequence[int]]]
) -> Refusal | None:
    """Counts answer what is asked; no criterion has more grades than there are sheets."""
    if not sheets and not counts:
        return None
    fits = len(counts) == len(asked) and all(
        len(given) == count and all(len(row) == grades and sum(row) <= sheets for row in given)
        for count, given in zip(asked, counts, strict=True)
    )
    if fits:
        return None
    params = {"sheets": sheets}
    return Refusal("ratings.papers_fit", "The counts do not fit the number of sheets.", "counts", params)


def papers_were_given(sheets: int, given: int) -> Refusal | None:
    """There are not more paper sheets than were given out."""
    if sheets <= given:
        return None
    params = {"sheets": sheets, "given": given}
    return Refusal("ratings.papers_were_given", f"{sheets} sheets, but {given} were given out.", "sheets", params)


def sheets_match_tokens(sheets: int, tokens: int) -> Refusal | None:
    """There are not more sheets than tokens; if there are, a key was misused and nothing is counted."""
    if sheets <= tokens:
        return None
    params = {"sheets": sheets, "tokens": tokens}
    return Refusal("ratings.sheets_match_tokens", f"{sheets} sheets, but {tokens} tokens.", params=params)


def reminder_is_due(opened_at: datetime | None, reminded_at: datetime | None, now: datetime) -> Refusal | None:
    """All are reminded once a day at most, and not on the day they were called."""
    last = reminded_at or opened_at
    if last is None or now - last >= REMINDED_EVERY:
        return None
    return Refusal("ratings.reminder_is_due", "They were told within a day.")


def result_is_out(state: str) -> Refusal | None:
    """Nothing is told before the end."""
    if state == "closed":
        return None
    return Refusal("ratings.result_is_out", f"The round is {state}.", params={"state": state})


def result_is_published(kind: str, published: bool, by_office: bool) -> Refusal | None:
    """Delegates read the assessment of leaders once it is published."""
    if by_office or kind == "union" or published:
        return None
    return Refusal("ratings.result_is_published", "The result is not published yet.")


def result_can_be_published(kind: str, published: bool) -> Refusal | None:
    """Assessments of leaders are published once; members read their own round's result without that."""
    if kind == "leaders" and not published:
        return None
    return Refusal("ratings.result_can_be_published", "There is nothing to publish.")


def reader_is_entitled(entitled: bool) -> Refusal | None:
    """A round is seen by who fills it in and by office, that of the members by every member once it is closed."""
    return None if entitled else Refusal("ratings.reader_is_entitled", "Only who fills it in sees a round.")
