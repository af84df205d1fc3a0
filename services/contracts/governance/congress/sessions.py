"""Sessions of the congress (次): convened with an agenda, opened with a quorum, closed; who is there."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Timestamp,
    command,
    invalid,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.governance.congress.documents import SessionDocument
from services.contracts.governance.congress.floor import MOST_DELEGATES, AgendaItem, Resolution
from services.contracts.governance.congress.session_refs import AttendanceRef, SessionRef
from services.contracts.governance.congress.terms import CongressRef
from services.contracts.governance.congress.vocabulary import (
    ATTENDANCE_SHOWN,
    BODIES,
    SESSION_FIELDS,
    SESSION_KINDS,
    SESSION_REQUESTS,
    SESSION_STATES,
)


@labelled(SESSION_FIELDS)
class AddSession(CongressRef):
    """A session of a term; of an extra one, who asks for it, and how many delegates where they do."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 30))
    kind = Choice(SESSION_KINDS, load_default="regular")
    opens_on = Day(years_ahead=2, required=True)
    closes_on = Day(years_ahead=2, required=True)
    place = Line(100, 1, required=True)
    requested_by = Choice(SESSION_REQUESTS, load_default=None, allow_none=True)
    requesters = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, MOST_DELEGATES)
    )

    @validates_schema
    def _extra_ones_are_asked_for(self, data: dict[str, Any], **_: Any) -> None:
        if (data["kind"] == "extra") != (data["requested_by"] is not None):
            raise invalid("congress.extra_is_asked_for", "Say who asks for an extra session.", field="requested_by")
        if (data["requested_by"] == "delegates") != (data["requesters"] is not None):
            raise invalid("congress.requesters_are_counted", "Say how many delegates ask.", field="requesters")


@labelled(SESSION_FIELDS)
class ChangeSession(SessionRef):
    """Other days or another place; `version` is that of the session that was read."""

    version = fields.Integer(required=True, strict=True)
    opens_on = Day(years_ahead=2, required=True)
    closes_on = Day(years_ahead=2, required=True)
    place = Line(100, 1, required=True)


class ListSessions(PageRequest, CongressRef):
    """The sessions of a term, newest first."""


class SearchSessions(PageRequest):
    """Words of a session's name, place, items or resolutions; newest first."""

    q = Line(60, 1, required=True)


@labelled(SESSION_FIELDS)
class CheckIn(AttendanceRef):
    """A delegate at a session; `came_at` where a list on paper is entered afterwards, now where it is empty."""

    came_at = Timestamp(load_default=None, allow_none=True)


@labelled(SESSION_FIELDS)
class CongressSession(Schema):
    """次 A session in a list; `term` is the number of its congress."""

    id = fields.UUID(required=True)
    congress_id = fields.UUID(required=True)
    term = fields.Integer(required=True)
    number = fields.Integer(required=True)
    kind = Choice(SESSION_KINDS, required=True)
    requested_by = Choice(SESSION_REQUESTS, required=True, allow_none=True)
    requesters = fields.Integer(required=True, allow_none=True)
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)
    place = fields.String(required=True)
    state = Choice(SESSION_STATES, required=True)
    version = fields.Integer(required=True)


@labelled(SESSION_FIELDS)
class BodyQuorum(Schema):
    """How many delegates of a body are there, of how many, and how many are missing; guests never count."""

    body = Choice(BODIES, required=True)
    delegates = fields.Integer(required=True)
    present = fields.Integer(required=True)
    needed = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    rule = fields.Dict(required=True)


class SessionQuorum(Schema):
    """The quorum of each body now."""

    session_id = fields.UUID(required=True)
    bodies = fields.List(fields.Nested(BodyQuorum), required=True)


