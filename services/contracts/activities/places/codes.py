"""Codes that hang at places: printing, renewing, reading."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Schema, command, query
from services.contracts.activities.places.places import MANAGES, READS, PlaceRef
from services.contracts.codes import CodeReading, ReadToken


class PrintedPlaceCode(Schema):
    """The code to hang at a place; `edition` counts those before, which are void."""

    code = fields.String(required=True)
    edition = fields.Integer(required=True)


printed_place_code = query(
    "activities", "printed_place_code", request=PlaceRef, reply=PrintedPlaceCode, allow=MANAGES,
    doc="The code to hang at a place, by which members check in.", title="查看场地签到码",
)  # fmt: skip
renew_place_code = command(
    "activities", "renew_place_code", request=PlaceRef, reply=PrintedPlaceCode, allow=MANAGES,
    doc="Make a new code for a place; those printed before are void.", title="更换场地签到码",
)  # fmt: skip
read_place_code = query(
    "activities", "read_place_code", request=ReadToken, reply=CodeReading, allow=READS,
    doc="What a scanned code of a place is.", title="查验场地签到码", reach=dict.fromkeys(READS[1:], "union"),
)  # fmt: skip
