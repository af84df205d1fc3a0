"""Changes of units (组织沿革): merging, splitting, moving under another parent; and the history of units.

Belongs here: changes that move members, posts and applications. Not: founding, renaming, closing (`operations`).
"""

from marshmallow import fields, validate

from services.chassis.schema import (
    PUBLIC,
    Choice,
    Event,
    Line,
    PageRequest,
    Schema,
    Text,
    Vocabulary,
    command,
    label,
    query,
)
from services.contracts.days import Day
from services.contracts.membership.organisation.operations import UNIT_CODE, Unit

UNIT_HISTORY_KINDS = Vocabulary(
    "unit_history", founded="成立", renamed="更名", moved="调整上级", closed="停用", reopened="恢复",
    merged_into="并入其他组织", took_in="其他组织并入", split_off="分出新的分工会", split_from="由其他分工会分出",
)  # fmt: skip
MOST_PARTS = 10
MOST_MEMBERS = 5000


class MergeUnit(Schema):
    """Merge a unit, group or committee into another of its kind; all members move, the merged one is closed."""

    unit_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    into_unit_id = fields.UUID(required=True)
    on = Day(load_default=None, allow_none=True, metadata=label("自哪天起"))
    reason = Text(200, 2, required=True, metadata=label("依据或原因"))


class MergePreviewRequest(Schema):
    """Which unit would be merged into which."""

    unit_id = fields.UUID(required=True)
    into_unit_id = fields.UUID(required=True)


class SplitPart(Schema):
    """A unit to be founded from a part of another, and who moves there: whole groups, and members by id or number."""

    code = fields.String(required=True, validate=UNIT_CODE, metadata=label("代码"))
    name = Line(100, 1, required=True, metadata=label("新分工会名称"))
    name_en = Line(200, allow_none=True, load_default=None, metadata=label("英文名称"))
    group_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=200), metadata=label("整组转入的工会小组")
    )
    member_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=MOST_MEMBERS), metadata=label("单独转入的会员")
    )
    member_numbers = fields.List(
        Text(20, 1), load_default=list, validate=validate.Length(max=MOST_MEMBERS), metadata=label("其他会员的会员号")
    )


class SplitPreviewRequest(Schema):
    """How a unit would be split."""

    unit_id = fields.UUID(required=True)
    into = fields.List(fields.Nested(SplitPart), required=True, validate=validate.Length(min=1, max=MOST_PARTS))
    close = fields.Boolean(load_default=False, metadata=label("原分工会随之撤销"))


class SplitUnit(SplitPreviewRequest):
    """Split a unit: the parts become new units; `close` closes the old one, in which no member may be left.

    Applications under way stay with the old unit; when it is closed they go to the first part.
    """

    version = fields.Integer(required=True, strict=True)
    on = Day(load_default=None, allow_none=True, metadata=label("自哪天起"))
    reason = Text(200, 2, required=True, metadata=label("依据或原因"))


class MoveUnit(Schema):
    """Move a group with its members to another unit, or a committee to another part of the union."""

    unit_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    parent_id = fields.UUID(required=True, metadata=label("新的上级"))
    on = Day(load_default=None, allow_none=True, metadata=label("自哪天起"))
    reason = Text(200, 2, required=True, metadata=label("依据或原因"))


class RefusalShown(Schema):
    """Why something is refused: the rule and its reason."""

    rule = fields.String(required=True)
    detail = fields.String(required=True)
    params = fields.Dict(keys=fields.String(), load_default=dict)


class PartFigures(Schema):
    """How much moves to one part of a split."""

    code = fields.String(required=True)
    members = fields.Integer(required=True)
    groups = fields.Integer(required=True)


class UnitChangePreview(Schema):
    """What a change would move and end, and the reasons if it is refused."""

    members = fields.Integer(required=True)
    groups = fields.Integer(required=True)
    committees = fields.Integer(required=True)
    posts = fields.Integer(required=True)
    applications = fields.Integer(required=True)
    staying = fields.Integer(load_default=0)
    parts = fields.List(fields.Nested(PartFigures), load_default=list)
    refusal = fields.Nested(RefusalShown, allow_none=True, load_default=None)


