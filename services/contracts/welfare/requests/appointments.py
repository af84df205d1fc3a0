"""Counselling by appointment: slots, bookings, counts. After the appointment only a count by type and month is kept."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Empty, Line, Page, PageRequest, Schema, Timestamp, command, label, query
from services.contracts.welfare.requests.types import RequestTypeRef
from services.contracts.welfare.requests.vocabulary import REQUEST_FIELDS

_LABELS = REQUEST_FIELDS.texts


class CounsellingSlotRef(Schema):
    """One slot by id."""

    slot_id = fields.UUID(required=True)


class AddCounsellingSlot(RequestTypeRef):
    """When and where counselling is given, to how many."""

    starts_at = Timestamp(required=True, metadata=label(_LABELS["starts_at"]))
    ends_at = Timestamp(required=True, metadata=label(_LABELS["ends_at"]))
    place = Line(100, 1, required=True, metadata=label(_LABELS["place"]))
    capacity = fields.Integer(
        load_default=1, strict=True, validate=validate.Range(1, 50), metadata=label(_LABELS["capacity"])
    )


class ListCounsellingSlots(PageRequest, RequestTypeRef):
    """The slots of a type that are not over."""


class CounsellingSlot(Schema):
    """咨询时段 A slot; `booked` is whether the caller has an appointment in it."""

    id = fields.UUID(required=True)
    type_id = fields.UUID(required=True)
    starts_at = Timestamp(required=True, metadata=label(_LABELS["starts_at"]))
    ends_at = Timestamp(required=True, metadata=label(_LABELS["ends_at"]))
    place = fields.String(required=True, metadata=label(_LABELS["place"]))
    capacity = fields.Integer(required=True, metadata=label(_LABELS["capacity"]))
    taken = fields.Integer(required=True, metadata=label(_LABELS["taken"]))
    booked = fields.Boolean(required=True)


class CounsellingVisitor(Schema):
    """Who comes to a slot."""

    member_id = fields.UUID(required=True, metadata=label(_LABELS["member_id"]))


class CounsellingVisitors(Schema):
    """Who comes to a slot."""

    items = fields.List(fields.Nested(CounsellingVisitor), required=True)


class CounsellingCount(Schema):
    """How many came in a month."""

    type_id = fields.UUID(required=True)
    type_name = fields.String(required=True, metadata=label(_LABELS["type_id"]))
    month = fields.String(required=True, metadata=label(_LABELS["month"]))
    count = fields.Integer(required=True, metadata=label(_LABELS["count"]))


class CounsellingCounts(Schema):
    """CounsellingCounts of the last 24 months, newest first."""

    items = fields.List(fields.Nested(CounsellingCount), required=True)


class SlotGone(Schema):
    """That it is gone."""

    slot_id = fields.UUID(required=True)


list_counselling_slots = query(
    "welfare", "list_counselling_slots", request=ListCounsellingSlots, reply=Page(CounsellingSlot),
    allow=("officer", "handler", "member"), doc="Slots of counselling that are not over.", title="查看咨询时段",
    reach={"handler": "union", "member": "union"},
)  # fmt: skip
add_counselling_slot = command(
    "welfare", "add_counselling_slot", request=AddCounsellingSlot, reply=CounsellingSlot, allow=("officer", "handler"),
    doc="Add a slot of counselling.", title="新增咨询时段",
)  # fmt: skip
remove_counselling_slot = command(
    "welfare", "remove_counselling_slot", request=CounsellingSlotRef, reply=SlotGone, allow=("officer", "handler"),
    doc="Remove a slot in which nobody has an appointment.", title="删除咨询时段",
)  # fmt: skip
list_visitors = query(
    "welfare", "list_visitors", request=CounsellingSlotRef, reply=CounsellingVisitors, allow=("officer", "handler"),
    doc="Who comes to a slot; only for who gives the counselling.", title="查看预约咨询的人",
)  # fmt: skip
book_appointment = command(
    "welfare", "book_appointment", request=CounsellingSlotRef, reply=CounsellingSlot, allow=("member",),
    doc="Book an appointment; nothing but a count is kept after it.", title="预约咨询",
)  # fmt: skip
cancel_appointment = command(
    "welfare", "cancel_appointment", request=CounsellingSlotRef, reply=SlotGone, allow=("member",),
    doc="Cancel one's own appointment; nothing of it is kept.", title="取消预约咨询",
)  # fmt: skip
my_appointments = query(
    "welfare", "my_appointments", request=PageRequest, reply=Page(CounsellingSlot), allow=("member",),
    doc="One's own appointments to come.", title="查看自己的预约",
)  # fmt: skip
counselling_counts = query(
    "welfare", "counselling_counts", request=Empty, reply=CounsellingCounts,
    allow=("officer", "auditor", "handler"), doc="How many came to counselling by type and month.",
    title="查看咨询人次", reach={"handler": "union"},
)  # fmt: skip
