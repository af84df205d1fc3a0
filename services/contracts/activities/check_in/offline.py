"""Desks without network: the list they go by, and what they hand in."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Schema, Timestamp
from services.contracts.activities.check_in.shapes import MOST_LINES, ActivityAttendance
from services.contracts.activities.check_in.vocabulary import ARRIVALS, ATTENDANCE_FLAGS

_CODE = validate.Length(min=1, max=300)


class ListedPerson(Schema):
    """One line of a desk's list: who is expected, with how many companions, or came already."""

    registration_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    companions = fields.Integer(required=True)
    state = fields.String(required=True)
    arrived_at = Timestamp(required=True, allow_none=True)


class DeskList(Schema):
    """The list a desk goes by while it has no network. `token` proves when it was made; the list holds until `until`.

    It has everybody with a registration, also one that ended, in the order of registration.
    """

    activity_id = fields.UUID(required=True)
    token = fields.String(required=True)
    made_at = Timestamp(required=True)
    until = Timestamp(required=True)
    items = fields.List(fields.Nested(ListedPerson), required=True)


class OfflineLine(Schema):
    """One scan without network: the code, or the registration that was chosen from the list, and how long ago.

    The age is told instead of a time, because the clock of the device may be wrong.
    """

    scan = fields.UUID(required=True)
    code = fields.String(load_default=None, allow_none=True, validate=_CODE)
    registration_id = fields.UUID(load_default=None, allow_none=True)
    seconds_ago = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=7 * 86400))
    companions = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(min=0, max=20))


class SyncCheckIns(ActivityAttendance):
    """What a desk recorded without network, by the list whose token is given."""

    token = fields.String(required=True, validate=validate.Regexp(r"\A[A-Za-z0-9._-]{40,80}\Z"))
    desk = Line(40, load_default=None, allow_none=True)
    lines = fields.List(fields.Nested(OfflineLine), required=True, validate=validate.Length(min=1, max=MOST_LINES))


class OfflineOutcome(Schema):
    """What became of one scan: counted, counted before (when and where), or not counted (by which rule)."""

    scan = fields.UUID(required=True)
    outcome = Choice(ARRIVALS, required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    arrived_at = Timestamp(required=True, allow_none=True)
    desk = fields.String(required=True, allow_none=True)
    flag = Choice(ATTENDANCE_FLAGS, required=True, allow_none=True)
    rule = fields.String(required=True, allow_none=True)
    params = fields.Dict(keys=fields.String(), required=True)


class Synced(Schema):
    """What became of each scan, in the order given."""

    outcomes = fields.List(fields.Nested(OfflineOutcome), required=True)
