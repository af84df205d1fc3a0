"""Minutes of a meeting: every save is a revision; the second of two savers is told, and gets both versions."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Page, PageRequest, Schema, Text, Timestamp, command, labelled, query
from services.contracts.governance.meetings.meetings import MeetingDetail, MeetingRef
from services.contracts.governance.meetings.vocabulary import MEETING_FIELDS, MINUTES_STATES

LONGEST_MINUTES = 40_000


@labelled(MEETING_FIELDS)
class SaveMinutes(MeetingRef):
    """The minutes as they now read; `base` is the number of the revision they were written from, 0 for none.

    `note` says what was changed, where that helps.
    """

    base = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    text = Text(LONGEST_MINUTES, 1, required=True)
    note = Line(200, load_default=None, allow_none=True)


@labelled(MEETING_FIELDS)
class ReturnMinutes(MeetingRef):
    """Why the minutes are not approved yet."""

    reason = Text(500, 2, required=True)


class GetMinutes(MeetingRef):
    """The latest revision, or the one of a number."""

    number = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1))


class ListRevisions(PageRequest, MeetingRef):
    """The revisions of a meeting's minutes, the latest first."""


@labelled(MEETING_FIELDS)
class MinutesRevision(Schema):
    """A revision: when, by whom, from which one."""

    number = fields.Integer(required=True)
    base = fields.Integer(required=True)
    at = Timestamp(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


@labelled(MEETING_FIELDS)
class Minutes(Schema):
    """纪要 The minutes as one revision has them; `number` is 0 while nothing is written."""

    meeting_id = fields.UUID(required=True)
    state = Choice(MINUTES_STATES, required=True)
    number = fields.Integer(required=True)
    latest = fields.Integer(required=True)
    text = fields.String(required=True)
    at = Timestamp(required=True, allow_none=True)
    member_id = fields.UUID(required=True, allow_none=True)
    approved_by = fields.UUID(required=True, allow_none=True)
    approved_at = Timestamp(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    actions = fields.List(fields.String(), required=True)


get_minutes = query(
    "governance", "get_minutes", request=GetMinutes, reply=Minutes, allow=("officer", "chair", "auditor", "member"),
    doc="The minutes, in the latest or an earlier revision; drafts are for those who write and approve them.",
    title="查看会议纪要",
)  # fmt: skip
list_minutes_revisions = query(
    "governance", "list_minutes_revisions", request=ListRevisions, reply=Page(MinutesRevision),
    allow=("officer", "chair", "auditor", "member"), doc="Who wrote at the minutes, and when.",
    title="查看纪要修订记录",
)  # fmt: skip
save_minutes = command(
    "governance", "save_minutes", request=SaveMinutes, reply=Minutes, allow=("officer", "chair", "member"),
    doc="Save the minutes as a new revision, written from the latest one.", title="保存会议纪要",
)  # fmt: skip
circulate_minutes = command(
    "governance", "circulate_minutes", request=MeetingRef, reply=MeetingDetail, allow=("officer", "chair", "member"),
    doc="Send the minutes to the meeting's members, and to who presides for approval.", title="送审会议纪要",
)  # fmt: skip
return_minutes = command(
    "governance", "return_minutes", request=ReturnMinutes, reply=MeetingDetail, allow=("officer", "chair", "member"),
    doc="Send the minutes back to be corrected.", title="退回会议纪要",
)  # fmt: skip
approve_minutes = command(
    "governance", "approve_minutes", request=MeetingRef, reply=MeetingDetail, allow=("officer", "chair", "member"),
    doc="Approve the minutes: who presided, or an officer; not who wrote them. They change no more.",
    title="审签会议纪要",
)  # fmt: skip