class UnitChanges(Schema):
    """The result of a change: the unit, the units founded, the numbers of members, posts and applications moved."""

    unit = fields.Nested(Unit, required=True)
    founded = fields.List(fields.Nested(Unit), load_default=list)
    members = fields.Integer(required=True)
    groups = fields.Integer(required=True)
    committees = fields.Integer(required=True)
    posts = fields.Integer(required=True)
    applications = fields.Integer(required=True)


class UnitHistoryRequest(PageRequest):
    """Changes of one unit, newest first."""

    unit_id = fields.UUID(required=True)


class UnitHistoryEntry(Schema):
    """One change of a unit: what, since which day, why; `other_unit_id` is the parent, the source or the successor.

    Who recorded it and why is visible to chairs, officers and auditors only.
    """

    id = fields.UUID(required=True)
    kind = Choice(UNIT_HISTORY_KINDS, required=True)
    happened_on = fields.Date(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True, load_default=None)
    other_unit_id = fields.UUID(allow_none=True, load_default=None)
    members = fields.Integer(allow_none=True, load_default=None)
    by = fields.String(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)


class UnitName(Schema):
    """A name a unit had, with its first and last day; `to` is null for the name in use."""

    name = fields.String(required=True)
    name_en = fields.String(allow_none=True, load_default=None)
    since = fields.Date(required=True)
    to = fields.Date(allow_none=True, load_default=None)


class UnitHistory(Schema):
    """A page of a unit's history, and all its names by date, oldest first."""

    items = fields.List(fields.Nested(UnitHistoryEntry), required=True)
    names = fields.List(fields.Nested(UnitName), required=True)
    next_cursor = fields.String(allow_none=True, load_default=None)


unit_history = query(
    "membership", "unit_history", request=UnitHistoryRequest, reply=UnitHistory, allow=(PUBLIC,),
    doc="What became of a unit: founded, renamed, moved, merged, split, closed; and its names by date.",
    title="查看组织沿革",
)  # fmt: skip
preview_merge = query(
    "membership", "preview_merge", request=MergePreviewRequest, reply=UnitChangePreview, allow=("officer",),
    doc="How many members, posts and applications a merge would move, and why it may not be done.",
    title="预览组织合并",
)  # fmt: skip
merge_unit = command(
    "membership", "merge_unit", request=MergeUnit, reply=UnitChanges, allow=("officer",),
    doc="Merge a unit into another: members and applications move, its posts end, it is closed.", title="合并组织",
)  # fmt: skip
preview_split = query(
    "membership", "preview_split", request=SplitPreviewRequest, reply=UnitChangePreview, allow=("officer",),
    doc="How many members, posts and applications a split would move, and why it may not be done.",
    title="预览组织拆分",
)  # fmt: skip
split_unit = command(
    "membership", "split_unit", request=SplitUnit, reply=UnitChanges, allow=("officer",),
    doc="Found units out of a unit; the groups and members chosen move there.", title="拆分组织",
)  # fmt: skip
move_unit = command(
    "membership", "move_unit", request=MoveUnit, reply=UnitChanges, allow=("officer",),
    doc="Put a group or committee under another parent; members of a group move with it.", title="调整组织的上级",
)  # fmt: skip

_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_OTHER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0006"


class UnitMergedData(Schema):
    """Which unit was merged into which, from which day, and how many members moved."""

    unit_id = fields.UUID(required=True)
    into_unit_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    on = fields.Date(required=True)
    members = fields.Integer(required=True)


class UnitMerged(Event, source="membership"):
    """A unit was merged into another and closed; each member's move also has a `unit_changed` event."""

    subject = "unit/{unit_id}"
    data = UnitMergedData
    example = {"unit_id": _UNIT, "into_unit_id": _OTHER, "kind": "unit", "on": "2026-09-01", "members": 84}


class UnitSplitData(Schema):
    """Which units were founded from which unit, and which got the rest when it was closed."""

    unit_id = fields.UUID(required=True)
    new_unit_ids = fields.List(fields.UUID(), required=True)
    closed = fields.Boolean(required=True)
    on = fields.Date(required=True)
    members = fields.Integer(required=True)


class UnitSplit(Event, source="membership"):
    """Units were founded from a part of one; each member's move also has a `unit_changed` event."""

    subject = "unit/{unit_id}"
    data = UnitSplitData
    example = {"unit_id": _UNIT, "new_unit_ids": [_OTHER], "closed": False, "on": "2026-09-01", "members": 31}
