"""Organisation of the union: units, committees and groups, and the posts in them.

Belongs here: operations and events of the organisation. Not: members (record).
"""

from marshmallow import fields, validate

from services.chassis.schema import (
    ACCOUNT,
    PUBLIC,
    SYSTEM,
    Choice,
    Event,
    InputError,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Vocabulary,
    command,
    label,
    query,
)
from services.contracts.days import Day
from services.contracts.membership.organisation.posts import AssignPost, EndPost, Post, PostFilter, Roles, RolesFilter

UNIT_KINDS = Vocabulary("unit_kind", union="校工会", unit="分工会", group="工会小组", committee="委员会")

COMMITTEES = Vocabulary(
    "committee", executive="工会委员会", women="女职工委员会", audit="经费审查委员会", youth_women="青工女职委",
    proposals="提案工作委员会", mediation="劳动争议调解委员会", other="其他委员会",
)  # fmt: skip

_CODE_FORM = InputError("organisation.code_form", "letters, digits and hyphens, at most 20")
UNIT_CODE = validate.Regexp(r"\A[A-Za-z0-9][A-Za-z0-9-]{0,19}\Z", error=_CODE_FORM)


class Unit(Schema):
    """A part of the union: 校工会 (union), 分工会 (unit), 工会小组 (group) or 委员会 (committee)."""

    id = fields.UUID(required=True)
    code = fields.String(required=True, validate=UNIT_CODE, metadata=label("代码"))
    name = Line(100, 1, required=True, metadata=label("名称"))
    name_en = Line(200, allow_none=True, load_default=None, metadata=label("英文名称"))
    kind = Choice(UNIT_KINDS, required=True, metadata=label("类别"))
    committee = Choice(COMMITTEES, allow_none=True, load_default=None)
    parent_id = fields.UUID(allow_none=True, load_default=None, metadata=label("上级"))
    active = fields.Boolean(required=True, metadata=label("在用"))
    founded_on = fields.Date(allow_none=True, load_default=None)
    closed_on = fields.Date(allow_none=True, load_default=None)
    merged_into_id = fields.UUID(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class UnitFilter(PageRequest):
    """Which units to list; ordered by code."""

    kind = Choice(UNIT_KINDS, load_default=None, allow_none=True)
    parent_id = fields.UUID(load_default=None, allow_none=True)
    active = fields.Boolean(load_default=None, allow_none=True)
    q = Line(100, load_default=None, allow_none=True)
    limit = fields.Integer(load_default=200, validate=validate.Range(min=1, max=500))


class UnitRef(Schema):
    """One unit by id."""

    unit_id = fields.UUID(required=True)


class CreateUnit(Schema):
    """A new unit, group or committee below an existing one; a union has no parent, a committee has a sort."""

    code = fields.String(required=True, validate=UNIT_CODE, metadata=label("代码"))
    name = Line(100, 1, required=True, metadata=label("名称"))
    name_en = Line(200, allow_none=True, load_default=None, metadata=label("英文名称"))
    kind = Choice(UNIT_KINDS, required=True, metadata=label("类别"))
    committee = Choice(COMMITTEES, allow_none=True, load_default=None, metadata=label("委员会类别"))
    parent_id = fields.UUID(allow_none=True, load_default=None, metadata=label("上级"))
    founded_on = Day(allow_none=True, load_default=None, metadata=label("成立日期"))


class UpdateUnit(Schema):
    """Change the given fields only; `active: false` closes an empty unit. `on`: the day of the change."""

    unit_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    name = Line(100, 1, metadata=label("名称"))
    name_en = Line(200, allow_none=True, metadata=label("英文名称"))
    active = fields.Boolean(metadata=label("在用（没有会员和下级时才能停用）"))
    founded_on = Day(allow_none=True, metadata=label("成立日期"))
    on = Day(allow_none=True, load_default=None, metadata=label("自哪天起"))
    reason = Text(200, 2, required=True, metadata=label("修改原因"))


class UnitFigures(Schema):
    """How many active members a unit has, and what the law then requires of it (工会法 Art. 11)."""

    unit_id = fields.UUID(required=True)
    members = fields.Integer(required=True)
    women = fields.Integer(required=True)
    by_employment = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    groups = fields.Integer(required=True)
    has_chair = fields.Boolean(required=True)
    needs_committee = fields.Boolean(required=True)
    needs_women_committee = fields.Boolean(required=True)
    has_committee = fields.Boolean(load_default=False)
    has_women_committee = fields.Boolean(load_default=False)


class UnitFiguresRequest(Schema):
    """Figures of one unit, or of all units that the caller may see."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


class UnitFiguresList(Schema):
    """Figures of several units, by unit code."""

    items = fields.List(fields.Nested(UnitFigures), required=True)


_SEES_ORGANISATION = ("officer", "chair", "auditor", SYSTEM)

list_units = query(
    "membership", "list_units", request=UnitFilter, reply=Page(Unit), allow=(PUBLIC,),
    doc="Units of the union, by code; anyone may see them to choose where to apply.", title="查看组织列表",
)  # fmt: skip
get_unit = query(
    "membership", "get_unit", request=UnitRef, reply=Unit, allow=(PUBLIC,),
    doc="One unit.", title="查看组织",
)  # fmt: skip
unit_figures = query(
    "membership", "unit_figures", request=UnitFiguresRequest, reply=UnitFiguresList, allow=_SEES_ORGANISATION,
    doc="Members of each unit in figures, and which committees the law asks for; a chair sees the own unit.",
    title="查看组织的人数",
)  # fmt: skip
create_unit = command(
    "membership", "create_unit", request=CreateUnit, reply=Unit, allow=("officer", SYSTEM),
    doc="Found a unit, group or committee.", title="成立组织",
)  # fmt: skip
update_unit = command(
    "membership", "update_unit", request=UpdateUnit, reply=Unit, allow=("officer", SYSTEM),
    doc="Rename a unit, or close it when nobody is in it.", title="修改或停用组织",
)  # fmt: skip
list_posts = query(
    "membership", "list_posts", request=PostFilter, reply=Page(Post), allow=(ACCOUNT, SYSTEM),
    doc="Posts with their holders; officers, chairs and auditors see all, others the posts they hold themselves.",
    title="查看职务", reach={"officer": "union", "chair": "union", "auditor": "union"},
)  # fmt: skip
get_roles = query(
    "membership", "get_roles", request=RolesFilter, reply=Roles, allow=(SYSTEM,),
    doc="The roles a member has today, for a service that goes on with work the member has asked for.",
)  # fmt: skip
assign_post = command(
    "membership", "assign_post", request=AssignPost, reply=Post, allow=("officer", SYSTEM),
    delegable=False, doc="Give a member a post for a term; the role follows from it.", title="任命职务",
)  # fmt: skip
end_post = command(
    "membership", "end_post", request=EndPost, reply=Post, allow=("officer",),
    delegable=False, doc="End a post before its term is over.", title="结束职务",
)  # fmt: skip

_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
_POST = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003"


class UnitFactData(Schema):
    """The data of a unit, enough for a copy of the organisation."""

    unit_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True, load_default=None)
    kind = fields.String(required=True)
    committee = fields.String(allow_none=True, load_default=None)
    parent_id = fields.UUID(allow_none=True, load_default=None)
    active = fields.Boolean(required=True)


class UnitCreated(Event, source="membership"):
    """A unit, group or committee was founded."""

    subject = "unit/{unit_id}"
    data = UnitFactData
    example = {"unit_id": _UNIT, "code": "07", "name": "计算机学院分工会", "name_en": "School of Computing",
               "kind": "unit", "committee": None, "parent_id": None, "active": True}  # fmt: skip


class UnitUpdated(Event, source="membership"):
    """A unit was renamed, closed or opened again; the data is its present state."""

    subject = "unit/{unit_id}"
    data = UnitFactData
    example = {**UnitCreated.example, "active": False}


class PostAssignedData(Schema):
    """Who holds which post from when to when; `succeeds_post_id`: the post with an ending term that it succeeds."""

    post_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    role = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    succeeds_post_id = fields.UUID(allow_none=True, load_default=None)


class PostAssigned(Event, source="membership"):
    """A member was given a post; the role is valid from `starts_on` to `ends_on`, both days inclusive."""

    subject = "post/{post_id}"
    data = PostAssignedData
    example = {"post_id": _POST, "member_id": _MEMBER, "unit_id": _UNIT, "kind": "unit_chair", "role": "chair",
               "starts_on": "2023-03-01", "ends_on": "2028-02-29", "succeeds_post_id": None}  # fmt: skip


class PostEndedData(Schema):
    """Which post ended, and its last day."""

    post_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    role = fields.String(required=True)
    ended_on = fields.Date(required=True)


class PostEnded(Event, source="membership"):
    """A post ended before the end of its term; the role is valid until `ended_on`, that day inclusive."""

    subject = "post/{post_id}"
    data = PostEndedData
    example = {"post_id": _POST, "member_id": _MEMBER, "unit_id": _UNIT, "kind": "unit_chair", "role": "chair",
               "ended_on": "2024-08-31"}  # fmt: skip


class PostTermEndingData(Schema):
    """Which post's term ends soon."""

    post_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    ends_on = fields.Date(required=True)


class PostTermEnding(Event, source="membership"):
    """A term ends within 90 days; published once, so that the next election is prepared in time."""

    subject = "post/{post_id}"
    data = PostTermEndingData
    example = {"post_id": _POST, "unit_id": _UNIT, "kind": "unit_chair", "ends_on": "2028-02-29"}
