"""Bodies that meet: who belongs to one follows from the posts held on the day of a meeting."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Schema, command, labelled, query
from services.contracts.governance.meetings.vocabulary import BODY_KINDS, MEETING_FIELDS
from services.contracts.membership.organisation.posts import POST_KINDS

MOST_BODIES = 200
MOST_SEATS = 500
"""Members of one body."""
SEATED_POSTS = POST_KINDS.only(
    "union_chair", "union_officer", "unit_chair", "unit_deputy", "women_member", "group_leader", "committee_chair",
    "committee_deputy", "committee_member", "auditor", "mediator",
)  # fmt: skip
"""Posts that can give a seat."""


class BodyRef(Schema):
    """One body by id."""

    body_id = fields.UUID(required=True)


@labelled(MEETING_FIELDS)
class AddBody(Schema):
    """A new body: its members are who holds one of the posts, in one part of the union or, without `unit_id`, in all.

    `chair_kind`: the post whose holder presides; the first of several by the order of seats.
    """

    name = Line(60, 2, required=True)
    kind = Choice(BODY_KINDS, required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    post_kinds = fields.List(Choice(SEATED_POSTS), required=True, validate=validate.Length(min=1, max=8))
    chair_kind = Choice(SEATED_POSTS, required=True)


class ChangeBody(AddBody):
    """Replace what a body is; meetings that were called keep their list of members."""

    body_id = fields.UUID(required=True)
    active = fields.Boolean(load_default=True, metadata={"title": MEETING_FIELDS.texts["active"]})


@labelled(MEETING_FIELDS)
class Body(AddBody):
    """会议组织 A body that meets."""

    id = fields.UUID(required=True)
    active = fields.Boolean(required=True)


class ListBodies(Schema):
    """All bodies, or those in use."""

    active = fields.Boolean(load_default=None, allow_none=True)


class Bodies(Schema):
    """Bodies by name."""

    items = fields.List(fields.Nested(Body), required=True)


list_meeting_bodies = query(
    "governance", "list_meeting_bodies", request=ListBodies, reply=Bodies,
    allow=("officer", "chair", "auditor", "member"), reach={"chair": "union", "member": "union"},
    doc="The bodies that meet, by name.", title="查看会议组织",
)  # fmt: skip
add_meeting_body = command(
    "governance", "add_meeting_body", request=AddBody, reply=Body, allow=("officer",),
    doc="Add a body that meets.", title="新增会议组织",
)  # fmt: skip
change_meeting_body = command(
    "governance", "change_meeting_body", request=ChangeBody, reply=Body, allow=("officer",),
    doc="Change a body, or let it meet no more.", title="修改会议组织",
)  # fmt: skip
