"""What surveys look like to who runs them, who fills them in, and who reads the results."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, labelled
from services.contracts.activities.calendar.shapes import Audience
from services.contracts.activities.surveys.requests import Answer, SurveyQuestion
from services.contracts.activities.surveys.vocabulary import (
    OWN_ANSWERS,
    QUESTION_KINDS,
    SURVEY_ELECTORATES,
    SURVEY_FIELDS,
    SURVEY_STATES,
)


@labelled(SURVEY_FIELDS)
class Survey(Schema):
    """问卷 A survey in a list. `entitled` is the size of the roll, fixed at the opening; `sheets` how many came."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(allow_none=True)
    electorate = Choice(SURVEY_ELECTORATES, required=True)
    activity_id = fields.UUID(allow_none=True)
    anonymous = fields.Boolean(required=True)
    by_unit = fields.Boolean(required=True)
    state = Choice(SURVEY_STATES, required=True)
    created_at = Timestamp(required=True)
    opened_at = Timestamp(allow_none=True)
    closes_at = Timestamp(allow_none=True)
    closed_at = Timestamp(allow_none=True)
    published_at = Timestamp(allow_none=True)
    entitled = fields.Integer(allow_none=True)
    sheets = fields.Integer(allow_none=True)


class OwnSurvey(Survey):
    """A survey with what the caller did: `open`, `started` (a token was given out), `answered`."""

    mine = Choice(OWN_ANSWERS, required=True)


class RuleOfSurvey(Schema):
    """The rule on the smallest group, as it held at the opening."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    document = fields.String(required=True)
    number = fields.String(allow_none=True)
    article = fields.String(allow_none=True)
    ruleset = fields.String(required=True)


class SurveyStep(Schema):
    """One step of a survey's course."""

    step = fields.String(required=True)
    at = Timestamp(required=True)
    reason = fields.String(allow_none=True)


@labelled(SURVEY_FIELDS)
class SurveyDetail(Survey):
    """A survey whole. `fingerprint`: hash of the keys that sign its tokens, the same to everybody.

    `mine`: what the caller did: `none` (not on the roll), `open`, `started` (a token was given out), `answered`;
    `group`: whose key signs the caller's token. `rule` is null where `smallest` is what holds without a rule.
    """

    about = fields.String(allow_none=True)
    audience = fields.Nested(Audience, required=True)
    opens_at = Timestamp(allow_none=True)
    questions = fields.List(fields.Nested(SurveyQuestion), required=True)
    reason = fields.String(allow_none=True)
    smallest = fields.Integer(allow_none=True)
    rule = fields.Nested(RuleOfSurvey, allow_none=True)
    with_texts = fields.Boolean(required=True)
    fingerprint = fields.String(allow_none=True)
    mine = Choice(OWN_ANSWERS, required=True)
    group = fields.Integer(allow_none=True)
    own_answers = fields.List(fields.Nested(Answer), allow_none=True, load_default=None)
    may_fill = fields.Boolean(required=True)
    shows_result = fields.Boolean(required=True)
    actions = fields.List(fields.String(), required=True)
    history = fields.List(fields.Nested(SurveyStep), required=True)
    version = fields.Integer(required=True)


class SurveyToken(Schema):
    """The blind signature of a token."""

    signature = fields.String(required=True)


class GroupKey(Schema):
    """The key of a group, base64."""

    group = fields.Integer(required=True)
    key = fields.String(required=True)


class SurveyKeys(Schema):
    """The keys that sign the tokens of a survey, and their hash."""

    survey_id = fields.UUID(required=True)
    state = Choice(SURVEY_STATES, required=True)
    groups = fields.List(fields.Nested(GroupKey), required=True)
    fingerprint = fields.String(required=True)


class AnswersTaken(Schema):
    """That answers were taken."""

    taken = fields.Boolean(required=True)


class OptionCount(Schema):
    """How many chose an option; `percent` of those who answered the question."""

    option = fields.String(required=True)
    count = fields.Integer(required=True)
    percent = fields.String(allow_none=True)


class QuestionResult(Schema):
    """What came of a question: counts of options, the mean of points or numbers, or how many wrote something."""

    number = fields.Integer(required=True)
    question = fields.String(required=True)
    kind = Choice(QUESTION_KINDS, required=True)
    answered = fields.Integer(required=True)
    mean = fields.String(allow_none=True)
    options = fields.List(fields.Nested(OptionCount), required=True)


class GroupResult(Schema):
    """The result of a unit, or of all others together (`unit_id` null); nothing is told where `shown` is false."""

    unit_id = fields.UUID(allow_none=True)
    shown = fields.Boolean(required=True)
    entitled = fields.Integer(allow_none=True)
    sheets = fields.Integer(allow_none=True)
    questions = fields.List(fields.Nested(QuestionResult), required=True)


class SurveyResult(Schema):
    """The result of a survey that ended; `shown` is false where too few answered to tell anything."""

    survey_id = fields.UUID(required=True)
    entitled = fields.Integer(required=True)
    sheets = fields.Integer(required=True)
    turnout = fields.String(allow_none=True)
    smallest = fields.Integer(allow_none=True)
    shown = fields.Boolean(required=True)
    with_texts = fields.Boolean(required=True)
    questions = fields.List(fields.Nested(QuestionResult), required=True)
    groups = fields.List(fields.Nested(GroupResult), required=True)


@labelled(SURVEY_FIELDS)
class SurveyFigure(Schema):
    """One line of the result: an option of a question, or the question itself where it has none."""

    number = fields.Integer(required=True)
    question = fields.String(required=True)
    option = fields.String(allow_none=True)
    count = fields.Integer(required=True)
    percent = fields.String(allow_none=True)
    answered = fields.Integer(required=True)
    mean = fields.String(allow_none=True)


@labelled(SURVEY_FIELDS)
class SurveyText(Schema):
    """What somebody wrote to a question; in random order. `reason` is why it is hidden; `actions`: `hide` or `show`."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    question = fields.String(required=True)
    text = fields.String(required=True)
    hidden = fields.Boolean(required=True)
    reason = fields.String(allow_none=True)
    actions = fields.List(fields.String(), required=True)


@labelled(SURVEY_FIELDS)
class NamedAnswer(Schema):
    """What a member answered to a named survey: by question in words, null where nothing was answered."""

    member_id = fields.UUID(required=True)
    answered_at = Timestamp(required=True)
    answers = fields.List(fields.String(allow_none=True), required=True)
    text = fields.String(required=True)


@labelled(SURVEY_FIELDS)
class OwnAnswer(Schema):
    """What the caller answered to a named survey."""

    survey_id = fields.UUID(required=True)
    title = fields.String(required=True)
    answered_at = Timestamp(required=True)
    text = fields.String(required=True)
