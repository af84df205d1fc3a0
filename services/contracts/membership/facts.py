"""Facts for decisions: what another service may know about members, for which purpose, and the log of such questions.

Events carry no personal data, so a service that decides by sex or age asks membership, in bulk. Belongs here: the
purposes, the facts of each, the question, its log. Not: what is decided by them (the service that asks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    SYSTEM,
    Choice,
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
from services.contracts.governance.awards import AWARD_CATEGORIES
from services.contracts.membership.organisation.posts import POST_KINDS
from services.contracts.membership.person import GENDERS
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.vocabulary import EMPLOYMENTS, SERVICES

MOST_MEMBERS = 1000
"""Members in one question, by id or by page."""
YEARS_AHEAD = 7
"""How far ahead the day of a question may lie: activities are planned a term of office ahead."""

FACTS = Vocabulary(
    "fact", sex="性别", age="年龄（周岁）", posts="职务", honours="荣誉类别", joined_on="入会日期", unit_id="分工会",
    employment="用工形式", standing="会籍状态", children="子女（代号与周岁，不含姓名和生日）",
)  # fmt: skip
"""`age` is in full years on a day, never the date of birth; `honours` are categories of those that stand."""

FACT_PURPOSES = Vocabulary(
    "fact_purpose", activity_audience="判断是否属于活动对象", recuperation="判断疗休养资格",
    goods_list="生成慰问品名单", visit_level="确定走访层级", examinations="生成体检名单",
    children_day="生成六一慰问名单",
    mutual_aid="判断互助保障参保资格",
    congress_shares="核对代表构成", contest_age="核对参赛年龄",
)  # fmt: skip

FACT_REASONS = Vocabulary(
    "fact_reason", activity_audience="活动限定了对象（如女职工、35 周岁以下）时，判断会员是否在内",
    recuperation="报名疗休养时，按入会时间核定标准，按荣誉核定签数",
    goods_list="慰问品限定了入会日期时，判断会员是否在名单内",
    children_day="单位规定六一发慰问品时，按子女的周岁生成名单",
    visit_level="登记慰问事由时，判断会员是否担任由校工会走访的职务（如分工会主席）",
    examinations="按性别和年龄确定体检套餐，生成体检名单",
    mutual_aid="登记互助保障参保时，按计划的年龄和性别条件判断能否参保",
    congress_shares="核对教代会、工代会代表中女代表、青年代表的人数，只记人数",
    contest_age="比赛限定了年龄（如青年教师教学竞赛）时，登记参赛按截止日期的周岁判断",
)  # fmt: skip
"""What each purpose is for, in words for the members concerned."""


@dataclass(frozen=True)
class FactPurpose:
    """A registered purpose.

    Args:
        service: the only service that may ask for it.
        facts: all it may have; a question names those it needs.
        document: what it rests on.
    """

    service: str
    facts: tuple[str, ...]
    document: str


PURPOSES: Mapping[str, FactPurpose] = {
    "activity_audience": FactPurpose(
        "activities",
        ("sex", "age", "posts", "honours", "joined_on", "unit_id", "employment", "standing"),
        "个人信息保护法第六条、第十三条",
    ),
    "recuperation": FactPurpose("welfare", ("joined_on", "honours"), "个人信息保护法第六条、第十三条"),
    "goods_list": FactPurpose("welfare", ("joined_on",), "个人信息保护法第六条、第十三条"),
    "children_day": FactPurpose("welfare", ("children", "unit_id"), "个人信息保护法第六条、第十三条、第三十一条"),
    "visit_level": FactPurpose("welfare", ("posts",), "个人信息保护法第六条、第十三条"),
    "examinations": FactPurpose("welfare", ("sex", "age"), "个人信息保护法第六条、第十三条"),
    "mutual_aid": FactPurpose("welfare", ("sex", "age"), "个人信息保护法第六条、第十三条"),
    "contest_age": FactPurpose("activities", ("age",), "个人信息保护法第六条、第十三条"),
    "congress_shares": FactPurpose(
        "governance", ("sex", "age"), "学校教职工代表大会规定第十一条；个人信息保护法第六条、第十三条"
    ),
}
"""Every purpose for which facts leave membership; a further one is a row here and a word of the lists above."""


class FactsRequest(Schema):
    """Facts of members by id, or of a page of the active members of some units (`unit_ids` empty: of all).

    `on` is the day of the ages; posts are those held today. `about` names the decision, as `activity/<id>`.
    """

    purpose = Choice(FACT_PURPOSES, required=True)
    facts = fields.List(Choice(FACTS), required=True, validate=validate.Length(min=1, max=len(FACTS)))
    on = Day(years_ahead=YEARS_AHEAD, required=True)
    about = Text(120, load_default=None, allow_none=True)
    member_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(min=1, max=MOST_MEMBERS)
    )
    unit_ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=200))
    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    limit = fields.Integer(load_default=MOST_MEMBERS, validate=validate.Range(min=1, max=MOST_MEMBERS))

    @validates_schema(skip_on_field_errors=True)
    def members_are_named_one_way(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a question that names members in both ways or in none."""
        if (request["member_ids"] is None) == (request["unit_ids"] is None):
            raise invalid("facts.named_one_way", "Name members, or units whose members are meant.", field="member_ids")


