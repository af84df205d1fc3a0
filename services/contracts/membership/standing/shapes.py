"""Shapes of standings, decisions and requests to leave. The operations are in `operations`."""

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Timestamp, Vocabulary, label, labelled
from services.contracts.days import Day
from services.contracts.ids import ids_filter
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.membership.record.shapes import STANDINGS

RIGHTS = Vocabulary(
    "right", dues="缴纳会费", vote="选举权和表决权", candidacy="被选举权", posts="担任工会职务",
    activities="报名参加活动", benefits="年度福利", record="查看自己的档案", membership="会籍和会员号",
    care="走访慰问", number="会员号保留", history="会籍历史",
)  # fmt: skip


DECISIONS = Vocabulary("decision", withdrawal="退会", deemed_withdrawal="自动退会", expulsion="除名", death="去世")
"""Ways in which a recorded decision ends a membership; it never ends automatically."""

STANDING_CHANGES = Vocabulary(
    "standing_change", DECISIONS.texts, transfer_out="转往外单位工会", retirement="退休，保留会籍",
    retirement_undone="撤销退休", reinstatement="恢复会籍", rejoining="重新入会",
)  # fmt: skip
CHANGE_REASONS = Vocabulary(
    "change_reason", {
        **STANDING_CHANGES.texts, "admitted from a roster": "名册导入", "imported from a roster": "名册导入",
        "application approved": "入会申请获批准",
        "from the HR system": "采用人事系统的信息", "dues exemption": "登记会费免缴", "retirement undone": "撤销退休",
        "reinstated": "恢复会籍", "transfer": "转会生效", "transfer requested": "提出转会",
        "transfer refused": "转会未获同意", "transfer withdrawn": "撤回转会",
        "transfer lapsed: the unit is closed": "调入单位已停用，转会失效", "units merged": "分工会合并",
        "unit merged or split": "分工会合并或分立", "congress seat changed": "教代会、工代会代表资格变动",
    },
)  # fmt: skip
"""Reasons in histories that the services write themselves; what a person wrote stands as it was written."""
LEAVE_STATES = Vocabulary("leave", requested="待宣布", declared="已宣布退会", taken_back="已收回", lapsed="已失效")


class Decided(Schema):
    """会籍处理决定 Who decided, in which meeting, on which day, by which document, and why."""

    decided_by = Line(100, 2, required=True, metadata=label("作出决定的组织"))
    meeting = Line(200, 2, load_default=None, allow_none=True, metadata=label("会议"))
    decided_on = Day(required=True, metadata=label("决定日期"))
    document = Line(200, 2, load_default=None, allow_none=True, metadata=label("文件"))
    reason = Text(500, 2, required=True, metadata=label("原因"))


class RecordDecision(Decided):
    """End a membership. A deemed withdrawal also needs since when nothing was paid and done, and the talk held."""

    member_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    kind = Choice(DECISIONS, required=True, metadata=label("处理"))
    effective_on = Day(load_default=None, allow_none=True, metadata=label("生效日期"))
    unpaid_since = Day(load_default=None, allow_none=True, metadata=label("欠缴会费起始日期"))
    inactive_since = Day(load_default=None, allow_none=True, metadata=label("不参加活动起始日期"))
    talked_on = Day(load_default=None, allow_none=True, metadata=label("谈话日期"))
    talk_note = Text(500, 2, load_default=None, allow_none=True, metadata=label("谈话情况"))


class ReinstateMember(Decided):
    """Undo the end of a membership; `unit_id` if the former unit is closed."""

    member_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("恢复到"))


@labelled(MEMBER_FIELDS)
class StandingChange(Schema):
    """会籍变动 One change of standing with its decision; reason and talk only for those who may see them."""

    id = fields.UUID(required=True)
    kind = Choice(STANDING_CHANGES, required=True, metadata=label("变动"))
    member_id = fields.UUID(required=True)
    member_name = fields.String(required=True, metadata=label("姓名"))
    number = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    old_standing = Choice(STANDINGS, required=True)
    new_standing = Choice(STANDINGS, required=True, metadata=label("会籍状态"))
    effective_on = fields.Date(required=True, metadata=label("生效日期"))
    decided_by = fields.String(allow_none=True, load_default=None, metadata=label("决定"))
    meeting = fields.String(allow_none=True, load_default=None)
    decided_on = fields.Date(allow_none=True, load_default=None)
    document = fields.String(allow_none=True, load_default=None, metadata=label("文件"))
    reason = fields.String(allow_none=True, load_default=None)
    unpaid_since = fields.Date(allow_none=True, load_default=None)
    inactive_since = fields.Date(allow_none=True, load_default=None)
    talked_on = fields.Date(allow_none=True, load_default=None)
    talk_note = fields.String(allow_none=True, load_default=None)
    noted_at = Timestamp(required=True)
    noted_by = fields.UUID(allow_none=True, load_default=None)


@labelled(MEMBER_FIELDS)
class StandingChangeFilter(PageRequest):
    """Which changes; `year` is that of the day they take effect."""

    q = Line(50, load_default=None, allow_none=True, metadata=label("姓名、拼音或会员号"))
    member_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    kind = Choice(STANDING_CHANGES, load_default=None, allow_none=True, metadata=label("变动"))
    year = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1949, max=2199), metadata=label("年份")
    )
    with_total = fields.Boolean(load_default=False)


class MemberStandingRequest(Schema):
    """Whose standing; by default one's own."""

    member_id = fields.UUID(load_default=None, allow_none=True)


class RequestLeave(Schema):
    """Leave the union; the reason is optional."""

    reason = Text(500, load_default=None, allow_none=True)


class LeaveRef(Schema):
    """One request to leave."""

    leave_id = fields.UUID(required=True)


class LeaveRequest(Schema):
    """退会申请 A request to leave; only the member and officers see the reason."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    member_name = fields.String(required=True)
    number = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(LEAVE_STATES, required=True)
    reason = fields.String(allow_none=True, load_default=None)
    requested_at = Timestamp(required=True)


class LeaveFilter(PageRequest):
    """Which requests to leave."""

    state = Choice(LEAVE_STATES, load_default=None, allow_none=True)
    ids = ids_filter()
    with_total = fields.Boolean(load_default=False)


class MemberStanding(Schema):
    """The state of a membership: rights kept, rights ended, pending steps."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    standing = Choice(STANDINGS, required=True)
    joined_on = fields.Date(required=True)
    retired_on = fields.Date(allow_none=True, load_default=None)
    keeps = fields.List(fields.String(), required=True)
    ended = fields.List(fields.String(), required=True)
    transfer_id = fields.UUID(allow_none=True, load_default=None)
    leave = fields.Nested(LeaveRequest, allow_none=True, load_default=None)
    version = fields.Integer(required=True)
