"""Events of surveys: what opened and ended, whom it asks. None says what somebody answered."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema, Timestamp
from services.contracts.activities.surveys.vocabulary import SURVEY_CALLS, SURVEY_ELECTORATES, SURVEY_ENDS

MEMBERS_OF_AN_EVENT = 500
"""Members that one event names at most."""
_SURVEY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f5001"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class OpenedData(Schema):
    """Which survey can be filled in, by how many, until when."""

    survey_id = fields.UUID(required=True)
    title = fields.String(required=True)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    electorate = Choice(SURVEY_ELECTORATES, required=True)
    activity_id = fields.UUID(allow_none=True, load_default=None)
    anonymous = fields.Boolean(required=True)
    entitled = fields.Integer(required=True)
    closes_at = Timestamp(allow_none=True, load_default=None)


class SurveyOpened(Event, source="activities"):
    """A survey can be filled in."""

    subject = "survey/{survey_id}"
    data = OpenedData
    example = {
        "survey_id": _SURVEY, "title": "大合唱满意度调查", "unit_id": None, "electorate": "members",
        "activity_id": None, "anonymous": True, "entitled": 400, "closes_at": "2023-10-10T10:00:00+00:00",
    }  # fmt: skip


class CalledData(Schema):
    """Members who are asked to fill in a survey, for the first time, again, or for longer."""

    survey_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True)
    call = Choice(SURVEY_CALLS, required=True)
    closes_at = Timestamp(allow_none=True, load_default=None)


class SurveyCalled(Event, source="activities"):
    """Members are asked to fill in a survey; several events for many members."""

    subject = "survey/{survey_id}"
    data = CalledData
    example = {
        "survey_id": _SURVEY, "member_ids": [_MEMBER], "call": "called", "closes_at": "2023-10-10T10:00:00+00:00",
    }  # fmt: skip


class AnsweredData(Schema):
    """Members who need not be asked again."""

    survey_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True)


class SurveyAnswered(Event, source="activities"):
    """Members answered a named survey, or got tokens of an anonymous one; these only twenty or more at a time."""

    subject = "survey/{survey_id}"
    data = AnsweredData
    example = {"survey_id": _SURVEY, "member_ids": [_MEMBER]}


class ClosedData(Schema):
    """Which survey ended, how many could fill it in and how many did; cancelled ones tell nothing."""

    survey_id = fields.UUID(required=True)
    activity_id = fields.UUID(allow_none=True, load_default=None)
    entitled = fields.Integer(allow_none=True, load_default=None)
    sheets = fields.Integer(required=True)
    cancelled = fields.Boolean(required=True)


class SurveyClosed(Event, source="activities"):
    """A survey ended by its time or by hand, or was cancelled while it was open."""

    subject = "survey/{survey_id}"
    data = ClosedData
    example = {"survey_id": _SURVEY, "activity_id": None, "entitled": 400, "sheets": 212, "cancelled": False}


class PublishedData(Schema):
    """Which survey's result can be read by those who were asked."""

    survey_id = fields.UUID(required=True)
    with_texts = fields.Boolean(required=True)


class SurveyPublished(Event, source="activities"):
    """The result of a survey is published."""

    subject = "survey/{survey_id}"
    data = PublishedData
    example = {"survey_id": _SURVEY, "with_texts": False}


class ToldData(Schema):
    """Members who stand on the roll of a survey that ended early, was cancelled, or whose result is published."""

    survey_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True)
    end = Choice(SURVEY_ENDS, required=True)


class SurveyTold(Event, source="activities"):
    """Members are told what became of a survey; several events for many members."""

    subject = "survey/{survey_id}"
    data = ToldData
    example = {"survey_id": _SURVEY, "member_ids": [_MEMBER], "end": "published"}
