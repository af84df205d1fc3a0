"""Decisions (判定): every yes and no about a member, by which rule, and from what; each can be computed again."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp, Vocabulary, label, query

DECISION_KINDS = Vocabulary(
    "decision_kind",
    {
        "programmes.entitlement": "节日慰问资格",
        "recuperation.eligibility": "疗休养资格",
        "examinations.eligibility": "体检资格",
        "hardship.aid": "困难帮扶",
        "mutual_aid.enrolment": "互助保障参保资格",
        "mutual_aid.claim": "互助保障申领",
    },
)
"""What is decided, as `<subject>.<decision>`; a further kind is a word here and a decider in welfare."""

SENSITIVE_KINDS = frozenset(
    {"recuperation.eligibility", "examinations.eligibility", "hardship.aid", "mutual_aid.claim"}
)
"""Kinds whose reason can tell of health or family: the member, officers and auditors see them, chairs do not."""

DECISION_INPUTS = Vocabulary(
    "decision_input", standing="会籍状态", employment="用工形式", joined_on="入会日期", year="年度",
    turn_used_in="本周期已享受的年度", outside_in="上次出省年度", wants_outside="选择了省外线路", family="随行家属人数",
    unit_listed="分工会在名单范围内", standings="这一批限定的会籍状态", employments="这一批限定的用工形式",
    joined_by="这一批限定的入会日期", benefit="福利项目", price="每人标准（元）",
    sex="性别", kind="体检类别", last_year="上次专项检查年度", package_fits="有适合的套餐",
    committee="评审结论", asked="申请金额（元）", granted="批准金额（元）", given_this_year="本年度已批准金额（元）",
    registered="在困难职工档案中",
    plan_document="计划依据文件",
    takes_retired="退休会员可参保", women_only="仅限女职工", woman="女职工", age="周岁", age_from="最小年龄",
    age_to="最大年龄", covered="出险日在保障期内", event_on="出险日期", filed_on="提出日期", due_on="申领期限",
)  # fmt: skip
"""Names of inputs, as people call them."""

DECISION_OUTCOMES = Vocabulary("decision_outcome", granted="符合", refused="不符合")


class DecisionRef(Schema):
    """One decision by id."""

    decision_id = fields.UUID(required=True)


class DecisionGround(Schema):
    """A dated rule that a decision used: its value on the day, and the document it is written in."""

    name = fields.String(required=True)
    key = fields.String(required=True)
    value = fields.Raw(required=True)
    unit = fields.String(required=True)
    scope = fields.String(allow_none=True, load_default=None)
    qualifiers = fields.String(load_default="")
    ruleset = fields.String(required=True)
    document = fields.String(required=True)
    number = fields.String(allow_none=True, load_default=None)
    article = fields.String(allow_none=True, load_default=None)
    rule_id = fields.UUID(allow_none=True, load_default=None)
    valid_from = fields.Date(required=True)


class Decision(Schema):
    """判定 A decision about one member. `reason` is the rule that refused; `as_of` the day whose rules it used.

    `inputs` is all that was known of the member for it, null once that was erased; `words` says it in a sentence, in
    the account's language.
    """

    id = fields.UUID(required=True)
    kind = Choice(DECISION_KINDS, required=True, metadata=label("事项"))
    version = fields.Integer(required=True)
    subject_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, metadata=label("会员"))
    as_of = fields.Date(required=True, metadata=label("规定日期"))
    decided_at = Timestamp(required=True, metadata=label("判定时间"))
    outcome = Choice(DECISION_OUTCOMES, required=True, metadata=label("结果"))
    reason = fields.String(allow_none=True, load_default=None, metadata=label("规则"))
    params = fields.Dict(load_default=dict)
    amount = Money(allow_none=True, load_default=None, metadata=label("金额"))
    grounds = fields.List(fields.Nested(DecisionGround), required=True)
    inputs = fields.Dict(allow_none=True, load_default=None)
    words = fields.String(allow_none=True, load_default=None)


get_decision = query(
    "welfare", "get_decision", request=DecisionRef, reply=Decision,
    allow=("officer", "auditor", "chair", "member"),
    doc="Why a member was granted or refused something: rule, document, inputs, and a sentence.", title="查看判定依据",
)  # fmt: skip
