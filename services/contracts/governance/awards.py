"""Awards (荣誉, 表彰) of members and units: operations and events.

Belongs here: granting and revoking awards. Not: deciding about them (campaigns, nominations, votes).
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Event,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    invalid,
    label,
    query,
)
from services.contracts.days import Day

AWARD_LEVELS = Vocabulary(
    "award_level", national="国家级", provincial="省部级", city="市厅级", university="校级", unit="分工会",
)  # fmt: skip
"""Highest first."""

AWARD_CATEGORIES = Vocabulary(
    "award_category", model_worker="劳动模范", three_educations="三育人", union_worker="优秀工会工作者",
    activist="工会积极分子", home="先进教工小家", teaching="教学竞赛", teacher="最美教师", culture_sports="文体",
    service="公益服务", other="其他",
)  # fmt: skip

AWARD_STATES = Vocabulary("award", granted="有效", revoked="已撤销")


class Commendation(Schema):
    """What was awarded: its name, level, category, the day, and the document of the decision."""

    title = Line(100, 2, required=True, metadata=label("荣誉名称"))
    level = Choice(AWARD_LEVELS, required=True, metadata=label("级别"))
    category = Choice(AWARD_CATEGORIES, required=True, metadata=label("类别"))
    awarded_on = Day(required=True, metadata=label("表彰日期"))
    document = Line(100, load_default=None, allow_none=True, metadata=label("文件号"))


class GrantAward(Commendation):
    """Record an award of one member or of one unit."""

    member_id = fields.UUID(load_default=None, allow_none=True, metadata=label("获奖会员"))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("获奖组织"))

    @validates_schema
    def _one_holder(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("member_id") is None) == (data.get("unit_id") is None):
            raise invalid("awards.one_holder", "An award goes to one member or to one unit.", field="member_id")


class RevokeAward(Schema):
    """Revoke an award, also to correct a mistake and then record it again; the reason is stored."""

    award_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    reason = Text(200, 2, required=True)


class AwardRef(Schema):
    """One award by id."""

    award_id = fields.UUID(required=True)


class AwardFilter(PageRequest):
    """Which awards, newest first: of a year, level, category, state, member or unit."""

    year = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1949, max=2199), metadata=label("年份")
    )
    level = Choice(AWARD_LEVELS, load_default=None, allow_none=True, metadata=label("级别"))
    category = Choice(AWARD_CATEGORIES, load_default=None, allow_none=True, metadata=label("类别"))
    state = Choice(AWARD_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    member_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class Award(Commendation):
    """荣誉 An award of a member or a unit."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(allow_none=True, load_default=None, metadata=label("获奖者"))
    unit_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(AWARD_STATES, required=True, metadata=label("状态"))
    reason = fields.String(allow_none=True, load_default=None)
    granted_at = Timestamp(required=True)
    revoked_at = Timestamp(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


list_awards = query(
    "governance", "list_awards", request=AwardFilter, reply=Page(Award), allow=("officer", "auditor", SYSTEM),
    doc="Awards of members and units, newest first.", title="查看表彰",
)  # fmt: skip
get_award = query(
    "governance", "get_award", request=AwardRef, reply=Award, allow=("officer", "auditor"), doc="One award.",
    title="查看一项表彰",
)  # fmt: skip
grant_award = command(
    "governance", "grant_award", request=GrantAward, reply=Award, allow=("officer", SYSTEM),
    doc="Record a commendation; it appears on the member's record.", title="登记表彰",
)  # fmt: skip
revoke_award = command(
    "governance", "revoke_award", request=RevokeAward, reply=Award, allow=("officer",),
    doc="Take an award back, with the reason.", title="撤销表彰",
)  # fmt: skip


class AwardData(Schema):
    """Whose award of which kind; `title` is the award's name as made public, never a person's."""

    award_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    title = fields.String(required=True)
    level = Choice(AWARD_LEVELS, required=True)
    category = Choice(AWARD_CATEGORIES, required=True)
    awarded_on = fields.Date(required=True)
    document = fields.String(required=True, allow_none=True)


_EXAMPLE = {
    "award_id": "0190d5a0-0000-7000-8000-0000000000a1", "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
    "unit_id": None, "title": "优秀工会工作者", "level": "university", "category": "union_worker",
    "awarded_on": "2023-12-20", "document": "校工〔2023〕21号",
}  # fmt: skip


class AwardGranted(Event, source="governance"):
    """An award was granted to a member or a unit; it is on the member's record from now on."""

    subject = "award/{award_id}"
    data = AwardData
    example = _EXAMPLE


class AwardRevoked(Event, source="governance"):
    """An award was revoked, also to correct a mistake; it is removed from the record."""

    subject = "award/{award_id}"
    data = AwardData
    example = _EXAMPLE
