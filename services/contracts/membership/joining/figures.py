"""Applications in figures: what waits for the units and for the union."""

from marshmallow import fields

from services.chassis.schema import Schema, query


class ApplicationFiguresRequest(Schema):
    """Figures of one unit, or of all the caller may see."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


class ApplicationFigures(Schema):
    """How many wait: for the unit's review, of these not looked at by anybody yet, and for the union's approval."""

    submitted = fields.Integer(required=True)
    unconfirmed = fields.Integer(required=True)
    unit_reviewed = fields.Integer(required=True)


application_figures = query(
    "membership", "application_figures", request=ApplicationFiguresRequest, reply=ApplicationFigures,
    allow=("chair", "officer", "auditor"), doc="How many applications wait for the units and for the union.",
    title="查看入会申请统计",
)  # fmt: skip