class SessionDetail(CongressSession):
    """One session whole: quorum, agenda with speakers, resolutions, what the caller may do.

    `seat`, `present`: whether the caller is a delegate, and is there; `invited`: whether as a guest. `documents`: what
    the caller may read. `guests` counts those invited, `guests_present` those who came. `minutes` are told when the
    session is closed, to officers before.
    """

    quorum = fields.List(fields.Nested(BodyQuorum), required=True)
    agenda = fields.List(fields.Nested(AgendaItem), required=True)
    resolutions = fields.List(fields.Nested(Resolution), required=True)
    documents = fields.List(fields.Nested(SessionDocument), required=True)
    guests = fields.Integer(required=True)
    guests_present = fields.Integer(required=True)
    invited = fields.Boolean(required=True)
    minutes = fields.String(required=True, allow_none=True)
    closed_on = fields.Date(required=True, allow_none=True)
    actions = fields.List(fields.String(), required=True)
    seat = fields.Boolean(required=True)
    present = fields.Boolean(required=True)


class ListAttendance(PageRequest, SessionRef):
    """Delegates of the congress with whether they are there."""

    show = Choice(ATTENDANCE_SHOWN, load_default="all", metadata=label(SESSION_FIELDS.texts["show"]))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label(SESSION_FIELDS.texts["unit_id"]))


@labelled(SESSION_FIELDS)
class Attendance(Schema):
    """签到 A delegate, and when the member came and left; a guest is of no body and no unit."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    bodies = fields.List(Choice(BODIES), required=True)
    came_at = Timestamp(required=True, allow_none=True)
    left_at = Timestamp(required=True, allow_none=True)


_SEES = ("officer", "auditor", "chair", "member")
_UNION = {"chair": "union", "member": "union"}

list_sessions = query(
    "governance", "list_sessions", request=ListSessions, reply=Page(CongressSession), allow=_SEES, reach=_UNION,
    doc="The sessions of a term, newest first.", title="查看历次会议",
)  # fmt: skip
search_sessions = query(
    "governance", "search_sessions", request=SearchSessions, reply=Page(CongressSession), allow=_SEES, reach=_UNION,
    doc="Sessions of all terms by name, place, items and resolutions.", title="搜索会议",
)  # fmt: skip
get_session = query(
    "governance", "get_session", request=SessionRef, reply=SessionDetail, allow=_SEES, reach=_UNION,
    doc="One session with quorum, agenda, speakers and resolutions.", title="查看一次会议",
)  # fmt: skip
session_quorum = query(
    "governance", "session_quorum", request=SessionRef, reply=SessionQuorum, allow=_SEES, reach=_UNION,
    doc="Who is there of each body, and how many are missing.", title="查看到会人数",
)  # fmt: skip
add_session = command(
    "governance", "add_session", request=AddSession, reply=CongressSession, allow=("officer",),
    doc="Prepare a session.", title="新建一次会议",
)  # fmt: skip
change_session = command(
    "governance", "change_session", request=ChangeSession, reply=CongressSession, allow=("officer",),
    doc="Change days or place of a session that has not been opened; delegates who were called are told.",
    title="修改会议日期和会场",
)  # fmt: skip
convene_session = command(
    "governance", "convene_session", request=SessionRef, reply=CongressSession, allow=("officer",),
    doc="Convene a session with its agenda; every delegate is told.", title="召集会议",
)  # fmt: skip
open_session = command(
    "governance", "open_session", request=SessionRef, reply=CongressSession, allow=("officer",),
    doc="Open a session when every body has its quorum.", title="宣布开会",
)  # fmt: skip
close_session = command(
    "governance", "close_session", request=SessionRef, reply=CongressSession, allow=("officer",),
    doc="Close a session whose agenda is done.", title="宣布闭会",
)  # fmt: skip
check_in = command(
    "governance", "check_in", request=CheckIn, reply=Attendance, allow=("officer",),
    doc="Note that a delegate or an invited member came.", title="登记签到",
)  # fmt: skip
check_out = command(
    "governance", "check_out", request=AttendanceRef, reply=Attendance, allow=("officer",),
    doc="Note that a delegate left.", title="登记离场",
)  # fmt: skip
list_attendance = query(
    "governance", "list_attendance", request=ListAttendance, reply=Page(Attendance), allow=("officer", "auditor"),
    doc="Delegates with when they came and left.", title="查看签到名单",
)  # fmt: skip
