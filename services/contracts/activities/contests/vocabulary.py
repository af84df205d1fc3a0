"""Vocabulary of judged contests."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

CONTEST_STATES = Vocabulary(
    "contest", preparing="筹备中", judging="评分中", provisional="结果待公布", published="结果已公布",
)  # fmt: skip

SCORING_RULES = Vocabulary(
    "scoring_rule", mean="全部评委取平均", trimmed_mean="去掉一个最高分和一个最低分，再取平均",
)  # fmt: skip

ENTRY_STATES = Vocabulary("contest_entry", entered="参赛", withdrawn="退赛")

SHEET_STATES = Vocabulary("contest_sheet", draft="草稿", handed_in="已交")

JUDGING_STATES = Vocabulary(
    "judging", waiting="待评分", draft="草稿", handed_in="已交", aside="回避", closed="评分已截止",
)  # fmt: skip
"""How an entry stands with one judge."""

ASIDE_CAUSES = Vocabulary("aside_cause", same_unit="同一单位", own_entry="本人参赛", declared="本人或组织者申明")

CONTEST_ROLES = Vocabulary("contest_role", judge="评委", contestant="选手")

ENTRY_ORDERS = Vocabulary(
    "contest_entry_order", {"number": "出场顺序", "name": "名称", "-entered_at": "登记时间，新的在前"}
)
CONTEST_ORDERS = Vocabulary("contest_order", {"-made_at": "新的在前", "made_at": "早的在前"})
SHEET_ORDERS = Vocabulary("contest_sheet_order", {"-handed_in_at": "新交的在前", "handed_in_at": "早交的在前"})

CONTEST_FIELDS = Vocabulary(
    "contest_field", activity_id="活动", title="活动", state="状态", scoring="计分规则", scale="每项满分",
    criteria="评分项目与权重", groups="组别", awards="奖项与名额", most_age="年龄上限（周岁，含）",
    age_on="年龄截止日期", live_board="成绩公布前会员可以看实时成绩", version="版本", name="名称", weight="权重（%）",
    count="名额", number="序号", group="组别", member_id="会员", unit_id="单位", subject="参赛课程或曲目",
    entered_at="登记时间", reason="原因", judge_id="评委", judge_name="评委", head="评委组长", entry_id="参赛者",
    entry_name="参赛者", points="评分", total="总分", comment="评语", handed_in_at="交表时间", amount="加减分",
    made_at="时间", score="最后得分", raw_score="评委计分", adjusted="加减分合计", rank="名次", award="奖项",
    sheets_in="已交评分表", sheets_due="应交评分表", entries="参赛数", judges="评委数", closed_at="截止时间",
    published_at="公布时间", member_name="姓名", corrected="更正过", role="身份", q="搜索名称", sort="排序",
    starts_at="活动时间",
)  # fmt: skip
