"""Honours on the record (荣誉): copied from the union's awards, or entered from documents of earlier years."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validates_schema

from services.chassis.schema import Choice, Page, PageRequest, Schema, Text, Vocabulary, command, invalid, label, query
from services.contracts.governance.awards import AWARD_CATEGORIES, AWARD_LEVELS, Commendation

SOURCES = Vocabulary("honour_source", award="工会授予", papers="凭材料登记")
"""From an event of governance, or entered by an officer who saw the documents."""


class Honour(Schema):
    """荣誉 An honour of a member or unit: its title, day and document."""

    id = fields.UUID(required=True)
    award_id = fields.UUID(allow_none=True, load_default=None)
    member_id = fields.UUID(allow_none=True, load_default=None)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    title = fields.String(required=True)
    level = Choice(AWARD_LEVELS, required=True)
    category = Choice(AWARD_CATEGORIES, required=True)
    awarded_on = fields.Date(required=True)
    document = fields.String(allow_none=True, load_default=None)
    evidence = fields.String(allow_none=True, load_default=None)
    source = Choice(SOURCES, required=True)


class HonourFilter(PageRequest):
    """Honours of one member, or of one unit itself, newest first."""

    member_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def _one_holder(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("member_id") is None) == (data.get("unit_id") is None):
            raise invalid("honours.holder_missing", "Say whose honours: a member's or a unit's.", field="member_id")


class RecordHonour(Commendation):
    """An honour of earlier years, entered by an officer, with the evidence that was shown."""

    member_id = fields.UUID(required=True)
    evidence = Text(500, 2, required=True, metadata=label("凭据"))


class RemoveHonour(Schema):
    """Delete an honour that was entered; one that came from an award is revoked there."""

    honour_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)


list_honours = query(
    "membership", "list_honours", request=HonourFilter, reply=Page(Honour),
    allow=("officer", "auditor", "chair", "member"), doc="Honours of a member or a unit, newest first.",
    title="查看荣誉",
)  # fmt: skip
record_honour = command(
    "membership", "record_honour", request=RecordHonour, reply=Honour, allow=("officer",),
    doc="Type in an honour of earlier years, with its evidence.", title="补登荣誉",
)  # fmt: skip
remove_honour = command(
    "membership", "remove_honour", request=RemoveHonour, reply=Honour, allow=("officer",),
    doc="Take back an honour that was typed in, with the reason.", title="撤销补登的荣誉",
)  # fmt: skip
