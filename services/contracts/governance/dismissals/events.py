"""Events of dismissal notices: that an opinion is due, and that it is no more. The id leads to nothing."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Event, Schema

_CASE = "7c1e4f0a-2b6d-4f3e-8a75-0c9d1e2f3a4b"


class OpinionDueData(Schema):
    """A random id, which no address, list or log knows, and the last day for the union's opinion."""

    case_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)


class DismissalOpinionDue(Event, source="governance"):
    """The union is to give an opinion until a day."""

    subject = "dismissal/{case_id}"
    data = OpinionDueData
    example = {"case_id": _CASE, "due_on": "2026-03-18"}


class DismissalOpinionOverdue(Event, source="governance"):
    """The last day for the union's opinion has passed."""

    subject = "dismissal/{case_id}"
    data = OpinionDueData
    example = {"case_id": _CASE, "due_on": "2026-03-10"}


class OpinionSettledData(Schema):
    """A random id."""

    case_id = fields.UUID(required=True)


class DismissalOpinionSettled(Event, source="governance"):
    """No opinion is due any more: it was given, or the employer ends no contract."""

    subject = "dismissal/{case_id}"
    data = OpinionSettledData
    example = {"case_id": _CASE}
