"""Rules of surveys: what is asked, of whom, how long, what is told. Pure; those of answers are in `answer_rules`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from services.activities.surveys.answer_rules import options_of
from services.chassis.rules.refusal import Refusal

_ENDED = ("closed", "published")
_REMINDER = timedelta(days=1)
USUAL_SMALLEST = 5
"""Sheets below which nothing is told where no rule says how many: no document of the unions names a number, and from
fewer answers who knows the unit can tell who is meant; the number is the one below which audiences are not counted."""


def electorate_is_named(electorate: str, restricted: bool, has_activity: bool) -> Refusal | None:
    """An activity is named where those registered for it fill it in, and then no audience; else none is."""
    of_activity = electorate == "activity"
    if of_activity == has_activity and not (of_activity and restricted):
        return None
    detail = "Name the activity whose members fill it in, or the audience, not both."
    return Refusal("surveys.electorate_is_named", detail, "activity_id")


def chair_asks_own_people(is_chair: bool, own: bool) -> Refusal | None:
    """A chair asks the members of the own units, or those registered for their activities."""
    if not is_chair or own:
        return None
    return Refusal("surveys.chair_asks_own_people", "Ask your own unit or its activities.", "electorate")


def options_fit(questions: Sequence[Mapping[str, Any]]) -> Refusal | None:
    """What is chosen from has two options or more, none twice; other questions have none."""
    for number, one in enumerate(questions, 1):
        chosen = one["kind"] in ("choice", "choices")
        options = one["options"]
        if (len(options) >= 2 and len(set(options)) == len(options)) if chosen else not options:
            continue
        detail = f"The options of question {number} do not fit its kind."
        return Refusal("surveys.options_fit", detail, "options", {"number": number})
    return None


def conditions_fit(questions: Sequence[Mapping[str, Any]]) -> Refusal | None:
    """A condition names options that an earlier question has."""
    for number, one in enumerate(questions, 1):
        condition = one["condition"]
        if condition is None:
            continue
        of = condition["question"]
        if of < number and all(choice <= options_of(questions[of - 1]) for choice in condition["choices"]):
            continue
        detail = f"Question {number} depends on options that no earlier question has."
        return Refusal("surveys.conditions_fit", detail, "condition", {"number": number})
    return None


def times_are_in_order(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> Refusal | None:
    """A survey opens in the future and closes after that."""
    if opens_at is not None and opens_at <= now:
        return Refusal("surveys.times_are_in_order", "It opens in the future.", "opens_at")
    if closes_at is not None and closes_at <= (opens_at or now):
        return Refusal("surveys.times_are_in_order", "It closes after it opens.", "closes_at")
    return None


def something_is_asked(questions: int) -> Refusal | None:
    """A survey that is opened asks something."""
    return None if questions else Refusal("surveys.something_is_asked", "Write a question first.", "questions")


def survey_is_large_enough(anonymous: bool, entitled: int, smallest: int) -> Refusal | None:
    """Somebody is asked; anonymously at least the smallest group, because nothing could be told of fewer."""
    least = smallest if anonymous else 1
    if entitled >= least:
        return None
    params = {"least": least, "entitled": entitled}
    return Refusal("surveys.survey_is_large_enough", f"At least {least} people.", "electorate", params)


def survey_is_open(state: str, closes_at: datetime | None, now: datetime) -> Refusal | None:
    """Answers are taken from the opening to the closing, to the second."""
    if state == "open" and (closes_at is None or now < closes_at):
        return None
    shown = "closed" if state == "open" else state
    return Refusal("surveys.survey_is_open", f"The survey is {shown}.", params={"state": shown})


def extension_is_later(closes_at: datetime | None, new: datetime, now: datetime) -> Refusal | None:
    """An extended survey closes later than it would have, and in the future."""
    if new > now and (closes_at is None or new > closes_at):
        return None
    return Refusal("surveys.extension_is_later", "Name a later time.", "closes_at")


def reminder_is_due(opened_at: datetime | None, reminded_at: datetime | None, now: datetime) -> Refusal | None:
    """Nobody is asked twice within a day."""
    last = max((at for at in (opened_at, reminded_at) if at is not None), default=None)
    if last is None or now - last >= _REMINDER:
        return None
    return Refusal("surveys.reminder_is_due", "They were told within a day.")


def way_fits(anonymous: bool, by_token: bool) -> Refusal | None:
    """Anonymous surveys take sheets by token only, named ones answers of accounts only."""
    if anonymous == by_token:
        return None
    return Refusal("surveys.way_fits", "This survey is filled in the other way.")


def member_is_on_the_roll(on_roll: bool) -> Refusal | None:
    """Who answers stands on the roll, which was frozen at the opening."""
    return None if on_roll else Refusal("surveys.member_is_on_the_roll", "Not on the roll, frozen at the opening.")


def request_is_the_first(same: bool) -> Refusal | None:
    """A member gets one token; only the same request gets the same answer again."""
    if same:
        return None
    detail = "A token was given out already, and nobody knows which answers are whose."
    return Refusal("surveys.request_is_the_first", detail)


def token_is_valid(valid: bool) -> Refusal | None:
    """A sheet has a token that was signed for this survey and group."""
    return None if valid else Refusal("surveys.token_is_valid", "The token is none of this survey.")


def token_is_unused(same: bool) -> Refusal | None:
    """A token hands in one sheet."""
    if same:
        return None
    return Refusal("surveys.token_is_unused", "A sheet was handed in with this token; it can't be changed.")


def sheets_match_tokens(sheets: int, tokens: int) -> Refusal | None:
    """There are not more sheets than tokens; if there are, the key was misused and nothing is counted."""
    if sheets <= tokens:
        return None
    params = {"sheets": sheets, "tokens": tokens}
    return Refusal("surveys.sheets_match_tokens", f"{sheets} sheets, but {tokens} tokens.", params=params)


def result_is_out(state: str) -> Refusal | None:
    """Nothing is told before the end."""
    return None if state in _ENDED else Refusal("surveys.result_is_out", f"The survey is {state}.")


def reader_is_told(by_office: bool, published: bool, on_roll: bool) -> Refusal | None:
    """Who runs or audits it reads the result; who was asked does once it is published."""
    if by_office or (published and on_roll):
        return None
    return Refusal("surveys.reader_is_told", "The result is not published to you.")
