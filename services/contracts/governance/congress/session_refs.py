"""What operations of a session name."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Schema


class SessionRef(Schema):
    """One session by id."""

    session_id = fields.UUID(required=True)


class AttendanceRef(SessionRef):
    """A member at a session."""

    member_id = fields.UUID(required=True)


class ItemRef(Schema):
    """One item of an agenda by id."""

    item_id = fields.UUID(required=True)


class SpeakerRef(Schema):
    """One speaker by id."""

    speaker_id = fields.UUID(required=True)


class ResolutionRef(Schema):
    """One resolution by id."""

    resolution_id = fields.UUID(required=True)
