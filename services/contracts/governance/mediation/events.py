"""Events of mediation: that there is a case, and that it ended. The id is made for events and leads to nothing."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Event, Schema

_EXAMPLE = {"case_id": "5a0c3f0e-3c1b-4d5a-9a51-2f8d0f6a7b11"}


class CaseData(Schema):
    """A random id, which no address, list or log knows."""

    case_id = fields.UUID(required=True)


class DisputeRegistered(Event, source="governance"):
    """A dispute was registered. Nothing about it is told."""

    subject = "case/{case_id}"
    data = CaseData
    example = _EXAMPLE


class DisputeClosed(Event, source="governance"):
    """A dispute ended. Not how."""

    subject = "case/{case_id}"
    data = CaseData
    example = _EXAMPLE
