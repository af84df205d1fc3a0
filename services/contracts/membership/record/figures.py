"""Members in figures: how many there are, and how many joined and left in each of the last months."""

from marshmallow import fields, validate

from services.chassis.schema import Schema, query

MONTHS = 12


class MemberFiguresRequest(Schema):
    """Figures of one unit, or of all the caller may see, with this month and those before it."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    months = fields.Integer(load_default=MONTHS, validate=validate.Range(min=1, max=24))


class MembersOfMonth(Schema):
    """How many joined and how many memberships ended in a month, `2026-03`."""

    month = fields.String(required=True)
    joined = fields.Integer(required=True)
    left = fields.Integer(required=True)


class MemberFigures(Schema):
    """Active members now, and the months from the oldest to this one."""

    active = fields.Integer(required=True)
    by_month = fields.List(fields.Nested(MembersOfMonth), required=True)


member_figures = query(
    "membership", "member_figures", request=MemberFiguresRequest, reply=MemberFigures,
    allow=("officer", "auditor", "chair"), doc="How many members there are, and how many joined and left by month.",
    title="查看会员统计",
)  # fmt: skip
