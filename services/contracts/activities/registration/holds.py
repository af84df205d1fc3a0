"""Holding a seat for minutes while the form is filled in."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Schema, Timestamp, command
from services.contracts.activities.options.shapes import Chosen


class HoldSeat(Chosen):
    """Hold a seat, with what the chosen options take, for the minutes that the activity allows.

    A repeat holds it no longer; with another choice it holds that instead. `answers` are not kept.
    """

    activity_id = fields.UUID(required=True)


class ReleaseHold(Schema):
    """Give a held seat back."""

    activity_id = fields.UUID(required=True)


class Hold(Schema):
    """Until when a seat is held, and for what; null where none is."""

    activity_id = fields.UUID(required=True)
    until = Timestamp(allow_none=True, required=True)
    companions = fields.Integer(required=True)
    options = fields.List(fields.Integer(), required=True)


hold_seat = command(
    "activities", "hold_seat", request=HoldSeat, reply=Hold, allow=("member",),
    doc="Hold a seat for minutes while the form is filled in.", title="填写时保留名额",
)  # fmt: skip
release_hold = command(
    "activities", "release_hold", request=ReleaseHold, reply=Hold, allow=("member",),
    doc="Give a held seat back.", title="放弃保留的名额",
)  # fmt: skip
