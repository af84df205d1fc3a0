"""Questions of an activity: what is asked, when it is asked, and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.schema import Choice, Line, Schema, Timestamp, Vocabulary, invalid, labelled
from services.contracts.activities.registration.events import REGISTRATION_STATES

QUESTION_KINDS = Vocabulary(
    "question_kind", line="一行文字", text="多行文字", choice="单选", choices="多选", number="数字", date="日期",
    yes_no="是或否",
)  # fmt: skip
QUESTION_FIELDS = Vocabulary(
    "question_field", text="问题", hint="说明", kind="回答方式", required="必答", choices="可选答案",
    if_question="仅当第几题", if_answers="回答为", if_option="仅当选了报名选项", closed="不再提问",
    member_id="姓名", unit_id="分工会", state="报名状态", registered_at="报名时间", missing="未答的必答题",
    answers="回答",
)  # fmt: skip
MOST_QUESTIONS = 20
MOST_CHOICES = 30
WITH_CHOICES = ("choice", "choices")

_NUMBER = validate.Range(min=1, max=1_000)


@labelled(QUESTION_FIELDS)
class Question(Schema):
    """报名问题 One question. A stored one is named by its number; a new one has none.

    With `if_question`, the place of an earlier question from 1, it is asked only of those whose answer to that is one
    of `if_answers` (`yes` or `no` for yes_no); with `if_option`, only of those who chose that option. What is not asked
    needs no answer, and none is kept.
    """

    number = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_NUMBER)
    text = Line(200, 1, required=True)
    hint = Line(200, load_default=None, allow_none=True)
    kind = Choice(QUESTION_KINDS, required=True)
    required = fields.Boolean(load_default=False)
    choices = fields.List(Line(60, 1), load_default=list, validate=validate.Length(max=MOST_CHOICES))
    if_question = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(min=1, max=MOST_QUESTIONS)
    )
    if_answers = fields.List(Line(60, 1), load_default=list, validate=validate.Length(max=MOST_CHOICES))
    if_option = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_NUMBER)
    closed = fields.Boolean(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def choices_can_be_told_apart(self, question: Mapping[str, Any], **_: Any) -> None:
        """Refuse a choice of one, and choices that are alike."""
        choices = question["choices"]
        if question["kind"] in WITH_CHOICES and len(choices) < 2:
            raise invalid("questions.enough_choices", "At least two choices are needed.", field="choices")
        if len(set(choices)) < len(choices):
            raise invalid("questions.choices_differ", "Two choices are the same.", field="choices")


class QuestionForm(Schema):
    """What is asked of those who register for one activity, in order."""

    questions = fields.List(fields.Nested(Question), required=True, validate=validate.Length(max=MOST_QUESTIONS))

    @validates_schema(skip_on_field_errors=True)
    def conditions_can_be_met(self, form: Mapping[str, Any], **_: Any) -> None:
        """Refuse conditions that nobody can meet."""
        asked = form["questions"]
        found = {place: wrong for place, one in enumerate(asked) if (wrong := _wrong_condition(asked, place, one))}
        if found:
            raise ValidationError({"questions": found})


def _wrong_condition(
    asked: Sequence[Mapping[str, Any]], place: int, question: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return what is wrong with the condition of a question, by field."""
    if question["if_question"] is None:
        return None
    if question["if_question"] > place:
        return {"if_question": invalid("questions.asked_before", "Name a question before this one.").messages}
    if set(possible_answers(asked[question["if_question"] - 1])).issuperset(question["if_answers"] or ["—"]):
        return None
    return {"if_answers": invalid("questions.answers_are_possible", "Name answers the other offers.").messages}


def possible_answers(question: Mapping[str, Any]) -> Sequence[str]:
    """Return the answers of a question that others can depend on; none for one that is answered freely."""
    if question["kind"] == "yes_no":
        return ("yes", "no")
    return tuple(question["choices"]) if question["kind"] in WITH_CHOICES else ()


@labelled(QUESTION_FIELDS)
class QuestionState(Question):
    """A question as it stands; `answered` once somebody answered it: then it stays, and so does its kind."""

    number = fields.Integer(required=True)
    answered = fields.Boolean(required=True)


class QuestionFormState(Schema):
    """The questions of an activity; `version` is the activity's."""

    activity_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    questions = fields.List(fields.Nested(QuestionState), required=True)


class GivenAnswer(Schema):
    """One answer: a text, or several for choices; numbers and days as texts, `yes` or `no` for yes_no."""

    number = fields.Integer(required=True)
    text = fields.String(required=True)
    kind = Choice(QUESTION_KINDS, required=True)
    value = fields.Raw(required=True)


class OwnAnswers(Schema):
    """One's own answers by number of the question, and until when they can be changed."""

    activity_id = fields.UUID(required=True)
    registration_id = fields.UUID(required=True)
    questions = fields.List(fields.Nested(QuestionState), required=True)
    options = fields.List(fields.Integer(), required=True)
    answers = fields.Dict(keys=fields.String(), values=fields.Raw(), required=True)
    missing = fields.Integer(required=True)
    may_change = fields.Boolean(required=True)
    until = Timestamp(required=True)


@labelled(QUESTION_FIELDS)
class AnsweredRegistration(Schema):
    """What one member answered; `missing` counts questions that must be answered and are not."""

    registration_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(allow_none=True)
    state = Choice(REGISTRATION_STATES, required=True)
    registered_at = Timestamp(required=True)
    answers = fields.List(fields.Nested(GivenAnswer), required=True)
    missing = fields.Integer(required=True)
