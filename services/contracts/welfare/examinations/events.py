"""Events of examinations: ids, days and counts. None says what an examination found."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.welfare.examinations.vocabulary import EXAMINATION_KINDS

_EXAMINATION = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0401"
_EXAMINEE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0402"


class ExaminationDueData(Schema):
    """Whose examination in which campaign, which round of telling it is, and until when to book."""

    examinee_id = fields.UUID(required=True)
    examination_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    title = fields.String(required=True)
    book_until = fields.Date(required=True)
    round = fields.Integer(required=True)


class ExaminationDue(Event, source="welfare"):
    """A member has no appointment for an examination yet. Once for each member, campaign and round."""

    subject = "examinee/{examinee_id}"
    data = ExaminationDueData
    example = {
        "examinee_id": _EXAMINEE, "examination_id": _EXAMINATION, "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
        "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "title": "2026 年教职工体检", "book_until": "2026-05-31",
        "round": 1,
    }  # fmt: skip


class ExaminationUnbookedData(Schema):
    """How many members of a unit have no appointment, how many had none when it was told before, until when to book.

    `unbooked` is 0 also where booking is over: nobody can be reminded any more.
    """

    examination_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    unbooked = fields.Integer(required=True)
    before = fields.Integer(required=True)
    book_until = fields.Date(required=True)


class ExaminationUnbooked(Event, source="welfare"):
    """The number of a unit's members without appointment changed; 0 when nothing is left to do."""

    subject = "examination/{examination_id}"
    data = ExaminationUnbookedData
    example = {
        "examination_id": _EXAMINATION, "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "unbooked": 12, "before": 0,
        "book_until": "2026-05-31",
    }  # fmt: skip


class ExaminationToCloseData(Schema):
    """Which campaign; `open` is false once it was closed, or goes on by further slots."""

    examination_id = fields.UUID(required=True)
    open = fields.Boolean(required=True)


class ExaminationToClose(Event, source="welfare"):
    """Nobody can book any more and the last appointment is over: the campaign waits to be closed, or was."""

    subject = "examination/{examination_id}"
    data = ExaminationToCloseData
    example = {"examination_id": _EXAMINATION, "open": True}


class ExaminationProgressedData(Schema):
    """How many members of a campaign's list were examined."""

    examination_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    kind = Choice(EXAMINATION_KINDS, required=True)
    eligible = fields.Integer(required=True)
    attended = fields.Integer(required=True)


class ExaminationProgressed(Event, source="welfare"):
    """The number of members on a campaign's list, or of those examined, changed."""

    subject = "examination/{examination_id}"
    data = ExaminationProgressedData
    example = {"examination_id": _EXAMINATION, "year": 2026, "kind": "general", "eligible": 1200, "attended": 640}
