"""Shapes of posts (职务); the operations are in `operations`."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Vocabulary, label
from services.contracts.days import Day
from services.contracts.ids import ids_filter

ROLE_OF_POST = {
    "union_chair": "officer",
    "union_officer": "officer",
    "unit_chair": "chair",
    "unit_deputy": "member",
    "women_member": "member",
    "group_leader": "member",
    "committee_chair": "member",
    "committee_deputy": "member",
    "committee_member": "member",
    "auditor": "auditor",
    "delegate": "delegate",
    "handler": "handler",
    "mediator": "mediator",
    "judge": "judge",
    "operator": "ops",
}
"""The role a post gives its holder from `starts_on` to `ends_on`, both inclusive; "member" means no further role."""

ROLE_OF_COMMITTEE = {"audit": "auditor", "mediation": "mediator", "proposals": "handler"}
"""The role that every post in a committee of this sort gives instead."""

UNIT_ROLES = frozenset({"chair"})
"""Roles that apply to one unit only; all others apply to the whole union."""

POST_KINDS = Vocabulary(
    "post", union_chair="校工会主席", union_officer="校工会干部", unit_chair="分工会主席", unit_deputy="分工会副主席",
    women_member="女职工委员", group_leader="工会小组长", committee_chair="主任委员", committee_deputy="副主任委员",
    committee_member="委员", auditor="经审委员", delegate="教代会代表", handler="承办部门联系人", mediator="调解员",
    judge="评委", operator="系统管理员",
)  # fmt: skip
TERM_YEARS = (3, 5)


def role_of(kind: str, committee: str | None) -> str:
    """Return the role a post gives.

    Args:
        kind: the post's kind.
        committee: the sort of the committee it is held in; None elsewhere.
    """
    own = ROLE_OF_POST[kind]
    return ROLE_OF_COMMITTEE.get(committee or "", own) if own == "member" else own


class Post(Schema):
    """职务 A post held by a member in a unit for a term; `role` is the role it gives."""

    id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, metadata=label("组织"))
    kind = Choice(POST_KINDS, required=True, metadata=label("职务"))
    role = fields.String(required=True)
    member_id = fields.UUID(required=True, metadata=label("担任人"))
    member_name = fields.String(allow_none=True, load_default=None, metadata=label("姓名"))
    starts_on = fields.Date(required=True, metadata=label("开始日期"))
    ends_on = fields.Date(required=True, metadata=label("届满日期"))
    ended_on = fields.Date(allow_none=True, load_default=None, metadata=label("提前结束"))
    term = fields.String(allow_none=True, load_default=None, metadata=label("届次"))
    in_office = fields.Boolean(required=True)


class Role(Schema):
    """A role a member has today, by a post or by belonging to the union; without a unit it reaches the whole union."""

    role = fields.String(required=True)
    unit_id = fields.UUID(allow_none=True, required=True)


class Roles(Schema):
    """All roles of one member; none where the membership has ended or never was."""

    items = fields.List(fields.Nested(Role), required=True)


class RolesFilter(Schema):
    """Whose roles."""

    member_id = fields.UUID(required=True)


class PostFilter(PageRequest):
    """Which posts to list; ordered by the day they end. `held_on`: only posts held on that day."""

    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("分工会"))
    member_id = fields.UUID(load_default=None, allow_none=True)
    kind = Choice(POST_KINDS, load_default=None, allow_none=True, metadata=label("职务"))
    held_on = fields.Date(load_default=None, allow_none=True)
    ending_within = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0, max=3660))
    ids = ids_filter()


class AssignPost(Schema):
    """Give a member a post. The term is 3 or 5 years (工会法 Art. 16); `ends_on` shortens it for a replacement."""

    unit_id = fields.UUID(required=True)
    kind = Choice(POST_KINDS, required=True, metadata=label("职务"))
    member_id = fields.UUID(required=True, metadata=label("担任人"))
    starts_on = Day(years_ahead=2, required=True, metadata=label("开始日期"))
    term_years = fields.Integer(
        load_default=5, strict=True, validate=validate.OneOf(TERM_YEARS), metadata=label("任期")
    )
    ends_on = Day(years_ahead=10, load_default=None, allow_none=True, metadata=label("届满日期"))
    term = Line(40, load_default=None, allow_none=True, metadata=label("届次"))


class EndPost(Schema):
    """End a post before the end of its term; `ended_on` is the last day it is held."""

    post_id = fields.UUID(required=True)
    ended_on = Day(years_ahead=10, load_default=None, allow_none=True)
    reason = Text(200, 2, required=True)
