"""What operations of check-in take and answer."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Money, Page, PageRequest, Schema, Text, Timestamp, labelled
from services.contracts.activities.check_in.vocabulary import (
    ARRIVALS,
    ATTENDANCE_FIELDS,
    ATTENDANCE_FLAGS,
    ATTENDANCE_ORDERS,
    ATTENDANCE_STATES,
    CHECK_IN_METHODS,
    MARKS,
    WALK_INS,
)

MOST_HELPERS, MOST_MARKED, MOST_LINES = 50, 500, 200
_MINUTES = validate.Range(min=0, max=24 * 60)
_CODE = validate.Length(min=1, max=300)


class ActivityAttendance(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


@labelled(ATTENDANCE_FIELDS)
class SetCheckIn(ActivityAttendance):
    """When one can check in, whether others than the registered are let in, who helps, and what the activity cost."""

    opens_minutes = fields.Integer(load_default=60, validate=_MINUTES)
    closes_minutes = fields.Integer(load_default=60, validate=_MINUTES)
    walk_ins = Choice(WALK_INS, load_default="seats")
    helpers = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_HELPERS))
    cost = Money(load_default=None, allow_none=True)


@labelled(ATTENDANCE_FIELDS)
class AttendanceFigures(Schema):
    """How many are expected, came and did not, and what one who came cost, where the cost is known."""

    expected = fields.Integer(required=True)
    present = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    excused = fields.Integer(required=True)
    walk_ins = fields.Integer(required=True)
    flagged = fields.Integer(required=True)
    companions = fields.Integer(required=True)
    people = fields.Integer(required=True)
    cost_a_head = Money(required=True, allow_none=True)


@labelled(ATTENDANCE_FIELDS)
class CheckInState(Schema):
    """签到 Check-in at an activity: from when until when, by whose help, how many came.

    `may_organise`: whether the caller organises the activity; helpers run desks only. `closed_at`: since when the list
    is closed.
    """

    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    opens_at = Timestamp(required=True)
    closes_at = Timestamp(required=True)
    opens_minutes = fields.Integer(required=True)
    closes_minutes = fields.Integer(required=True)
    walk_ins = Choice(WALK_INS, required=True)
    capacity = fields.Integer(required=True, allow_none=True)
    seats_taken = fields.Integer(required=True)
    helpers = fields.List(fields.UUID(), required=True)
    cost = Money(required=True, allow_none=True)
    closed_at = Timestamp(required=True, allow_none=True)
    may_organise = fields.Boolean(required=True)
    figures = fields.Nested(AttendanceFigures, required=True)


class OwnCode(Schema):
    """The code by which the caller checks in, until it ends; `arrived_at` when the caller is there already."""

    activity_id = fields.UUID(required=True)
    code = fields.String(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True)
    arrived_at = Timestamp(required=True, allow_none=True)


@labelled(ATTENDANCE_FIELDS)
class CheckIn(ActivityAttendance):
    """Somebody who came, by the code shown or by who it is.

    `companions`: how many came along; all who were registered where it is not said. `let_in`: let in though the
    registration has ended or is not confirmed. `scan`: names this scan, so that one that is sent again counts once.
    """

    code = fields.String(load_default=None, allow_none=True, validate=_CODE)
    member_id = fields.UUID(load_default=None, allow_none=True)
    companions = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(min=0, max=20))
    let_in = fields.Boolean(load_default=False)
    by_card = fields.Boolean(load_default=False)
    desk = Line(40, load_default=None, allow_none=True)
    scan = fields.UUID(load_default=None, allow_none=True)


@labelled(ATTENDANCE_FIELDS)
class Arrival(Schema):
    """Who came, when and at which desk; `outcome` is `already` where that was recorded before.

    `flag`: the registration had ended or was not confirmed. `registration_state`: what it is now, null for none.
    """

    outcome = Choice(ARRIVALS, required=True)
    attendance_id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    companions = fields.Integer(required=True)
    expected_companions = fields.Integer(required=True)
    arrived_at = Timestamp(required=True)
    desk = fields.String(required=True, allow_none=True)
    by_member = fields.UUID(required=True, allow_none=True)
    walk_in = fields.Boolean(required=True)
    flag = Choice(ATTENDANCE_FLAGS, required=True, allow_none=True)
    registration_state = fields.String(required=True, allow_none=True)


@labelled(ATTENDANCE_FIELDS)
class UndoCheckIn(ActivityAttendance):
    """A check-in that was wrong, and why."""

    member_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)


@labelled(ATTENDANCE_FIELDS)
class MarkAttendance(ActivityAttendance):
    """Members who were there, were not, or excused themselves.

    `registered`: that they had registered on paper, where this service has no registration of theirs.
    """

    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_MARKED))
    mark = Choice(MARKS, required=True)
    note = Line(200, load_default=None, allow_none=True)
    registered = fields.Boolean(load_default=False)


class Marked(Schema):
    """How many are marked so now, and who is not, by which rule."""

    activity_id = fields.UUID(required=True)
    marked = fields.Integer(required=True)
    refused = fields.List(fields.Dict(keys=fields.String()), required=True)


@labelled(ATTENDANCE_FIELDS)
class ReopenAttendance(ActivityAttendance):
    """Why a closed list is opened again."""

    reason = Text(200, 2, required=True)


@labelled(ATTENDANCE_FIELDS)
class Attendee(Schema):
    """出席 Somebody who is expected at an activity or came; `id` where something is recorded."""

    id = fields.UUID(required=True, allow_none=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    state = Choice(ATTENDANCE_STATES, required=True)
    expected_companions = fields.Integer(required=True)
    companions = fields.Integer(required=True)
    arrived_at = Timestamp(required=True, allow_none=True)
    desk = fields.String(required=True, allow_none=True)
    by_member = fields.UUID(required=True, allow_none=True)
    method = Choice(CHECK_IN_METHODS, required=True, allow_none=True)
    walk_in = fields.Boolean(required=True)
    flag = Choice(ATTENDANCE_FLAGS, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


@labelled(ATTENDANCE_FIELDS)
class ListAttendance(PageRequest):
    """Whom of an activity to list."""

    activity_id = fields.UUID(required=True)
    state = Choice(ATTENDANCE_STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    flag = Choice(ATTENDANCE_FLAGS, load_default=None, allow_none=True)
    sort = Choice(ATTENDANCE_ORDERS, load_default="ticket")


@labelled(ATTENDANCE_FIELDS)
class UnitAttendance(Schema):
    """How many of a unit were expected, came, and did not."""

    unit_id = fields.UUID(required=True, allow_none=True)
    expected = fields.Integer(required=True)
    present = fields.Integer(required=True)
    absent = fields.Integer(required=True)
    excused = fields.Integer(required=True)
    walk_ins = fields.Integer(required=True)


class AttendanceByUnit(Schema):
    """Attendance of an activity by unit."""

    activity_id = fields.UUID(required=True)
    items = fields.List(fields.Nested(UnitAttendance), required=True)


@labelled(ATTENDANCE_FIELDS)
class OwnAttendance(Schema):
    """One's own attendance of an activity. `certified`: whether there is a certificate, by `certificate_code`."""

    id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    place = fields.String(required=True, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    state = Choice(ATTENDANCE_STATES, required=True)
    arrived_at = Timestamp(required=True, allow_none=True)
    companions = fields.Integer(required=True)
    certified = fields.Boolean(required=True)


class OwnAttendanceRef(Schema):
    """One's own attendance by id."""

    attendance_id = fields.UUID(required=True)


class CertifiedAttendance(OwnAttendance):
    """One's own attendance, with the code by which anybody can verify the certificate."""

    code = fields.String(required=True)


ATTENDEES = Page(Attendee)
OWN_ATTENDANCE = Page(OwnAttendance)
