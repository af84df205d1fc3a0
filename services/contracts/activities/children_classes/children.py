"""Children in classes: registering with a guardian's consent, who may collect them, fees, days, looks at their data."""

from __future__ import annotations

from datetime import date

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Money,
    Name,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    labelled,
    query,
)
from services.contracts.activities.children_classes.classes import MANAGES, ChildrenClassRef
from services.contracts.activities.children_classes.vocabulary import (
    ATTENDANCE,
    CHILD_CAUSES,
    CHILD_FIELDS,
    CHILD_STATES,
    FEE_STATES,
    REGISTRATION_ORDERS,
    RELATIONS,
)
from services.contracts.days import Day

_EARLIEST = date(2000, 1, 1)
MOST_COLLECT = 3
_PHONE = validate.Regexp(r"\A\+?[0-9][0-9 -]{5,18}[0-9]\Z")
_OFFICE = ("officer", "auditor")


@labelled(CHILD_FIELDS)
class PickUp(Schema):
    """接孩子的人 Who may collect a child."""

    name = Name(40, required=True)
    phone = fields.String(required=True, validate=_PHONE)
    relation = Choice(RELATIONS, required=True)


@labelled(CHILD_FIELDS)
class ContactOfChild(Schema):
    """What the class has to know: whom to call, who collects the child, what to heed; nothing more is asked for."""

    phone = fields.String(required=True, validate=_PHONE)
    pick_up = fields.List(fields.Nested(PickUp), required=True, validate=validate.Length(1, MOST_COLLECT))
    health_note = Text(200, load_default=None, allow_none=True)


@labelled(CHILD_FIELDS)
class RegisterChild(ContactOfChild):
    """A child of the caller; `consents` to the wording of `consent_version`, which must be the one in force."""

    class_id = fields.UUID(required=True)
    child_name = Name(40, required=True)
    born_on = Day(_EARLIEST, required=True)
    consent_version = fields.Integer(required=True, strict=True)
    consents = fields.Boolean(required=True)


class ChildRef(Schema):
    """One registration by id."""

    registration_id = fields.UUID(required=True)


class ChangeChildContact(ContactOfChild, ChildRef):
    """Replace whom to call and who collects the child."""


@labelled(CHILD_FIELDS)
class WithdrawChild(ChildRef):
    """A child that leaves a class; its data are erased. Officers say why, and the guardian reads it."""

    reason = Line(120, load_default=None, allow_none=True)


@labelled(CHILD_FIELDS)
class RecordChildFee(ChildRef):
    """That the fee was paid, or need not be; `fee_note` is the number of the receipt, or why."""

    fee_state = Choice(FEE_STATES, required=True)
    fee_note = Line(120, load_default=None, allow_none=True)


@labelled(CHILD_FIELDS)
class OpenChild(ChildRef):
    """A child's data in plain, for a purpose that is kept and told to the guardian."""

    purpose = Line(120, 2, required=True)


