"""Shapes of an activity: its kinds, states, audience, sessions and the whole resource."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate, validates_schema

from services.chassis.schema import Choice, Line, Money, Schema, Timestamp, Vocabulary, invalid, label, labelled
from services.contracts.days import Day
from services.contracts.governance.awards import AWARD_CATEGORIES
from services.contracts.membership.organisation.posts import POST_KINDS
from services.contracts.membership.person import GENDERS
from services.contracts.vocabulary import EMPLOYMENTS

ACTIVITY_FIELDS = Vocabulary(
    "activity_field", title="名称", title_en="英文名称", kind="类型", summary="活动介绍", summary_en="英文介绍",
    place="地点", starts_at="开始时间", ends_at="结束时间", sessions="场次", capacity="名额",
    waiting_list="报满后可以候补",
    registration_opens_at="报名开始", registration_closes_at="报名截止", cancel_until="可取消至", audience="对象",
    fee="费用（元）", state="状态", held_on="举办日期", attended="参加人数", plan_item_id="计划项目",
    copied_from="复制自另一活动", organiser_unit_id="主办单位", options="报名选项", questions="报名问题",
)  # fmt: skip


ACTIVITY_KINDS = Vocabulary(
    "activity_kind", seminar="座谈研讨", lecture="讲座宣讲", salon="沙龙", contest="竞赛评选", match="球类比赛",
    sports="运动会", choir="合唱", ceremony="仪式", newcomers_ceremony="新教工入会仪式",
    retirement_ceremony="荣休仪式", parent_child="亲子活动", training="培训", trip="疗休养与出行", care="关爱慰问",
    meeting="会议", congress="双代会", examination="体检", donation="慈善捐赠", social="联谊交友", visit="走访",
    other="其他",
)  # fmt: skip
"""Kinds of activity in a union's year; `newcomers_ceremony` is the one newcomers are invited to."""

ACTIVITY_STATES = Vocabulary("activity", draft="草稿", scheduled="已安排", held="已举办", cancelled="已取消")

CANCEL_REASONS = Vocabulary(
    "cancel_reason", weather="天气原因", venue="场地原因", too_few="人数不足", organiser="主办方原因",
    other="其他原因",
)  # fmt: skip


_AGE = validate.Range(min=16, max=100)


class Audience(Schema):
    """对象 Who may register for an activity; an empty list, or a part that is left out, means no restriction.

    Ages are full years on the activity's first day, both ends included. Posts are those held when one registers;
    honours are categories of which the record has at least one.
    """

    units = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200))
    employments = fields.List(Choice(EMPLOYMENTS), load_default=list, validate=validate.Length(max=4))
    sex = Choice(GENDERS, allow_none=True, metadata=label("性别"))
    age_from = fields.Integer(strict=True, allow_none=True, validate=_AGE, metadata=label("年龄下限（周岁，含）"))
    age_to = fields.Integer(strict=True, allow_none=True, validate=_AGE, metadata=label("年龄上限（周岁，含）"))
    posts = fields.List(Choice(POST_KINDS), validate=validate.Length(max=len(POST_KINDS)), metadata=label("职务"))
    joined_since = Day(allow_none=True, metadata=label("入会不早于"))
    honours = fields.List(
        Choice(AWARD_CATEGORIES), validate=validate.Length(max=len(AWARD_CATEGORIES)), metadata=label("荣誉类别")
    )

    @validates_schema(skip_on_field_errors=True)
    def ages_are_in_order(self, audience: dict[str, Any], **_: Any) -> None:
        """Refuse a lowest age above the highest one."""
        low, high = audience.get("age_from"), audience.get("age_to")
        if low is not None and high is not None and low > high:
            raise invalid("calendar.ages_in_order", "The lowest age is above the highest.", field="age_to")

    @post_load
    def without_empty_parts(self, audience: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Leave out further parts that restrict nothing, so that a rule without them is stored as it always was."""
        always = ("units", "employments")
        return {name: value for name, value in audience.items() if name in always or value not in (None, [])}


class Session(Schema):
    """场次 One of several meetings of the same activity; a registration is for all of them."""

    title = Line(120, load_default=None, allow_none=True)
    place = Line(200, load_default=None, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)


@labelled(ACTIVITY_FIELDS)
class Activity(Schema):
    """活动 Something the union holds. Times are UTC; `seats_left` is null where seats are not limited.

    `version` counts changes of the activity itself, not its registrations.
    """

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(allow_none=True)
    kind = Choice(ACTIVITY_KINDS, required=True)
    summary = fields.String(allow_none=True)
    summary_en = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    sessions = fields.List(fields.Nested(Session), required=True)
    capacity = fields.Integer(allow_none=True)
    waiting_list = fields.Boolean(required=True)
    registration_opens_at = Timestamp(required=True)
    registration_closes_at = Timestamp(required=True)
    cancel_until = Timestamp(required=True)
    audience = fields.Nested(Audience, required=True)
    fee = Money(required=True)
    organiser_unit_id = fields.UUID(allow_none=True)
    plan_item_id = fields.UUID(allow_none=True)
    series_id = fields.UUID(allow_none=True)
    state = Choice(ACTIVITY_STATES, required=True)
    seats_taken = fields.Integer(required=True, metadata=label("已报名"))
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer(required=True, metadata=label("候补"))
    scheduled_at = Timestamp(allow_none=True)
    cancel_reason_code = Choice(CANCEL_REASONS, allow_none=True)
    cancel_note = fields.String(allow_none=True)
    held_on = fields.Date(allow_none=True)
    attended = fields.Integer(allow_none=True)
    version = fields.Integer(required=True)


class FieldChange(Schema):
    """One field that changed, with the stored values."""

    field = fields.String(required=True)
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class ActivityChange(Schema):
    """One change of an activity: when, by whose account, why, and what."""

    at = Timestamp(required=True)
    by = fields.String(required=True)
    reason = fields.String(allow_none=True)
    changes = fields.List(fields.Nested(FieldChange), required=True)
