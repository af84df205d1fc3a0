"""Setting the questions of an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.announcements import rescheduled
from services.activities.calendar.use_cases.reading import Activity, lock_to_update, subject_of
from services.activities.options.use_cases.reading import form_of
from services.activities.questions import rules
from services.activities.questions.tables import ActivityQuestion
from services.activities.questions.use_cases.reading import form_state, rows_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first

_COPIED = ("text", "hint", "kind", "required", "choices", "if_answers", "if_option", "closed")


def set_questions(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Replace the questions of an activity. Those who registered before are told that they changed.

    Raises:
        PreconditionFailed: another version stands than the one that was read.
        Refused: the activity is held or cancelled, a question that somebody answered would be removed or be of another
            kind, or one depends on an option that there is not.
    """
    activity = lock_to_update(tx, request)
    before = form_state(tx, activity)
    known = {row.number: row for row in rows_of(tx, activity)}
    numbered = _numbered(known, request["questions"])
    _check(tx, activity, known, numbered)
    activity.has_questions = bool(activity.has_questions or numbered)
    _store(tx, activity, known, numbered)
    tx.session.flush()
    after = form_state(tx, activity)
    if before != after:
        activity.version += 1
        note_change(tx, subject_of(activity.id), {"questions": (_texts(before), _texts(after))})
        if activity.state == "scheduled":
            tx.record(rescheduled(activity, ["questions"]))
    return form_state(tx, activity)


def _texts(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is asked, without whether it was answered."""
    return [{name: value for name, value in one.items() if name != "answered"} for one in state["questions"]]


def _numbered(
    known: Mapping[int, ActivityQuestion], given: Sequence[Mapping[str, Any]]
) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the questions with their numbers: the stored ones with theirs, new ones with the next."""
    free, found, used = max([*known, 0]), [], set()
    for one in given:
        number = one["number"]
        if number not in known or number in used:
            number = free = free + 1
        used.add(number)
        found.append((number, one))
    return found


def _check(
    tx: Transaction, activity: Activity, known: Mapping[int, ActivityQuestion],
    numbered: Sequence[tuple[int, Mapping[str, Any]]],
) -> None:  # fmt: skip
    stays = dict(numbered)
    answered = [row for row in known.values() if row.answered]
    options = form_of(tx, activity)[0].options
    refuse_first(
        rules.answered_questions_stay([row.text for row in answered if row.number not in stays]),
        rules.kinds_of_answered_questions_stay(
            [row.text for row in answered if row.number in stays and stays[row.number]["kind"] != row.kind]
        ),
        rules.options_of_questions_exist(
            [one["text"] for _, one in numbered if one["if_option"] is not None and one["if_option"] not in options]
        ),
    )


def _store(
    tx: Transaction, activity: Activity, known: Mapping[int, ActivityQuestion],
    numbered: Sequence[tuple[int, Mapping[str, Any]]],
) -> None:  # fmt: skip
    numbers = [number for number, _ in numbered]
    gone = ActivityQuestion.activity_id == activity.id, ActivityQuestion.number.not_in(numbers)
    tx.session.execute(sa.delete(ActivityQuestion).where(*gone))
    for place, (number, one) in enumerate(numbered):
        if_question = None if one["if_question"] is None else numbers[one["if_question"] - 1]
        row = known.get(number)
        if row is None:
            row = ActivityQuestion(activity_id=activity.id, number=number, answered=False)
            tx.session.add(row)
        row.place, row.if_question = place, if_question
        for name in _COPIED:
            setattr(row, name, one[name])
