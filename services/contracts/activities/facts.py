"""Facts of members as activities uses them: who is in an audience by number, what decisions were based on, who looked.

The facts themselves belong to membership, which tells them for the purpose `activity_audience`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validates_schema

from services.chassis.schema import (
    Choice,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    invalid,
    label,
    query,
)
from services.contracts.activities.calendar.shapes import Audience
from services.contracts.activities.registration.basis import DecisionBasis
from services.contracts.days import Day
from services.contracts.membership.facts import FACTS, YEARS_AHEAD


class CountAudience(Schema):
    """How many members an audience has: of an activity, or of one that is being planned for the day `on`."""

    activity_id = fields.UUID(load_default=None, allow_none=True)
    audience = fields.Nested(Audience, load_default=None, allow_none=True)
    on = Day(years_ahead=YEARS_AHEAD, load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def one_audience(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a request that names no audience, or two."""
        planned = request["audience"] is not None and request["on"] is not None
        if (request["activity_id"] is not None) == planned:
            raise invalid("facts.one_audience", "Name an activity, or an audience and its day.", field="audience")


class AudienceCount(Schema):
    """Numbers of active members: all of the units meant, those in the audience, those of whom too little is known.

    `in_audience` and `undecided` are null where they are from 1 to 4: a smaller group would tell of its members.
    """

    members = fields.Integer(required=True)
    in_audience = fields.Integer(allow_none=True, required=True)
    undecided = fields.Integer(allow_none=True, required=True)


class OpenDecisionBasis(Schema):
    """Which member's registration for which activity, and what for; the look is logged, and the member sees it."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    purpose = Text(200, 2, required=True, metadata=label("用途"))


class OpenedBasis(Schema):
    """The facts a registration was decided by; null where it needed none, or they were erased."""

    basis = fields.Nested(DecisionBasis, allow_none=True, required=True)


class MyFactUse(Schema):
    """For which activity which of one's own facts were used, and when membership told them last."""

    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(allow_none=True, load_default=None)
    facts = fields.List(Choice(FACTS), required=True)
    asked_at = Timestamp(required=True)


class BasisLook(Schema):
    """One look of an officer at what a decision about oneself was based on."""

    at = Timestamp(required=True)
    purpose = fields.String(required=True)


count_audience = query(
    "activities", "count_audience", request=CountAudience, reply=AudienceCount, allow=("officer", "chair"),
    doc="How many members an audience has.", title="估算参加范围的人数",
)  # fmt: skip
open_decision_basis = command(
    "activities", "open_decision_basis", request=OpenDecisionBasis, reply=OpenedBasis, allow=("officer",),
    doc="The facts a registration was decided by, for a purpose that is logged.", title="查看报名判断的依据",
)  # fmt: skip
my_fact_uses = query(
    "activities", "my_fact_uses", request=PageRequest, reply=Page(MyFactUse), allow=("member",),
    doc="For which activities one's own facts were used.", title="查看活动用了自己的哪些信息",
)  # fmt: skip
my_basis_looks = query(
    "activities", "my_basis_looks", request=PageRequest, reply=Page(BasisLook), allow=("member",),
    doc="Who looked at what decisions about oneself were based on.", title="查看谁看过报名判断的依据",
)  # fmt: skip
