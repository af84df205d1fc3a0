"""Minutes of a session: every save is a revision; the second of two savers is told, and gets both versions."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Line, Page, PageRequest, Schema, Text, Timestamp, command, labelled, query
from services.contracts.governance.congress.session_refs import SessionRef
from services.contracts.governance.congress.vocabulary import SESSION_FIELDS

LONGEST_MINUTES = 20_000
_OFFICES = ("officer", "auditor")


@labelled(SESSION_FIELDS)
class SaveSessionMinutes(SessionRef):
    """The minutes as they now read; `base` is the number of the revision they were written from, 0 for none.

    `note` says what was changed, where that helps.
    """

    base = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    text = Text(LONGEST_MINUTES, 1, required=True)
    note = Line(200, load_default=None, allow_none=True)


class GetSessionMinutes(SessionRef):
    """The latest revision, or the one of a number."""

    number = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1))


class ListSessionMinutes(PageRequest, SessionRef):
    """The revisions of a session's minutes, the latest first."""


@labelled(SESSION_FIELDS)
class SessionMinutesRevision(Schema):
    """A revision: when, by whom, from which one. What was written before there were revisions names nobody."""

    number = fields.Integer(required=True, metadata={"title": "稿次"})
    base = fields.Integer(required=True)
    at = Timestamp(required=True)
    member_id = fields.UUID(required=True, allow_none=True, metadata={"title": "保存人"})
    note = fields.String(required=True, allow_none=True)


@labelled(SESSION_FIELDS)
class SessionMinutes(Schema):
    """会议记录 The minutes as one revision has them; `number` is 0 while nothing is written."""

    session_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    latest = fields.Integer(required=True)
    text = fields.String(required=True)
    at = Timestamp(required=True, allow_none=True)
    member_id = fields.UUID(required=True, allow_none=True)


get_session_minutes = query(
    "governance", "get_session_minutes", request=GetSessionMinutes, reply=SessionMinutes, allow=_OFFICES,
    doc="The minutes of a session, in the latest or an earlier revision.", title="查看代表大会会议记录",
)  # fmt: skip
list_session_minutes = query(
    "governance", "list_session_minutes", request=ListSessionMinutes, reply=Page(SessionMinutesRevision),
    allow=_OFFICES, doc="Who wrote at the minutes of a session, and when.", title="查看代表大会会议记录的修订",
)  # fmt: skip
save_session_minutes = command(
    "governance", "save_session_minutes", request=SaveSessionMinutes, reply=SessionMinutes, allow=("officer",),
    doc="Save the minutes of a session as a new revision, written from the latest one.", title="保存代表大会会议记录",
)  # fmt: skip
