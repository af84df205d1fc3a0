"""Awards (荣誉, 表彰) of members and units: operations and events.

Belongs here: granting and revoking awards. Not: deciding about them (campaigns, nominations, votes).
"""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.schema import SYSTEM, Choice, Event, Page, PageRequest, Schema, Text, Timestamp, command, query
from services.contracts.days import Day

LEVELS = ("national", "provincial", "city", "university", "unit")
"""国家级, 省部级, 市厅级, 校级, 院系（分工会）级, highest first."""

CATEGORIES = (
    "model_worker", "three_educations", "union_worker", "activist", "home", "teaching", "teacher", "culture_sports",
    "service", "other",
)  # fmt: skip
"""劳动模范, 三育人, 优秀工会工作者, 工会积极分子, 先进教工小家, 教学竞赛, 最美教师, 文体, 公益服务, 其他."""

AWARD_STATES = ("granted", "revoked")


class Commendation(Schema):
    """What was awarded: its name, level, category, the day, and the document of the decision."""

    title = Text(100, 2, required=True)
    level = Choice(LEVELS, required=True)
    category = Choice(CATEGORIES, required=True)
    awarded_on = Day(required=True)
    document = Text(100, load_default=None, allow_none=True)


class GrantAward(Commendation):
    """Record an award of one member or of one unit."""

    member_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def _one_holder(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("member_id") is None) == (data.get("unit_id") is None):
            raise ValidationError("An award goes to one member or to one unit.", "member_id")


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

    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1949, max=2199))
    level = Choice(LEVELS, load_default=None, allow_none=True)
    category = Choice(CATEGORIES, load_default=None, allow_none=True)
    state = Choice(AWARD_STATES, load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class Award(Commendation):
    """荣誉 An award of a member or a unit."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(allow_none=True, load_default=None)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(AWARD_STATES, required=True)
    reason = fields.String(allow_none=True, load_default=None)
    granted_at = Timestamp(required=True)
    revoked_at = Timestamp(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


list_awards = query(
    "governance", "list_awards", request=AwardFilter, reply=Page(Award), allow=("officer", "auditor"),
    doc="Awards of members and units, newest first.",
)  # fmt: skip
get_award = query(
    "governance", "get_award", request=AwardRef, reply=Award, allow=("officer", "auditor"), doc="One award.",
)  # fmt: skip
grant_award = command(
    "governance", "grant_award", request=GrantAward, reply=Award, allow=("officer", SYSTEM),
    doc="Record a commendation; it appears on the member's record.",
)  # fmt: skip
revoke_award = command(
    "governance", "revoke_award", request=RevokeAward, reply=Award, allow=("officer",),
    doc="Take an award back, with the reason.",
)  # fmt: skip


class AwardData(Schema):
    """Whose award of which kind; `title` is the award's name as made public, never a person's."""

    award_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    title = fields.String(required=True)
    level = Choice(LEVELS, required=True)
    category = Choice(CATEGORIES, required=True)
    awarded_on = fields.Date(required=True)
    document = fields.String(required=True, allow_none=True)


_EXAMPLE = {
    "award_id": "0190d5a0-0000-7000-8000-0000000000a1", "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
    "unit_id": None, "title": "优秀工会工作者", "level": "university", "category": "union_worker",
    "awarded_on": "2023-12-20", "document": "校工〔2023〕21号",
}  # fmt: skip


class AwardGranted(Event):
    """An award was granted to a member or a unit; it is on the member's record from now on."""

    source: ClassVar[str] = "governance"
    type: ClassVar[str] = "award_granted"
    subject: ClassVar[str] = "award/{award_id}"
    data = AwardData
    example: ClassVar[dict[str, Any]] = _EXAMPLE


class AwardRevoked(Event):
    """An award was revoked, also to correct a mistake; it is removed from the record."""

    source: ClassVar[str] = "governance"
    type: ClassVar[str] = "award_revoked"
    subject: ClassVar[str] = "award/{award_id}"
    data = AwardData
    example: ClassVar[dict[str, Any]] = _EXAMPLE
