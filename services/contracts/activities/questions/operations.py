"""Operations of questions: setting them, answering them, reading answers."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import ACCOUNT, SYSTEM, Choice, Page, PageRequest, Schema, command, labelled, query
from services.contracts.activities.options.shapes import answers_field
from services.contracts.activities.questions.shapes import (
    QUESTION_FIELDS,
    AnsweredRegistration,
    OwnAnswers,
    QuestionForm,
    QuestionFormState,
)
from services.contracts.activities.registration.events import ACTIVE_STATES


class ActivityOfQuestions(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


class SetQuestions(QuestionForm):
    """Replace the questions of an activity; one that somebody answered can be closed, and not removed."""

    activity_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)


class SetAnswers(Schema):
    """Replace the own answers."""

    activity_id = fields.UUID(required=True)
    answers = answers_field(required=True)


@labelled(QUESTION_FIELDS)
class AnswersFilter(PageRequest):
    """Whose answers to list, in order of registration."""

    activity_id = fields.UUID(required=True)
    state = Choice(ACTIVE_STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


get_questions = query(
    "activities", "get_questions", request=ActivityOfQuestions, reply=QuestionFormState, allow=(ACCOUNT, SYSTEM),
    doc="What is asked of those who register.", title="查看报名问题", reach={ACCOUNT: "union"},
)  # fmt: skip
set_questions = command(
    "activities", "set_questions", request=SetQuestions, reply=QuestionFormState, allow=("officer", "chair"),
    doc="Set what is asked of those who register.", title="设置报名问题",
)  # fmt: skip
my_answers = query(
    "activities", "my_answers", request=ActivityOfQuestions, reply=OwnAnswers, allow=("member",),
    doc="One's own answers, and whether they can be changed.", title="查看自己的报名回答",
)  # fmt: skip
set_answers = command(
    "activities", "set_answers", request=SetAnswers, reply=OwnAnswers, allow=("member",),
    doc="Change one's own answers until the last moment to cancel.", title="修改报名回答",
)  # fmt: skip
list_answers = query(
    "activities", "list_answers", request=AnswersFilter, reply=Page(AnsweredRegistration),
    allow=("officer", "chair"), doc="What those who registered answered, for the organisers.",
    title="查看报名回答",
)  # fmt: skip
