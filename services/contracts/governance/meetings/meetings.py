"""Meetings: planning, notice, list of members, agenda, documents, attendance, holding."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Operation,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileContent, FileName, MediaType
from services.contracts.governance.meetings.bodies import MOST_SEATS
from services.contracts.governance.meetings.vocabulary import (
    ATTENDANCES,
    BODY_KINDS,
    ITEM_KINDS,
    MEETING_FIELDS,
    MEETING_ORDERS,
    MEETING_STATES,
    MEETINGS_SHOWN,
    MINUTES_STATES,
    SEAT_ROLES,
)
from services.contracts.ids import ids_filter

MOST_ITEMS, MOST_DOCUMENTS = 60, 60
"""Of one meeting."""
_READS = ("officer", "chair", "auditor", "member")
_DOES = ("officer", "chair", "member")
"""Officers, the unit's chair, who presides and who takes the minutes; the use case checks which."""


class MeetingRef(Schema):
    """One meeting by id."""

    meeting_id = fields.UUID(required=True)


@labelled(MEETING_FIELDS)
class PlanMeeting(Schema):
    """A meeting of a body that is being prepared; nobody is told before it is called."""

    body_id = fields.UUID(required=True)
    title = Line(100, 2, required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    place = Line(100, 1, required=True)
    notice = Text(2000, load_default=None, allow_none=True)


@labelled(MEETING_FIELDS)
class ChangeMeeting(MeetingRef):
    """Change title, time, place or notice before the meeting begins; who was called is told of a new time or place."""

    title = Line(100, 2, required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    place = Line(100, 1, required=True)
    notice = Text(2000, load_default=None, allow_none=True)


@labelled(MEETING_FIELDS)
class CancelMeeting(MeetingRef):
    """Why a meeting does not take place."""

    reason = Text(200, 2, required=True)


@labelled(MEETING_FIELDS)
class SetSeat(MeetingRef):
    """Give somebody a seat: another chair or secretary, or a guest who is not of the body."""

    member_id = fields.UUID(required=True)
    role = Choice(SEAT_ROLES, required=True)


class SeatRef(MeetingRef):
    """One person of a meeting."""

    member_id = fields.UUID(required=True)


class AttendanceMark(Schema):
    """Whether somebody is there."""

    member_id = fields.UUID(required=True)
    attendance = Choice(ATTENDANCES, required=True)


class MarkAttendance(MeetingRef):
    """Who is there, is excused, is absent or has left; those who are not named stay as they are."""

    marks = fields.List(fields.Nested(AttendanceMark), required=True, validate=validate.Length(min=1, max=MOST_SEATS))


@labelled(MEETING_FIELDS)
class AnswerCall(MeetingRef):
    """One's own answer to the call: excused, or coming after all. No reason is asked for."""

    attendance = Choice(ATTENDANCES.only("expected", "excused"), required=True)


@labelled(MEETING_FIELDS)
class AddMeetingItem(MeetingRef):
    """An item at the end of the agenda, of its own or from a motion to the body."""

    title = Line(100, 2, load_default=None, allow_none=True)
    kind = Choice(ITEM_KINDS, load_default="discussion")
    motion_id = fields.UUID(load_default=None, allow_none=True)
    presenter_id = fields.UUID(load_default=None, allow_none=True)
    minutes = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 600))


class MeetingItemRef(MeetingRef):
    """One item of a meeting's agenda."""

    item_id = fields.UUID(required=True)


class OrderMeetingItems(MeetingRef):
    """All items of the agenda in their new order."""

    item_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_ITEMS))


@labelled(MEETING_FIELDS)
class AttachMeetingDocument(MeetingRef):
    """A document of the meeting, or of one item: JPEG, PNG or PDF up to 10 MB, recognised by its content."""

    item_id = fields.UUID(load_default=None, allow_none=True)
    document = Line(80, 1, required=True)
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class MeetingDocumentRef(MeetingRef):
    """One document of a meeting."""

    document_id = fields.UUID(required=True)


