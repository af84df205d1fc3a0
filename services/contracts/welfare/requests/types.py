"""Types of requests: what members can ask for, its steps with their working days, its documents, who handles it."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Line, Schema, Text, command, label, query
from services.contracts.welfare.requests.vocabulary import REQUEST_FIELDS

MOST_TYPES, MOST_STEPS, MOST_DOCUMENTS = 50, 12, 12
_LABELS = REQUEST_FIELDS.texts
_DAYS = validate.Range(1, 120)


class RequestTypeStep(Schema):
    """A step: what is done, and within how many working days."""

    name = Line(60, 1, required=True, metadata=label(_LABELS["step"]))
    days = fields.Integer(required=True, strict=True, validate=_DAYS, metadata=label(_LABELS["days"]))


class AskedDocument(Schema):
    """A document that is asked for; a request is not accepted without a required one."""

    name = Line(60, 1, required=True, metadata=label(_LABELS["document"]))
    required = fields.Boolean(load_default=True, metadata=label(_LABELS["required"]))


class RequestTypeRef(Schema):
    """One type by id."""

    type_id = fields.UUID(required=True)


class AddRequestType(Schema):
    """A new type. One that is `counted_only` has appointments instead of requests, and no steps or documents.

    `handler_id`: the member with the role `handler` who handles it, besides officers; null for officers alone.
    `keep_months`: how long words and documents of an ended request are kept.
    """

    name = Line(60, 1, required=True, metadata=label(_LABELS["name"]))
    about = Text(1000, load_default=None, allow_none=True, metadata=label(_LABELS["about"]))
    counted_only = fields.Boolean(load_default=False, metadata=label(_LABELS["counted_only"]))
    accept_days = fields.Integer(
        load_default=3, strict=True, validate=validate.Range(1, 30), metadata=label(_LABELS["accept_days"])
    )
    steps = fields.List(
        fields.Nested(RequestTypeStep), load_default=list, validate=validate.Length(max=MOST_STEPS),
        metadata=label(_LABELS["steps"]),
    )  # fmt: skip
    documents = fields.List(
        fields.Nested(AskedDocument), load_default=list, validate=validate.Length(max=MOST_DOCUMENTS),
        metadata=label(_LABELS["documents"]),
    )  # fmt: skip
    handler_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["handler_id"]))
    keep_months = fields.Integer(
        load_default=12, strict=True, validate=validate.Range(1, 120), metadata=label(_LABELS["keep_months"])
    )


class ChangeRequestType(AddRequestType):
    """Replace what a type says; requests under way keep their steps, `counted_only` never changes."""

    type_id = fields.UUID(required=True)


class OfferRequestType(RequestTypeRef):
    """Whether members can ask for it from now on."""

    offered = fields.Boolean(required=True, metadata=label(_LABELS["offered"]))


class RequestType(AddRequestType):
    """诉求类型 A type, and how many of its requests are open."""

    id = fields.UUID(required=True)
    offered = fields.Boolean(required=True, metadata=label(_LABELS["offered"]))


class ListRequestTypes(Schema):
    """Which types: all, or those offered."""

    offered = fields.Boolean(load_default=None, allow_none=True, metadata=label(_LABELS["offered"]))


class RequestTypes(Schema):
    """The types by name, at most `MOST_TYPES`."""

    items = fields.List(fields.Nested(RequestType), required=True)


list_request_types = query(
    "welfare", "list_request_types", request=ListRequestTypes, reply=RequestTypes,
    allow=("officer", "auditor", "handler", "member"), doc="What members can ask for, with steps and documents.",
    title="查看诉求类型", reach={"handler": "union", "member": "union"},
)  # fmt: skip
add_request_type = command(
    "welfare", "add_request_type", request=AddRequestType, reply=RequestType, allow=("officer",),
    doc="Add a type of requests.", title="新增诉求类型",
)  # fmt: skip
change_request_type = command(
    "welfare", "change_request_type", request=ChangeRequestType, reply=RequestType, allow=("officer",),
    doc="Change a type; requests under way keep their steps.", title="修改诉求类型",
)  # fmt: skip
offer_request_type = command(
    "welfare", "offer_request_type", request=OfferRequestType, reply=RequestType, allow=("officer",),
    doc="Offer a type, or stop offering it.", title="开放或停用诉求类型",
)  # fmt: skip
