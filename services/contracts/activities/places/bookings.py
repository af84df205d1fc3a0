"""Bookings of places: the week, booking, waiting, cancelling, arrival, absence, figures of use."""

from __future__ import annotations

from datetime import date

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.activities.places.places import MANAGES, READS, UNION_WIDE, PlaceRef
from services.contracts.activities.places.vocabulary import (
    BOOKING_ORDERS,
    BOOKING_STATES,
    BOOKINGS_SHOWN,
    CANCEL_CAUSES,
    PLACE_FIELDS,
    SLOT_STATES,
)
from services.contracts.days import Day

_LABELS = PLACE_FIELDS.texts
_EARLIEST = date(2000, 1, 1)
MOST_MONTHS = 24


class PlaceWeekOf(PlaceRef):
    """A place and a day of the week to show; the present week where none is named."""

    day = Day(_EARLIEST, load_default=None, allow_none=True)


@labelled(PLACE_FIELDS)
class PlaceSlot(Schema):
    """时段 A slot of a place: how many can still book it, how many wait, and what the caller has in it.

    `own_id` and `own_state` are of the caller's booking. `reason`: why
    it is blocked.
    """

    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    state = Choice(SLOT_STATES, required=True)
    taken = fields.Integer(required=True)
    free = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    reason = fields.String(required=True, allow_none=True)
    own_id = fields.UUID(required=True, allow_none=True)
    own_state = Choice(BOOKING_STATES, required=True, allow_none=True)


class PlaceDay(Schema):
    """A day with its slots, in order; `closed` says why a day without slots has none: hours, or a holiday's name."""

    day = fields.Date(required=True)
    closed = fields.String(required=True, allow_none=True)
    slots = fields.List(fields.Nested(PlaceSlot), required=True)


class PlaceWeek(Schema):
    """The seven days from Monday on. `barred_until`: the last day on which the caller can't book."""

    days = fields.List(fields.Nested(PlaceDay), required=True)
    barred_until = fields.Date(required=True, allow_none=True)


@labelled(PLACE_FIELDS)
class BookPlace(PlaceRef):
    """The slot of a place that begins then."""

    starts_at = Timestamp(required=True)


class PlaceBookingRef(Schema):
    """One booking by id."""

    booking_id = fields.UUID(required=True)


class CancelPlaceBooking(PlaceBookingRef):
    """A booking that ends; officers say why, and the member reads it."""

    reason = Line(120, load_default=None, allow_none=True, metadata=label(_LABELS["reason"]))


@labelled(PLACE_FIELDS)
class PlaceBooking(Schema):
    """场地预约 A booking; `position` is the place on the waiting list, `may_cancel` is said to the member it is of."""

    id = fields.UUID(required=True)
    place_id = fields.UUID(required=True)
    place_name = fields.String(required=True, metadata=label(_LABELS["place_id"]))
    member_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    state = Choice(BOOKING_STATES, required=True)
    number = fields.Integer(required=True, allow_none=True)
    position = fields.Integer(load_default=None, allow_none=True)
    booked_at = Timestamp(required=True)
    checked_in_at = Timestamp(required=True, allow_none=True)
    cancelled_at = Timestamp(required=True, allow_none=True)
    cause = Choice(CANCEL_CAUSES, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    may_cancel = fields.Boolean(load_default=False)


@labelled(PLACE_FIELDS)
class ListPlaceBookings(PageRequest):
    """Which bookings of all places."""

    place_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(BOOKING_STATES, load_default=None, allow_none=True)
    show = Choice(BOOKINGS_SHOWN, load_default="coming")
    from_day = Day(_EARLIEST, load_default=None, allow_none=True)
    to_day = Day(_EARLIEST, load_default=None, allow_none=True)
    sort = Choice(BOOKING_ORDERS, load_default="starts_at")


class ListMyPlaceBookings(PageRequest):
    """One's own bookings; those to come by their time, else the latest first."""

    show = Choice(BOOKINGS_SHOWN, load_default="all", metadata=label(_LABELS["show"]))


class CheckInPlace(Schema):
    """The code that hangs at the place, as it was scanned."""

    code = fields.String(required=True, validate=validate.Length(40, 80))


class RecordArrival(PlaceBookingRef):
    """Whether somebody came, as an officer saw or found out; `note` is kept with the booking."""

    came = fields.Boolean(required=True)
    note = Line(120, 2, required=True, metadata=label(_LABELS["note"]))


@labelled(PLACE_FIELDS)
class PlaceUse(Schema):
    """For which months the use is told."""

    place_id = fields.UUID(load_default=None, allow_none=True)
    months = fields.Integer(load_default=6, validate=validate.Range(1, MOST_MONTHS))


@labelled(PLACE_FIELDS)
class PlaceMonth(Schema):
    """How a place was used in a month: bookings by what became of them.

    `offered_slots`: for how many bookings the present times of opening had room, up to today.
    """

    place_id = fields.UUID(required=True)
    place_name = fields.String(required=True, metadata=label(_LABELS["place_id"]))
    month = fields.String(required=True)
    offered_slots = fields.Integer(required=True)
    booked = fields.Integer(required=True)
    attended = fields.Integer(required=True)
    missed = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)