@labelled(MEETING_FIELDS)
class ListMeetings(PageRequest):
    """Which meetings: all to officers and auditors, a chair the own unit's, a member those with a seat."""

    show = Choice(MEETINGS_SHOWN, load_default="coming")
    body_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(MEETING_STATES, load_default=None, allow_none=True)
    minutes_state = Choice(MINUTES_STATES, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    ids = ids_filter()
    mine = fields.Boolean(load_default=False)
    sort = Choice(MEETING_ORDERS, load_default="starts_at")


@labelled(MEETING_FIELDS)
class Meeting(Schema):
    """会议 A meeting in a list. `entitled`: members with a vote; `present`: of them, those who are there now."""

    id = fields.UUID(required=True)
    body_id = fields.UUID(required=True)
    body_name = fields.String(required=True)
    kind = Choice(BODY_KINDS, required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    title = fields.String(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    place = fields.String(required=True)
    state = Choice(MEETING_STATES, required=True)
    minutes_state = Choice(MINUTES_STATES, required=True)
    entitled = fields.Integer(required=True)
    present = fields.Integer(required=True)


@labelled(MEETING_FIELDS)
class Seat(Schema):
    """A person of a meeting."""

    member_id = fields.UUID(required=True)
    role = Choice(SEAT_ROLES, required=True)
    votes = fields.Boolean(required=True)
    attendance = Choice(ATTENDANCES, required=True)


@labelled(MEETING_FIELDS)
class MeetingItem(Schema):
    """An item of the agenda, with what was decided on it."""

    id = fields.UUID(required=True)
    position = fields.Integer(required=True)
    title = fields.String(required=True)
    kind = Choice(ITEM_KINDS, required=True)
    motion_id = fields.UUID(required=True, allow_none=True)
    presenter_id = fields.UUID(required=True, allow_none=True)
    minutes = fields.Integer(required=True, allow_none=True)
    decision_id = fields.UUID(required=True, allow_none=True)
    postponed = fields.Boolean(required=True)


class MeetingDocument(Schema):
    """A document of a meeting."""

    id = fields.UUID(required=True)
    item_id = fields.UUID(required=True, allow_none=True)
    document = fields.String(required=True, metadata=label(MEETING_FIELDS.texts["document"]))
    added_at = Timestamp(required=True)


class RuleShown(Schema):
    """A figure by which a meeting is measured, and where it is written."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    document = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    article = fields.String(required=True, allow_none=True)
    ruleset = fields.String(required=True)
    valid_from = fields.Date(required=True)


class Quorum(Schema):
    """How many must be there, how many are, and how many are missing; `missing_rule` where no rule says so."""

    needed = fields.Integer(required=True, allow_none=True)
    present = fields.Integer(required=True)
    missing = fields.Integer(required=True, allow_none=True)
    rule = fields.Nested(RuleShown, required=True, allow_none=True)
    missing_rule = fields.String(load_default=None, allow_none=True)


@labelled(MEETING_FIELDS)
class MeetingDetail(Meeting):
    """One meeting whole, with what the caller may do now; `own_attendance` is null without a seat."""

    notice = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    seats = fields.List(fields.Nested(Seat), required=True)
    items = fields.List(fields.Nested(MeetingItem), required=True)
    documents = fields.List(fields.Nested(MeetingDocument), required=True)
    quorum = fields.Nested(Quorum, required=True)
    own_attendance = Choice(ATTENDANCES, required=True, allow_none=True)
    actions = fields.List(fields.String(), required=True)


def _does(name: str, request: type[Schema], doc: str, title: str, reply: type[Schema] = MeetingDetail) -> Operation:
    return command("governance", name, request=request, reply=reply, allow=_DOES, doc=doc, title=title)


plan_meeting = _does("plan_meeting", PlanMeeting, "Prepare a meeting of a body.", "筹备会议", Meeting)
change_meeting = _does("change_meeting", ChangeMeeting, "Change a meeting before it begins.", "修改会议")
convene_meeting = _does(
    "convene_meeting",
    MeetingRef,
    "Call the meeting: the body's members of its day are listed and told.",
    "发出会议通知",
)
cancel_meeting = _does("cancel_meeting", CancelMeeting, "Cancel a meeting before it begins.", "取消会议")
open_meeting = _does("open_meeting", MeetingRef, "Open the meeting, once its quorum is there.", "宣布开会")
end_meeting = _does("end_meeting", MeetingRef, "End the meeting.", "宣布散会")
resume_meeting = _does("resume_meeting", MeetingRef, "Go on with a meeting ended by mistake.", "恢复会议")
set_meeting_seat = _does("set_meeting_seat", SetSeat, "Give somebody a seat, or another one.", "设置参会人")
remove_meeting_guest = _does("remove_meeting_guest", SeatRef, "Take a guest off the list.", "移除列席人员")
mark_attendance = _does("mark_attendance", MarkAttendance, "Record who is there.", "登记到会")
answer_call = _does("answer_call", AnswerCall, "Be excused from a meeting, or come after all.", "会议请假")
add_meeting_item = _does("add_meeting_item", AddMeetingItem, "Add an item to the agenda.", "增加议程")
remove_meeting_item = _does("remove_meeting_item", MeetingItemRef, "Take an item off the agenda.", "删除议程")
postpone_meeting_item = _does("postpone_meeting_item", MeetingItemRef, "Postpone the motion of an item.", "暂缓议题")
order_meeting_items = _does(
    "order_meeting_items", OrderMeetingItems, "Put the agenda in another order.", "调整议程顺序"
)
attach_meeting_document = _does(
    "attach_meeting_document", AttachMeetingDocument, "Add a document; it is stored encrypted.", "上传会议文件"
)
remove_meeting_document = _does("remove_meeting_document", MeetingDocumentRef, "Remove a document.", "删除会议文件")
list_meetings = query(
    "governance", "list_meetings", request=ListMeetings, reply=Page(Meeting), allow=_READS,
    doc="Meetings by time: officers and auditors see all, chairs those of the own unit, others those with a seat.",
    title="查看会议",
)  # fmt: skip
get_meeting = query(
    "governance", "get_meeting", request=MeetingRef, reply=MeetingDetail, allow=_READS,
    doc="One meeting with its members, agenda, documents and quorum.", title="查看一次会议",
)  # fmt: skip
open_meeting_document = query(
    "governance", "open_meeting_document", request=MeetingDocumentRef, reply=FileContent, allow=_READS,
    doc="A document of a meeting, for who has a seat and the offices.", title="打开会议文件",
)  # fmt: skip
