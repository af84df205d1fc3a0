"""Vocabularies of recuperation: states, grounds of priority, what fields are called."""

from services.chassis.schema import Vocabulary
from services.contracts.governance.rulebook.vocabulary import DESTINATIONS as DESTINATIONS

ROUND_STATES = Vocabulary(
    "recuperation_round", open="报名中", closed="报名截止", committed="待抽签", drawn="已抽签",
)  # fmt: skip
TRIP_STATES = Vocabulary(
    "trip", draft="未发布", published="报名中", closed="报名截止", committed="待抽签", drawn="已抽签",
    confirmed="已成团", failed="未成团", travelled="已出行", settled="已结算", cancelled="已取消",
)  # fmt: skip
APPLICATION_STATES = Vocabulary(
    "trip_application", applied="已报名", drawn_in="已获名额", waiting="候补", confirmed="待出行", withdrawn="已退出",
    cancelled_late="临期退出", travelled="已出行", no_show="未到", settled="已结算",
)  # fmt: skip
GOES = ("drawn_in", "confirmed")
"""States of an application that holds a place on a trip still to come."""
LOSING_OUTCOMES = APPLICATION_STATES.only("cancelled_late", "no_show")
"""Outcomes that can use up a turn, where a dated rule says so."""

PRIORITY_GROUNDS = Vocabulary(
    "priority_ground", honours="荣誉获得者", front_line="一线教职工", injured="因工受伤", retiring="即将退休",
)  # fmt: skip
CONFIRMED_GROUNDS = PRIORITY_GROUNDS.only("front_line", "injured", "retiring")
"""Those an officer confirms; honours follow from the member's record."""

RECUPERATION_FIELDS = Vocabulary(
    "recuperation_field", name="线路名称", destination="目的地", days="天数", price="每人费用", agency="承办旅行社",
    insured="每人保额", about="行程简介", offered="可用", title="名称", year="年度", period_from="周期起始年",
    period_to="周期结束年", apply_from="报名开始", apply_until="报名截止", most_choices="最多志愿数", state="状态",
    round_id="批次", route_id="线路", starts_on="出发日期", ends_on="返回日期", places="名额", minimum="成团人数",
    trip_id="所去线路", member_id="会员", unit_id="分工会", persons="人数", lots="签数", position="抽签顺序",
    applied_at="报名时间", amount="可报金额", cost="实际费用", own_cost="自付金额", rating="评分", comment="评价",
    public_source="采用的公开数值", public_day="公开数值产生日", public_value="公开数值", family="随行家属",
    taken="已定人数", route="线路", grounds="优先情形", reason="原因", choices="志愿", purpose="用途",
    public_example="公开数值写法举例", loss="每人损失", quotas="分工会名额上限",
)  # fmt: skip
