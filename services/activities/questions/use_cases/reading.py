"""Reading the questions of an activity and the answers to them, also for registration. Changes nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity
from services.activities.questions.rules import Answer, Checked, Question, check_answers, missing_answers
from services.activities.questions.tables import ActivityQuestion, RegistrationAnswers
from services.chassis.database.bulk import is_among
from services.chassis.database.transaction import Transaction
from services.chassis.input_errors import InputError

_SHOWN = ("number", "text", "hint", "kind", "required", "choices", "if_answers", "if_option", "closed", "answered")


def get_questions(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is asked of those who register for an activity."""
    return form_state(tx, get_activity(tx, request))


def form_state(tx: Transaction, activity: Activity) -> dict[str, Any]:
    """Return the questions of an activity as a reply shows them."""
    return {"activity_id": activity.id, "version": activity.version, "questions": shown(tx, activity)}


def shown(tx: Transaction, activity: Activity) -> list[dict[str, Any]]:
    """Return the questions in order, each with the place of the one it depends on."""
    rows = rows_of(tx, activity)
    places = {row.number: place for place, row in enumerate(rows, 1)}
    return [
        {**{name: getattr(row, name) for name in _SHOWN}, "if_question": places.get(row.if_question or 0)}
        for row in rows
    ]


def rows_of(tx: Transaction, activity: Activity) -> list[ActivityQuestion]:
    """Return an activity's questions in order; reads nothing where it never had one."""
    if not activity.has_questions:
        return []
    statement = sa.select(ActivityQuestion).where(ActivityQuestion.activity_id == activity.id)
    ordered = statement.order_by(ActivityQuestion.place).execution_options(populate_existing=True)
    return list(tx.session.scalars(ordered))


def questions_of(tx: Transaction, activity: Activity) -> list[Question]:
    """Return an activity's questions for the rules, in order."""
    return [
        Question(
            row.number, row.kind, row.text, row.required, row.choices, row.if_question, row.if_answers, row.if_option,
            row.closed,
        )
        for row in rows_of(tx, activity)
    ]  # fmt: skip


def check(
    questions: Sequence[Question], given: Mapping[str, Any], options: Collection[int], *, on_behalf: bool = False
) -> Checked:
    """Check answers as a request has them; see `check_answers`."""
    return check_answers(questions, {int(number): one for number, one in given.items()}, options, on_behalf=on_behalf)


def errors_of(checked: Checked) -> dict[str, list[InputError]]:
    """Return what is wrong, by the field of the request."""
    return {
        f"answers.{number}": [InputError(wrong.code, wrong.detail, **wrong.params)]
        for number, wrong in sorted(checked.wrong.items())
    }


def answers_of(tx: Transaction, registration_ids: Collection[UUID]) -> dict[UUID, dict[int, Answer]]:
    """Return the answers of registrations, by number of the question; those without are not in it."""
    if not registration_ids:
        return {}
    among = is_among(tx.session, [RegistrationAnswers.registration_id], set(registration_ids))
    rows = tx.session.execute(sa.select(RegistrationAnswers.registration_id, RegistrationAnswers.answers).where(among))
    return {row.registration_id: {int(n): one for n, one in json.loads(row.answers).items()} for row in rows}


def given_answers(questions: Sequence[Question], answers: Mapping[int, Answer]) -> list[dict[str, Any]]:
    """Return answers with their questions, in order."""
    return [
        {"number": one.number, "text": one.text, "kind": one.kind, "value": answers[one.number]}
        for one in questions
        if one.number in answers
    ]


def missing(questions: Sequence[Question], answers: Mapping[int, Answer], options: Collection[int]) -> int:
    """Return how many questions must still be answered."""
    return missing_answers(questions, answers, options)


def stored(
    registration_id: UUID, activity_id: UUID, member_id: UUID, answers: Mapping[int, Answer], at: datetime
) -> dict[str, Any]:
    """Return the row that keeps the answers of a registration."""
    text = json.dumps({str(number): one for number, one in answers.items()}, ensure_ascii=False)
    ids = {"registration_id": registration_id, "activity_id": activity_id, "member_id": member_id}
    return {**ids, "answers": text, "answered_at": at}


def keep(tx: Transaction, activity_id: UUID, rows: Sequence[Mapping[str, Any]], numbers: Collection[int]) -> None:
    """Store answers of new registrations, and mark the questions as answered; two statements for a batch."""
    if not rows:
        return
    tx.session.execute(sa.insert(RegistrationAnswers.__table__), list(rows))
    mark_answered(tx, activity_id, numbers)


def mark_answered(tx: Transaction, activity_id: UUID, numbers: Collection[int]) -> None:
    """Note that somebody answered these questions."""
    theirs = ActivityQuestion.activity_id == activity_id, ActivityQuestion.number.in_(set(numbers))
    unmarked = sa.update(ActivityQuestion).where(*theirs, ActivityQuestion.answered.is_(False))
    tx.session.execute(unmarked.values(answered=True).execution_options(synchronize_session=False))


def erase(tx: Transaction, member_id: UUID) -> None:
    """Delete the answers of a former member."""
    tx.session.execute(sa.delete(RegistrationAnswers).where(RegistrationAnswers.member_id == member_id))
