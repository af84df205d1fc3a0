"""Vocabularies of the dated rules: rule sets, what a value is counted by, qualifiers, certainty, who decides by it."""

from __future__ import annotations

from collections.abc import Mapping

from services.chassis.schema import Vocabulary
from services.contracts.governance.ballots.vocabulary import BALLOT_KINDS

RULE_SETS = Vocabulary("ruleset", own="本会", national="国家", demo="演示规则", zhejiang="浙江省")
RULE_FIELDS = Vocabulary(
    "rule_field", value="标准", document="依据的文件", title="依据的文件", number="文件号", article="条款",
    valid_from="施行日期", valid_to="最后一天", scope="只适用于", basis="计算单位",
)  # fmt: skip
SHIPPED_SETS = RULE_SETS.only("national", "demo", "zhejiang")
"""Rule sets that ship with a release and can be adopted."""

BASES = Vocabulary(
    "basis", per_occasion="每次", per_member_year="每人每年", per_festival="每个节日", per_person="每人",
    per_person_day="每人每天", share_of_wages="按工资的比例", share_of_income="按收入的比例",
    share_of_participants="按参加人数的比例", none="不按人次计",
)  # fmt: skip
"""What a value is counted by."""

CERTAINTIES = Vocabulary("certainty", law="法律", doc="文件", custom="通行做法", demo="演示")
"""How sure a shipped figure is: it stands in a law or a document, is common practice, or is for trying out."""

FESTIVALS = Vocabulary(
    "festival", new_year="元旦", spring_festival="春节", qingming="清明节", labour_day="劳动节",
    dragon_boat="端午节", mid_autumn="中秋节", national_day="国庆节",
)  # fmt: skip
DESTINATIONS = Vocabulary("destination", local="省内", outside="省外", paired_aid="对口支援地区")
QUALIFIERS: Mapping[str, Vocabulary] = {
    "festival": FESTIVALS, "destination": DESTINATIONS, "ballot_kind": BALLOT_KINDS,
}  # fmt: skip
"""What a rule may be narrowed down to, by the name of the qualifier."""
QUALIFIER_NAMES = Vocabulary("qualifier", festival="节日", destination="目的地", ballot_kind="表决方式")

RULE_USES = Vocabulary(
    "rule_use", joining="审批入会申请", lapsing="清理未经确认的入会申请", dues="核定和计收会费",
    exemption="批准免缴会费", arrears="确定会费何时算欠缴", retirement="推算退休时间",
    retention="到期删除离会人员的信息", entitlements="开立和查询年度福利账户", visits="慰问走访时发放",
    birthdays="办理生日慰问", care="办理定时关怀", goods="发放节日慰问品", recuperation="组织疗休养",
    examinations="组织体检", charity="发布慈善捐赠活动", procurement="采购", aid="审批困难帮扶",
    aid_papers="到期删除帮扶申请材料", claim_papers="到期删除互助保障申领材料",
    dispute_papers="到期删除调解材料",
    campaigns="组织送温暖、送清凉等慰问", claims="核对报销",
    dues_income="入账会费收入", ballots="表决和选举",
    proposals="征集和办理提案", mediation="调解劳动人事争议", meetings="召开会议、作出决议",
    congress="筹备和召开代表大会", unit_congresses="办理二级教代会备案", ratings="会员评家和民主评议",
    dismissals="办理解除劳动合同通知", places="预约场地", place_records="到期删除场地预约记录",
    suggestions="答复和保存建议",
    clubs="成立和管理协会", club_records="到期删除协会会员记录",
    children_classes="开办子女托班",
    surveys="匿名问卷",
)  # fmt: skip
"""What is decided by a rule, and can't be without it."""
SERVICE_OF_USE: Mapping[str, str] = {
    **dict.fromkeys(("joining", "lapsing", "dues", "exemption", "arrears", "retirement", "retention"), "membership"),
    **dict.fromkeys(
        (
            "entitlements",
            "visits",
            "birthdays",
            "care",
            "goods",
            "recuperation",
            "charity",
            "examinations",
            "procurement",
            "aid",
            "aid_papers",
            "claim_papers",
            "campaigns",
        ),
        "welfare",
    ),
    **dict.fromkeys(
        (
            "claims",
            "dues_income",
            "ballots",
            "proposals",
            "mediation",
            "dispute_papers",
            "meetings",
            "congress",
            "unit_congresses",
            "ratings",
            "dismissals",
            "suggestions",
        ),
        "governance",
    ),
    **dict.fromkeys(("places", "place_records", "clubs", "club_records", "children_classes", "surveys"), "activities"),
}
"""The service that decides it."""
