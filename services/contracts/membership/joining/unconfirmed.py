"""Shapes of applications that no unit has reviewed, and of rejecting many of them; `operations` has the operations."""

from marshmallow import fields, validate

from services.chassis.schema import PageRequest, Schema, Text, label, labelled
from services.contracts.days import Day
from services.contracts.membership.joining.applications import ApplicationRow
from services.contracts.membership.record.fields import MEMBER_FIELDS

MOST_UNCONFIRMED = 5000
"""How many are rejected at once."""


@labelled(MEMBER_FIELDS)
class UnconfirmedFilter(Schema):
    """Filters: of a unit, submitted between two days (inclusive), from the same network as a given one."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    submitted_from = Day(load_default=None, allow_none=True, metadata=label("提交日期从"))
    submitted_until = Day(load_default=None, allow_none=True, metadata=label("到"))
    same_place_as = fields.UUID(load_default=None, allow_none=True)


class ListUnconfirmed(UnconfirmedFilter, PageRequest):
    """A page of them, oldest submission first."""

    with_total = fields.Boolean(load_default=False)


class UnconfirmedRow(ApplicationRow):
    """An application that no unit has reviewed; `from_same_place`: how many such came from its network, with itself."""

    from_same_place = fields.Integer(allow_none=True, load_default=None, metadata=label("同一网络"))


class RejectUnconfirmed(UnconfirmedFilter):
    """Reject all that the filter finds, if their number is the one that was shown."""

    unit_id = fields.UUID(required=True)
    expected = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_UNCONFIRMED))
    reason = Text(500, 2, required=True)


class RejectedUnconfirmed(Schema):
    """How many were rejected."""

    rejected = fields.Integer(required=True)
