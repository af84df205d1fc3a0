"""Events of recuperation: ids, days, counts and hashes."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.welfare.recuperation.vocabulary import APPLICATION_STATES

_ROUND = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0201"
_TRIP = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0202"
_APPLICATION = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0203"
_HASH = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"


class TripPublishedData(Schema):
    """Which trip of which round, its days and places."""

    trip_id = fields.UUID(required=True)
    round_id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    places = fields.Integer(required=True)


class TripPublished(Event, source="welfare"):
    """A recuperation trip was published; members can apply for it."""

    subject = "trip/{trip_id}"
    data = TripPublishedData
    example = {
        "trip_id": _TRIP, "round_id": _ROUND, "starts_on": "2026-07-10", "ends_on": "2026-07-14", "places": 30,
    }  # fmt: skip


class DrawCommittedData(Schema):
    """The hashes of the list and of the secret, and from which day the public value is."""

    round_id = fields.UUID(required=True)
    entries = fields.Integer(required=True)
    entries_sha256 = fields.String(required=True)
    seed_sha256 = fields.String(required=True)
    public_day = fields.Date(required=True)


class DrawCommitted(Event, source="welfare"):
    """The secret of a round's draw was committed; from now on nothing about the draw can be changed."""

    subject = "recuperation_round/{round_id}"
    data = DrawCommittedData
    example = {
        "round_id": _ROUND, "entries": 48, "entries_sha256": _HASH, "seed_sha256": _HASH, "public_day": "2026-06-12",
    }  # fmt: skip


class DrawDecidedData(Schema):
    """How many entries were drawn, got a place, and wait."""

    round_id = fields.UUID(required=True)
    entries = fields.Integer(required=True)
    placed = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    entries_sha256 = fields.String(required=True)


class DrawDecided(Event, source="welfare"):
    """A round was drawn; its file with the secret can be verified by anyone. Published once."""

    subject = "recuperation_round/{round_id}"
    data = DrawDecidedData
    example = {"round_id": _ROUND, "entries": 48, "placed": 30, "waiting": 18, "entries_sha256": _HASH}


class TripPlaceChangedData(Schema):
    """Whose application, its state, and the trip it has a place on, null for none."""

    application_id = fields.UUID(required=True)
    round_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    trip_id = fields.UUID(required=True, allow_none=True)
    state = Choice(APPLICATION_STATES, required=True)


class TripPlaceChanged(Event, source="welfare"):
    """An application got a place, lost it, waits, or was settled: by the draw, a withdrawal, a trip that failed."""

    subject = "trip_application/{application_id}"
    data = TripPlaceChangedData
    example = {
        "application_id": _APPLICATION, "round_id": _ROUND, "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
        "trip_id": _TRIP, "state": "drawn_in",
    }  # fmt: skip
