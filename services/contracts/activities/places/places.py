"""Places: what they are, when they are open, who may book them, their photo, blocks."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
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
from services.contracts.activities.places.vocabulary import (
    PLACE_FIELDS,
    PLACE_KINDS,
    PLACE_ORDERS,
    WEEKDAYS,
)
from services.contracts.files import LARGEST, PHOTO_TYPES, Content, FileContent, FileName, MediaType
from services.contracts.vocabulary import EMPLOYMENTS

MOST_HOURS = 21
"""Times of opening of a place: three a weekday."""
_LABELS = PLACE_FIELDS.texts
_CLOCK = validate.Regexp(r"\A(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z")
MANAGES = ("officer",)
READS = ("officer", "chair", "auditor", "member")
UNION_WIDE = dict.fromkeys(("chair", "member"), "union")


class PlaceRef(Schema):
    """One place by id."""

    place_id = fields.UUID(required=True)


@labelled(PLACE_FIELDS)
class OpeningTime(Schema):
    """From when to when a place is open on a day of the week, in China's time; `24:00` is the end of the day."""

    weekday = Choice(WEEKDAYS, required=True)
    opens = fields.String(required=True, validate=_CLOCK)
    closes = fields.String(required=True, validate=_CLOCK)


@labelled(PLACE_FIELDS)
class AddPlace(Schema):
    """A place. Bookings are for slots of `slot_minutes` from each opening on; `capacity` can be booked at a time.

    Empty `units` and `employments` restrict nothing. `for_retained`: retired members may book too.
    """

    name = Line(60, 1, required=True)
    name_en = Line(120, load_default=None, allow_none=True)
    kind = Choice(PLACE_KINDS, required=True)
    about = Text(1000, load_default=None, allow_none=True)
    address = Line(120, 1, required=True)
    slot_minutes = fields.Integer(load_default=60, strict=True, validate=validate.Range(15, 480))
    capacity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 200))
    waiting_list = fields.Boolean(load_default=True)
    for_retained = fields.Boolean(load_default=True)
    closed_on_days_off = fields.Boolean(load_default=False)
    hours = fields.List(fields.Nested(OpeningTime), required=True, validate=validate.Length(1, MOST_HOURS))
    units = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200))
    employments = fields.List(
        Choice(EMPLOYMENTS), load_default=list, validate=validate.Length(max=len(EMPLOYMENTS)),
        metadata=label(_LABELS["employments"]),
    )  # fmt: skip


class ChangePlace(AddPlace):
    """Replace what a place says; bookings to come must still fit. `version` is the one that was read."""

    place_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)


class OfferPlace(PlaceRef):
    """Whether members can book it from now on; bookings that were made stay."""

    offered = fields.Boolean(required=True, metadata=label(_LABELS["offered"]))


@labelled(PLACE_FIELDS)
class Place(AddPlace):
    """场地 A place with what members need to know of it."""

    id = fields.UUID(required=True)
    offered = fields.Boolean(required=True)
    has_photo = fields.Boolean(required=True)
    version = fields.Integer(required=True)


@labelled(PLACE_FIELDS)
class ListPlaces(PageRequest):
    """Which places, by name; members get those that are offered."""

    q = Line(60, load_default=None, allow_none=True)
    kind = Choice(PLACE_KINDS, load_default=None, allow_none=True)
    offered = fields.Boolean(load_default=None, allow_none=True)
    sort = Choice(PLACE_ORDERS, load_default="name")


class SetPlacePhoto(PlaceRef):
    """A photo of the place: JPEG or PNG up to 10 MB, drawn anew."""

    name = FileName(required=True)
    media_type = MediaType(PHOTO_TYPES, required=True)
    content = Content(LARGEST, required=True)


@labelled(PLACE_FIELDS)
class BlockPlace(PlaceRef):
    """A time in which nobody can use the place, such as for repairs; members see the reason.

    `cancels`: how many bookings the asker saw that it cancels; refused when there are others by then.
    """

    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    reason = Line(120, 2, required=True)
    cancels = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


@labelled(PLACE_FIELDS)
class PreviewBlock(PlaceRef):
    """What a block would cancel."""

    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)


class BlockPreview(Schema):
    """How many bookings, places on the waiting list among them, a block would cancel."""

    cancels = fields.Integer(required=True, metadata=label(_LABELS["cancels"]))


class ListPlaceBlocks(PageRequest, PlaceRef):
    """The blocks of a place that are not over, the next first."""


@labelled(PLACE_FIELDS)
class PlaceBlock(Schema):
    """场地封闭 A time in which nobody can use a place."""

    id = fields.UUID(required=True)
    place_id = fields.UUID(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    reason = fields.String(required=True)
    cancels = fields.Integer(required=True)


class PlaceBlockRef(PlaceRef):
    """One block of a place."""

    block_id = fields.UUID(required=True)


class BlockLifted(Schema):
    """That it is lifted; what it cancelled stays cancelled."""

    block_id = fields.UUID(required=True)


list_places = query(
    "activities", "list_places", request=ListPlaces, reply=Page(Place), allow=READS,
    doc="Places by name; to members those they can book.", title="查看场地", reach=UNION_WIDE,
)  # fmt: skip
get_place = query(
    "activities", "get_place", request=PlaceRef, reply=Place, allow=READS, doc="One place.", title="查看一个场地",
    reach=UNION_WIDE,
)  # fmt: skip
place_photo = query(
    "activities", "place_photo", request=PlaceRef, reply=FileContent, allow=READS, doc="The photo of a place.",
    title="查看场地照片", reach=UNION_WIDE,
)  # fmt: skip
add_place = command(
    "activities", "add_place", request=AddPlace, reply=Place, allow=MANAGES, doc="Add a place that members can book.",
    title="新增场地",
)  # fmt: skip
change_place = command(
    "activities", "change_place", request=ChangePlace, reply=Place, allow=MANAGES,
    doc="Change a place; refused while a booking to come would no longer fit.", title="修改场地",
)  # fmt: skip
offer_place = command(
    "activities", "offer_place", request=OfferPlace, reply=Place, allow=MANAGES,
    doc="Let members book a place, or stop it.", title="开放或停用场地",
)  # fmt: skip
set_place_photo = command(
    "activities", "set_place_photo", request=SetPlacePhoto, reply=Place, allow=MANAGES,
    doc="Set the photo of a place.", title="设定场地照片",
)  # fmt: skip
preview_place_block = query(
    "activities", "preview_place_block", request=PreviewBlock, reply=BlockPreview, allow=MANAGES,
    doc="How many bookings a block would cancel.", title="预览封闭场地的影响",
)  # fmt: skip
block_place = command(
    "activities", "block_place", request=BlockPlace, reply=PlaceBlock, allow=MANAGES,
    doc="Block a place for a time; bookings in it are cancelled and their members told.", title="封闭场地",
)  # fmt: skip
lift_place_block = command(
    "activities", "lift_place_block", request=PlaceBlockRef, reply=BlockLifted, allow=MANAGES,
    doc="Lift a block; what it cancelled stays cancelled.", title="解除场地封闭",
)  # fmt: skip
list_place_blocks = query(
    "activities", "list_place_blocks", request=ListPlaceBlocks, reply=Page(PlaceBlock), allow=READS,
    doc="Blocks of a place that are not over.", title="查看场地封闭", reach=UNION_WIDE,
)  # fmt: skip
