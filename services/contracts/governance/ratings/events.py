"""Events of ratings: ids and counts. None says who handed in a sheet, or how anybody graded."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Choice, Event, Schema, Timestamp
from services.contracts.governance.ratings.vocabulary import RATING_ENDS, RATING_KINDS, RATING_WAYS

MEMBERS_OF_AN_EVENT = 500
"""Members that one event names at most."""

_RATING = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0c01"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


def _members() -> fields.Field[Any]:
    return fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MEMBERS_OF_AN_EVENT))


class RatingData(Schema):
    """Which round of which kind and year, and how many may fill in a sheet."""

    rating_id = fields.UUID(required=True)
    kind = Choice(RATING_KINDS, required=True)
    year = fields.Integer(required=True)
    way = Choice(RATING_WAYS, required=True)
    entitled = fields.Integer(required=True, allow_none=True)


class RatingOpenedData(RatingData):
    """A round and until when sheets are taken; null where somebody closes it."""

    closes_at = Timestamp(required=True, allow_none=True)


_EXAMPLE = {"rating_id": _RATING, "kind": "union", "year": 2026, "way": "online", "entitled": 1200}


class RatingOpened(Event, source="governance"):
    """The roll of a round is frozen and sheets are taken."""

    subject = "rating/{rating_id}"
    data = RatingOpenedData
    example = {**_EXAMPLE, "closes_at": "2026-12-20T10:00:00+00:00"}


class RatingClosedData(RatingData):
    """A round and how many sheets were counted."""

    sheets = fields.Integer(required=True)


class RatingClosed(Event, source="governance"):
    """A round is closed and counted; its sheets are erased."""

    subject = "rating/{rating_id}"
    data = RatingClosedData
    example = {**_EXAMPLE, "sheets": 874}


class RatingRefData(Schema):
    """Which round."""

    rating_id = fields.UUID(required=True)


class RatingCancelled(Event, source="governance"):
    """A round was cancelled; its sheets are erased."""

    subject = "rating/{rating_id}"
    data = RatingRefData
    example = {"rating_id": _RATING}


class RatingPublished(Event, source="governance"):
    """The result of an assessment of leaders may be read by those who assessed them."""

    subject = "rating/{rating_id}"
    data = RatingRefData
    example = {"rating_id": _RATING}


class RatersData(Schema):
    """Some of the members on the roll of a round."""

    rating_id = fields.UUID(required=True)
    member_ids = _members()
    kind = Choice(RATING_KINDS, required=True)


class RatersCalledData(RatersData):
    """Some of the members who may fill in a sheet, until when; `again`: they are all reminded."""

    closes_at = Timestamp(required=True, allow_none=True)
    again = fields.Boolean(required=True)


class RatersCalled(Event, source="governance"):
    """Members are called or reminded to fill in a sheet: always all of them, whether they did or not."""

    subject = "rating/{rating_id}"
    data = RatersCalledData
    example = {
        "rating_id": _RATING, "member_ids": [_MEMBER], "kind": "union", "closes_at": "2026-12-20T10:00:00+00:00",
        "again": False,
    }  # fmt: skip


class RatersToldData(RatersData):
    """Some of the members on the roll, and how the round ended for them."""

    end = Choice(RATING_ENDS, required=True)


class RatersTold(Event, source="governance"):
    """Members on the roll are told that a result can be read, or that a round was cancelled."""

    subject = "rating/{rating_id}"
    data = RatersToldData
    example = {"rating_id": _RATING, "member_ids": [_MEMBER], "kind": "union", "end": "closed"}
