"""Member numbers (会员号): the format as data. A series is in force from its day until the next one begins."""

from marshmallow import fields, validate

from services.chassis.schema import Event, Line, Schema, command, label, query
from services.contracts.days import Day


class NumberSeries(Schema):
    """编号规则 A series: prefix and digits; `last` is the last counter value used, `next` the next number."""

    name = fields.String(required=True)
    prefix = fields.String(required=True)
    width = fields.Integer(required=True)
    start = fields.Integer(required=True)
    last = fields.Integer(required=True)
    next = fields.String(required=True)
    in_force_from = fields.Date(required=True)
    document = fields.String(allow_none=True, load_default=None)
    current = fields.Boolean(required=True)


class NumberSeriesList(Schema):
    """Every series, the latest first."""

    items = fields.List(fields.Nested(NumberSeries), required=True)


class NumberSeriesFilter(Schema):
    """There are few series; all are listed."""


class OpenNumberSeries(Schema):
    """A new series, in force from a day on: `start` is its first counter value, `document` the decision."""

    name = fields.String(required=True, validate=validate.Regexp(r"\A[a-z0-9-]{2,20}\Z"), metadata=label("名称"))
    prefix = fields.String(required=True, validate=validate.Regexp(r"\A[A-Z0-9]{1,6}\Z"), metadata=label("前缀"))
    width = fields.Integer(required=True, strict=True, validate=validate.Range(min=3, max=10), metadata=label("位数"))
    start = fields.Integer(
        load_default=1, strict=True, validate=validate.Range(min=1, max=1_000_000_000), metadata=label("起始号")
    )
    in_force_from = Day(years_ahead=10, required=True, metadata=label("启用日期"))
    document = Line(200, 2, required=True, metadata=label("依据"))


list_number_series = query(
    "membership", "list_number_series", request=NumberSeriesFilter, reply=NumberSeriesList,
    allow=("officer", "auditor"), doc="The series member numbers come from.", title="查看会员号段",
)  # fmt: skip
open_number_series = command(
    "membership", "open_number_series", request=OpenNumberSeries, reply=NumberSeries, allow=("officer",),
    doc="Let member numbers come from a new series from a day on.", title="启用新的会员号段",
)  # fmt: skip


class NumberSeriesOpenedData(Schema):
    """Which series, the format of its numbers, its first day."""

    name = fields.String(required=True)
    prefix = fields.String(required=True)
    width = fields.Integer(required=True)
    in_force_from = fields.Date(required=True)


class NumberSeriesOpened(Event, source="membership"):
    """Member numbers are taken from another series from a day on; existing numbers are not changed."""

    subject = "number_series/{name}"
    data = NumberSeriesOpenedData
    example = {"name": "year-2027", "prefix": "ZU27", "width": 5, "in_force_from": "2027-01-01"}