@labelled(CHILD_FIELDS)
class ChildRegistration(Schema):
    """报名 A registration as lists have it: the child's name masked, the age for the date of birth.

    `erased`: whether the child's data are gone.
    """

    id = fields.UUID(required=True)
    class_id = fields.UUID(required=True)
    class_name = fields.String(required=True)
    term_name = fields.String(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    child_name = fields.String(required=True, allow_none=True)
    age = fields.Integer(required=True, allow_none=True)
    state = Choice(CHILD_STATES, required=True)
    position = fields.Integer(required=True, allow_none=True)
    registered_at = Timestamp(required=True)
    confirmed_at = Timestamp(required=True, allow_none=True)
    ended_at = Timestamp(required=True, allow_none=True)
    cause = Choice(CHILD_CAUSES, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    fee = Money(required=True)
    fee_state = Choice(FEE_STATES, required=True)
    fee_note = fields.String(required=True, allow_none=True)
    consent_version = fields.Integer(required=True)
    days_present = fields.Integer(required=True)
    erased = fields.Boolean(required=True)


@labelled(CHILD_FIELDS)
class OwnChild(ChildRegistration):
    """A registration in plain: for the guardian, and for who opened it for a purpose."""

    born_on = fields.Date(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    pick_up = fields.List(fields.Nested(PickUp), required=True)
    health_note = fields.String(required=True, allow_none=True)
    consent_text = fields.String(required=True)


@labelled(CHILD_FIELDS)
class ListChildRegistrations(PageRequest, ChildrenClassRef):
    """Registrations of a class in their order; `state`: none for those that have not ended."""

    state = Choice(CHILD_STATES, load_default=None, allow_none=True)
    fee_state = Choice(FEE_STATES, load_default=None, allow_none=True)
    sort = Choice(REGISTRATION_ORDERS, load_default="ticket")


class ListMyChildren(PageRequest):
    """The caller's registrations, the latest first."""


class ListChildLooks(PageRequest, ChildRef):
    """Who looked at a child's data; for the guardian."""


@labelled(CHILD_FIELDS)
class ChildLook(Schema):
    """One look: when, at what, for which purpose."""

    at = Timestamp(required=True)
    field = fields.String(required=True)
    purpose = fields.String(required=True)


@labelled(CHILD_FIELDS)
class DayOfClass(ChildrenClassRef):
    """A day of a class, and for what its list is opened."""

    day = Day(required=True)
    purpose = Line(120, 2, required=True)


@labelled(CHILD_FIELDS)
class ChildOfDay(Schema):
    """A child on the list of a day: who collects it, whom to call, what to heed, whether it came."""

    registration_id = fields.UUID(required=True)
    child_name = fields.String(required=True, allow_none=True)
    age = fields.Integer(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    pick_up = fields.List(fields.Nested(PickUp), required=True)
    health_note = fields.String(required=True, allow_none=True)
    attendance = Choice(ATTENDANCE, required=True)


class ListOfDay(Schema):
    """The children of a class on a day."""

    items = fields.List(fields.Nested(ChildOfDay), required=True)


@labelled(CHILD_FIELDS)
class Attended(ChildRef):
    """Whether a child came; `none` takes back what was recorded."""

    attendance = Choice(ATTENDANCE, required=True)


@labelled(CHILD_FIELDS)
class RecordChildAttendance(ChildrenClassRef):
    """Who came on a day."""

    day = Day(required=True)
    entries = fields.List(fields.Nested(Attended), required=True, validate=validate.Length(1, 500))


class AttendanceRecorded(Schema):
    """How many were recorded as present on the day."""

    present = fields.Integer(required=True)


register_child = command(
    "activities", "register_child", request=RegisterChild, reply=OwnChild, allow=("member",),
    doc="Register one's child for a class with a guardian's consent, or let it wait where the class is full.",
    title="给孩子报名",
)  # fmt: skip
change_child_contact = command(
    "activities", "change_child_contact", request=ChangeChildContact, reply=OwnChild, allow=("member",),
    doc="Change whom to call and who collects one's child.", title="修改接孩子的人",
)  # fmt: skip
withdraw_child = command(
    "activities", "withdraw_child", request=WithdrawChild, reply=ChildRegistration, allow=("member", "officer"),
    doc="Take a child out of a class; its data are erased, and who waits moves up.", title="孩子退出班级",
)  # fmt: skip
my_children = query(
    "activities", "my_children", request=ListMyChildren, reply=Page(OwnChild), allow=("member",),
    doc="Registrations of one's own children.", title="查看自己孩子的报名",
)  # fmt: skip
list_child_looks = query(
    "activities", "list_child_looks", request=ListChildLooks, reply=Page(ChildLook), allow=("member",),
    doc="Who looked at the data of one's child.", title="查看谁看过孩子的资料",
)  # fmt: skip
list_child_registrations = query(
    "activities", "list_child_registrations", request=ListChildRegistrations, reply=Page(ChildRegistration),
    allow=_OFFICE, doc="Registrations of a class, names masked.", title="查看班级报名",
)  # fmt: skip
open_child = command(
    "activities", "open_child", request=OpenChild, reply=OwnChild, allow=MANAGES,
    doc="Open a child's data for a purpose; the look is kept and told to the guardian.", title="打开孩子的资料",
)  # fmt: skip
record_child_fee = command(
    "activities", "record_child_fee", request=RecordChildFee, reply=ChildRegistration, allow=MANAGES,
    doc="Record that a fee was paid or need not be.", title="登记托班缴费",
)  # fmt: skip
open_class_day = command(
    "activities", "open_class_day", request=DayOfClass, reply=ListOfDay, allow=MANAGES,
    doc="The list of a day with who may collect each child; every child's guardian sees the look.",
    title="打开当天接送名单",
)  # fmt: skip
record_child_attendance = command(
    "activities", "record_child_attendance", request=RecordChildAttendance, reply=AttendanceRecorded, allow=MANAGES,
    doc="Record who came on a day.", title="登记孩子出勤",
)  # fmt: skip