@labelled(PLACE_FIELDS)
class PlaceHour(Schema):
    """How many bookings began in an hour of a weekday, in the months told."""

    weekday = fields.Integer(required=True)
    hour = fields.Integer(required=True)
    booked = fields.Integer(required=True)


class PlaceUses(Schema):
    """Use by place and month, newest first, and by weekday and hour. `booked` counts what was not cancelled."""

    items = fields.List(fields.Nested(PlaceMonth), required=True)
    hours = fields.List(fields.Nested(PlaceHour), required=True)


place_week = query(
    "activities", "place_week", request=PlaceWeekOf, reply=PlaceWeek, allow=READS,
    doc="The slots of a place in a week, and what the caller has in them.", title="查看场地一周时段", reach=UNION_WIDE,
)  # fmt: skip
book_place = command(
    "activities", "book_place", request=BookPlace, reply=PlaceBooking, allow=("member",),
    doc="Book a slot of a place, or wait for it where it is full.", title="预约场地",
)  # fmt: skip
cancel_place_booking = command(
    "activities", "cancel_place_booking", request=CancelPlaceBooking, reply=PlaceBooking, allow=("member", "officer"),
    doc="Cancel one's own booking until the deadline, or as an officer any with a reason; who waits moves up.",
    title="取消场地预约",
)  # fmt: skip
my_place_bookings = query(
    "activities", "my_place_bookings", request=ListMyPlaceBookings, reply=Page(PlaceBooking), allow=("member",),
    doc="One's own bookings.", title="查看自己的场地预约",
)  # fmt: skip
list_place_bookings = query(
    "activities", "list_place_bookings", request=ListPlaceBookings, reply=Page(PlaceBooking),
    allow=("officer", "auditor"), doc="Bookings of all places.", title="查看场地预约",
)  # fmt: skip
check_in_place = command(
    "activities", "check_in_place", request=CheckInPlace, reply=PlaceBooking, allow=("member",),
    doc="Say by the code at the place that one has come to the slot that is booked.", title="场地到场签到",
)  # fmt: skip
record_arrival = command(
    "activities", "record_arrival", request=RecordArrival, reply=PlaceBooking, allow=MANAGES,
    doc="Record by hand whether a member came, also where an absence was recorded.", title="登记到场或未到场",
)  # fmt: skip
place_use = query(
    "activities", "place_use", request=PlaceUse, reply=PlaceUses, allow=("officer", "auditor"),
    doc="Use of places by month, and by weekday and hour.", title="查看场地使用统计",
)  # fmt: skip
