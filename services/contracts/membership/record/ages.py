"""Members by age, in groups; small groups are not told, because they would point to persons."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Schema, query


class MemberAgesRequest(Schema):
    """Members of one unit, or of all units that the caller may see."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


class AgeGroup(Schema):
    """Members of ages `from_age` up to, not including, `to_age` (null: no limit); `members` is null when too few."""

    from_age = fields.Integer(required=True)
    to_age = fields.Integer(allow_none=True, required=True)
    members = fields.Integer(allow_none=True, required=True)


class MemberAges(Schema):
    """The age groups from the youngest; `least` is the smallest number that is told."""

    items = fields.List(fields.Nested(AgeGroup), required=True)
    least = fields.Integer(required=True)


member_ages = query(
    "membership", "member_ages", request=MemberAgesRequest, reply=MemberAges, allow=("officer", "chair", "auditor"),
    doc="Members by age group; groups of a few are not told; a chair sees the own unit.", title="查看会员年龄构成",
)  # fmt: skip
