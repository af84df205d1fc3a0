"""What can be asked about suggestions. The text of a suggestion is stored encrypted."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, labelled
from services.contracts.governance.suggestions.vocabulary import (
    ANSWER_ORDERS,
    SUGGESTION_FIELDS,
    SUGGESTION_ORDERS,
    SUGGESTION_STATES,
    SUGGESTION_TOPICS,
    SUGGESTIONS_SHOWN,
)


class SuggestionRef(Schema):
    """One suggestion by id."""

    suggestion_id = fields.UUID(required=True)


@labelled(SUGGESTION_FIELDS)
class MakeAnonymousSuggestion(Schema):
    """What somebody suggests who gives no name, to the union; `may_publish`: whether all may read it when answered."""

    topic = Choice(SUGGESTION_TOPICS, required=True)
    title = Line(60, 2, required=True)
    text = Text(2000, 5, required=True)
    may_publish = fields.Boolean(load_default=False)


@labelled(SUGGESTION_FIELDS)
class MakeSuggestion(MakeAnonymousSuggestion):
    """What a member suggests; `to_unit`: to the own unit instead of the union."""

    to_unit = fields.Boolean(load_default=False)


@labelled(SUGGESTION_FIELDS)
class FollowSuggestion(Schema):
    """The code that was shown when an anonymous suggestion was made; blanks and hyphens in it do not count."""

    code = Line(60, 8, required=True)


@labelled(SUGGESTION_FIELDS)
class PassSuggestionOn(SuggestionRef):
    """To which unit a suggestion goes; without one, back to the union."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    note = Text(500, load_default=None, allow_none=True)


@labelled(SUGGESTION_FIELDS)
class AnswerSuggestion(SuggestionRef):
    """The answer to who made a suggestion, also one that replaces an earlier."""

    answer = Text(3000, 2, required=True)


@labelled(SUGGESTION_FIELDS)
class PublishSuggestion(SuggestionRef):
    """The question as everybody may read it, without what tells who asked; the answer stands beside it."""

    question = Text(1000, 5, required=True)


@labelled(SUGGESTION_FIELDS)
class CloseSuggestion(SuggestionRef):
    """Why a suggestion is not answered."""

    reason = Text(500, 2, required=True)


@labelled(SUGGESTION_FIELDS)
class ListSuggestions(PageRequest):
    """Which suggestions: by default those that wait for an answer, the next due first; a chair: the own units'."""

    show = Choice(SUGGESTIONS_SHOWN, load_default="open")
    topic = Choice(SUGGESTION_TOPICS, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(SUGGESTION_STATES, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=100))
    sort = Choice(SUGGESTION_ORDERS, load_default="due_on")


@labelled(SUGGESTION_FIELDS)
class ListAnswers(PageRequest):
    """Which published answers; `q` is looked for in title, question and answer."""

    topic = Choice(SUGGESTION_TOPICS, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    sort = Choice(ANSWER_ORDERS, load_default="-answered_on")


@labelled(SUGGESTION_FIELDS)
class SuggestionFiguresRequest(Schema):
    """Of which year; this one by default."""

    year = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(2000, 2200))
