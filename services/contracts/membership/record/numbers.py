"""Finding members by their numbers, for lists that people type or load from a file."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import SYSTEM, Line, Schema, query

MOST_NUMBERS = 1000
"""Numbers in one question."""


class MemberNumbers(Schema):
    """Numbers of members, each once."""

    numbers = fields.List(Line(40, 1), required=True, validate=validate.Length(1, MOST_NUMBERS))


class NumberedMember(Schema):
    """A member with a number."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)


class NumberedMembers(Schema):
    """The members found, and the numbers that no member has."""

    items = fields.List(fields.Nested(NumberedMember), required=True)
    not_found = fields.List(fields.String(), required=True)


members_by_number = query(
    "membership", "members_by_number", request=MemberNumbers, reply=NumberedMembers, allow=("officer", SYSTEM),
    doc="Ids of members by their numbers, up to 1,000.", title="按会员号查找会员",
)  # fmt: skip