class ChildFact(Schema):
    """A child by an opaque key, the same with both parents, and the age in full years on the day of the question."""

    key = fields.String(required=True)
    age = fields.Integer(required=True)


class FactsOfMember(Schema):
    """Facts of one member; those that were not asked for are left out. `age` is null where the birth is unknown."""

    member_id = fields.UUID(required=True)
    sex = Choice(GENDERS)
    age = fields.Integer(allow_none=True)
    posts = fields.List(Choice(POST_KINDS))
    honours = fields.List(Choice(AWARD_CATEGORIES))
    joined_on = fields.Date()
    unit_id = fields.UUID()
    employment = Choice(EMPLOYMENTS)
    standing = Choice(STANDINGS)
    children = fields.List(fields.Nested(ChildFact))


class FactsOfMembers(Schema):
    """Facts by member. `unknown_ids` are ids of nobody, or of people whose membership has ended."""

    items = fields.List(fields.Nested(FactsOfMember), required=True)
    unknown_ids = fields.List(fields.UUID(), required=True)
    next_cursor = fields.String(allow_none=True, load_default=None)


class FactUse(Schema):
    """事实查询 One question: which service asked for which purpose, which facts, of how many members, for what."""

    id = fields.UUID(required=True)
    purpose = Choice(FACT_PURPOSES, required=True, metadata=label("用途"))
    service = Choice(SERVICES, required=True, metadata=label("查询方"))
    facts = fields.List(Choice(FACTS), required=True, metadata=label("查询内容"))
    members = fields.Integer(required=True, metadata=label("人数"))
    about = fields.String(allow_none=True, load_default=None, metadata=label("所办事项"))
    used_at = Timestamp(required=True, metadata=label("时间"))


class FactUseFilter(PageRequest):
    """Which questions to list, newest first."""

    purpose = Choice(FACT_PURPOSES, load_default=None, allow_none=True, metadata=label("用途"))


class FactPurposeAnswer(Schema):
    """A registered purpose: who may ask for what, why, and what it rests on."""

    purpose = Choice(FACT_PURPOSES, required=True)
    service = Choice(SERVICES, required=True)
    facts = fields.List(Choice(FACTS), required=True)
    why = fields.String(required=True)
    document = fields.String(required=True)


class FactUses(Page(FactUse)):  # type: ignore[misc]
    """A page of questions, and every registered purpose."""

    purposes = fields.List(fields.Nested(FactPurposeAnswer), required=True)


# A command, although it changes nothing of a member: the use of the facts is stored with the answer.
facts_of_members = command(
    "membership", "facts_of_members", request=FactsRequest, reply=FactsOfMembers, allow=(SYSTEM,),
    doc="Facts of up to 1,000 members that a registered purpose may have; the use is logged.",
)  # fmt: skip
list_fact_uses = query(
    "membership", "list_fact_uses", request=FactUseFilter, reply=FactUses, allow=("officer", "auditor"),
    doc="Which services used members' facts for which purpose.", title="查看会员信息的使用",
)  # fmt: skip
