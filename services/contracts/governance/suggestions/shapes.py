"""What is answered about suggestions."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, labelled
from services.contracts.governance.suggestions.vocabulary import (
    SUGGESTION_FIELDS,
    SUGGESTION_STATES,
    SUGGESTION_STEPS,
    SUGGESTION_TOPICS,
)


@labelled(SUGGESTION_FIELDS)
class Suggestion(Schema):
    """建议 A suggestion in a list, without its text.

    `member_id`: who made it, null where nobody may know: it is anonymous, or was passed on to the reader's unit.
    `unit_id`: which unit answers; null for the union.
    """

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    topic = Choice(SUGGESTION_TOPICS, required=True)
    title = fields.String(required=True)
    state = Choice(SUGGESTION_STATES, required=True)
    anonymous = fields.Boolean(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    answered_on = fields.Date(required=True, allow_none=True)
    published = fields.Boolean(required=True)


@labelled(SUGGESTION_FIELDS)
class SuggestionEntry(Schema):
    """What was done with a suggestion, on which day."""

    step = Choice(SUGGESTION_STEPS, required=True)
    note = fields.String(required=True, allow_none=True)
    day = fields.Date(required=True)


@labelled(SUGGESTION_FIELDS)
class SuggestionDetail(Suggestion):
    """One suggestion whole, to its author and to those who answer it. `actions`: what the caller may do now.

    The text is null once its time of keeping is over.
    """

    text = fields.String(required=True, allow_none=True)
    may_publish = fields.Boolean(required=True)
    answer = fields.String(required=True, allow_none=True)
    question = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    own = fields.Boolean(required=True)
    history = fields.List(fields.Nested(SuggestionEntry), required=True)
    actions = fields.List(fields.String(), required=True)


@labelled(SUGGESTION_FIELDS)
class SuggestionCode(Schema):
    """The code by which an anonymous suggestion is followed; it is shown once."""

    number = fields.String(required=True)
    code = fields.String(required=True)


@labelled(SUGGESTION_FIELDS)
class FollowedSuggestion(Schema):
    """What became of an anonymous suggestion."""

    number = fields.String(required=True)
    topic = Choice(SUGGESTION_TOPICS, required=True)
    title = fields.String(required=True)
    state = Choice(SUGGESTION_STATES, required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)
    answered_on = fields.Date(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


@labelled(SUGGESTION_FIELDS)
class PublishedAnswer(Schema):
    """公开答复 A question and its answer as every member reads them."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    topic = Choice(SUGGESTION_TOPICS, required=True)
    title = fields.String(required=True)
    question = fields.String(required=True)
    answer = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    answered_on = fields.Date(required=True)


@labelled(SUGGESTION_FIELDS)
class TopicFigures(Schema):
    """The suggestions of a year on one topic; `days`: from the receipt to the answer on average, null without one."""

    topic = Choice(SUGGESTION_TOPICS, required=True)
    received = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    published = fields.Integer(required=True)
    days = fields.Integer(required=True, allow_none=True)


class SuggestionFigures(Schema):
    """The suggestions of a year by topic, without persons."""

    year = fields.Integer(required=True)
    received = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    topics = fields.List(fields.Nested(TopicFigures), required=True)
