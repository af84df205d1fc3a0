"""Requests of surveys."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Timestamp, labelled
from services.contracts.activities.calendar.shapes import Audience
from services.contracts.activities.surveys.vocabulary import (
    QUESTION_KINDS,
    SURVEY_ELECTORATES,
    SURVEY_FIELDS,
    SURVEY_ORDERS,
    SURVEY_STATES,
)
from services.contracts.days import Day
from services.contracts.eras import EARLIEST_BIRTH, LIFETIME

MOST_QUESTIONS = 40
MOST_OPTIONS = 20
LONGEST_LINE = 200
LONGEST_ANSWER = 1000
_BASE64 = r"\A[A-Za-z0-9+/]+={0,2}\Z"
_OPTION = fields.Integer(strict=True, validate=validate.Range(min=1, max=MOST_OPTIONS))


def no_audience() -> dict[str, Any]:
    """Return the audience that restricts nothing."""
    return {"units": [], "employments": []}


class Condition(Schema):
    """Which options of an earlier question, by numbers from 1, lead to this one."""

    question = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=MOST_QUESTIONS))
    choices = fields.List(_OPTION, required=True, validate=validate.Length(min=1, max=MOST_OPTIONS))


@labelled(SURVEY_FIELDS)
class SurveyQuestion(Schema):
    """题目 A question; kinds `choice` and `choices` have options, the others have none."""

    question = Line(200, 2, required=True)
    kind = Choice(QUESTION_KINDS, required=True)
    options = fields.List(Line(60, 1), load_default=list, validate=validate.Length(max=MOST_OPTIONS))
    required = fields.Boolean(load_default=False)
    condition = fields.Nested(Condition, load_default=None, allow_none=True)


@labelled(SURVEY_FIELDS)
class SurveyTerms(Schema):
    """What a survey asks, whom, and how long.

    `audience` is for the electorate `members`: who belongs to it when the survey is opened. Without `closes_at` it is
    closed by hand.
    """

    title = Line(80, 2, required=True)
    about = Text(1000, load_default=None, allow_none=True)
    anonymous = fields.Boolean(load_default=True)
    by_unit = fields.Boolean(load_default=False)
    electorate = Choice(SURVEY_ELECTORATES, load_default="members")
    audience = fields.Nested(Audience, load_default=no_audience)
    activity_id = fields.UUID(load_default=None, allow_none=True)
    opens_at = Timestamp(load_default=None, allow_none=True)
    closes_at = Timestamp(load_default=None, allow_none=True)
    questions = fields.List(
        fields.Nested(SurveyQuestion), load_default=list, validate=validate.Length(max=MOST_QUESTIONS)
    )


@labelled(SURVEY_FIELDS)
class WriteSurvey(SurveyTerms):
    """A new survey; without unit it is the union's own, which officers run."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


class ChangeSurvey(SurveyTerms):
    """A draft as it is to be; `version` is the one that was read."""

    survey_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, required=True)


class SurveyRef(Schema):
    """One survey by id."""

    survey_id = fields.UUID(required=True)


@labelled(SURVEY_FIELDS)
class ExtendSurvey(SurveyRef):
    """Until when answers are taken now."""

    closes_at = Timestamp(required=True)


@labelled(SURVEY_FIELDS)
class CancelSurvey(SurveyRef):
    """Why a survey is cancelled."""

    reason = Text(200, 2, required=True)


@labelled(SURVEY_FIELDS)
class PublishSurvey(SurveyRef):
    """Whether what was written is read with the figures; what was hidden never is."""

    with_texts = fields.Boolean(load_default=False)


@labelled(SURVEY_FIELDS)
class ModerateText(SurveyRef):
    """Why a text is hidden; without reason it is shown again."""

    text_id = fields.UUID(required=True)
    reason = Text(200, 2, load_default=None, allow_none=True)


@labelled(SURVEY_FIELDS)
class ListSurveys(PageRequest):
    """Which surveys; a chair sees those of the own units."""

    q = Line(50, load_default=None, allow_none=True)
    state = Choice(SURVEY_STATES, load_default=None, allow_none=True)
    activity_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    sort = Choice(SURVEY_ORDERS, load_default="-created_at")


@labelled(SURVEY_FIELDS)
class MySurveys(PageRequest):
    """Surveys on whose roll one stands: those of one state, with these words, or all."""

    q = Line(50, load_default=None, allow_none=True)
    state = Choice(SURVEY_STATES, load_default=None, allow_none=True)
    ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=100))


class SurveyPart(PageRequest):
    """A list of one survey."""

    survey_id = fields.UUID(required=True)


@labelled(SURVEY_FIELDS)
class SurveyFigures(SurveyPart):
    """Figures of the whole survey, or of one unit."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


@labelled(SURVEY_FIELDS)
class SurveyTexts(SurveyPart):
    """What was written, with these words, to one question, hidden or not."""

    q = Line(50, load_default=None, allow_none=True)
    number = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=MOST_QUESTIONS))
    hidden = fields.Boolean(load_default=None, allow_none=True)


class Answer(Schema):
    """The answer to one question: words, a number, a day, or numbers of options from 1; all null for none.

    `yes_no` has the options 1 for yes and 2 for no, `rating` the points 1 to 5.
    """

    text = Text(LONGEST_ANSWER, load_default=None, allow_none=True)
    number = fields.Decimal(load_default=None, allow_none=True, allow_nan=False, as_string=True)
    day = Day(EARLIEST_BIRTH, LIFETIME, load_default=None, allow_none=True)
    choices = fields.List(_OPTION, load_default=list, validate=validate.Length(max=MOST_OPTIONS))


class AnswerSurvey(SurveyRef):
    """One's own answers to a named survey, one for each question; while it is open, they may be given again.

    An answer to a question that its condition leaves out is not kept.
    """

    answers = fields.List(fields.Nested(Answer), required=True, validate=validate.Length(max=MOST_QUESTIONS))


class RequestSurveyToken(SurveyRef):
    """The blinded message of a token that the member's own device made."""

    blinded = fields.String(required=True, validate=validate.Length(4, 1024))


class HandInAnswers(AnswerSurvey):
    """Answers to an anonymous survey; `token` has 64 random bytes, `signature` is that of the group's key."""

    group = fields.Integer(strict=True, required=True)
    token = fields.String(required=True, validate=[validate.Length(88, 88), validate.Regexp(_BASE64)])
    signature = fields.String(required=True, validate=[validate.Length(4, 700), validate.Regexp(_BASE64)])
