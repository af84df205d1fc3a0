"""What the service of the toy subject promises. Declared for as long as the toy is imported, see `test_toy_subject`."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import PUBLIC, Event, Operation, Page, Schema, query
from services.contracts.codes import CodeReading, ReadToken
from services.contracts.jobs import Job


class Tea(Schema):
    """Tea that was served."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)


class ListTeas(Schema):
    """Which teas to list."""

    limit = fields.Integer(load_default=20)
    cursor = fields.String(load_default=None, allow_none=True)


class BrewTea(Schema):
    """For how many."""

    cups = fields.Integer(required=True)


class TeaOfMember(Schema):
    """To whom it was served."""

    tea_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class TeaServed(Event, source="welfare"):
    """Tea was served to a member."""

    subject = "tea/{tea_id}"
    data = TeaOfMember
    example = {
        "tea_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001",
        "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
    }


list_teas = query("welfare", "list_teas", request=ListTeas, reply=Page(Tea), allow=("officer",), doc="List teas.")
read_tea = query("welfare", "read_tea", request=ReadToken, reply=CodeReading, allow=(PUBLIC,), doc="Read a tea ticket.")
brew_tea = Operation("gateway", "brew_tea", BrewTea, Job, frozenset({"officer"}), "command", "Brew tea; long work.")
