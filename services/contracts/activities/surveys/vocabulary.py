"""Vocabulary of surveys."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

SURVEY_STATES = Vocabulary(
    "survey", draft="草稿", opening="正在准备", open="填写中", closed="已结束", published="已公布", cancelled="已取消",
)  # fmt: skip
SURVEY_STAGES = ("draft", "open", "closed", "published")
"""The states that lead to a result, in order."""
SURVEY_ELECTORATES = Vocabulary(
    "survey_electorate", members="会员（可限定对象）", activity="报名了某次活动的会员",
)  # fmt: skip
QUESTION_KINDS = Vocabulary(
    "survey_question", choice="单选", choices="多选", rating="打分（1 至 5）", yes_no="是或否", line="填空",
    text="简答", number="数字", date="日期",
)  # fmt: skip
WITH_OPTIONS = ("choice", "choices")
"""Kinds whose options are written with the question."""
CHOSEN_FROM = (*WITH_OPTIONS, "rating", "yes_no")
"""Kinds that are answered by numbers of options, on which later questions may depend."""
MOST_POINTS = 5
OWN_ANSWERS = Vocabulary("survey_own", none="不在名册上", open="未填写", started="已领取凭证", answered="已填写")
SURVEY_ORDERS = Vocabulary(
    "survey_order", {"-created_at": "最近的在前", "created_at": "最早的在前", "title": "按名称"},
)  # fmt: skip
SURVEY_CALLS = Vocabulary("survey_call", called="开始填写", again="提醒", extended="延长")
SURVEY_ENDS = Vocabulary("survey_end", closed="提前结束", cancelled="已取消", published="公布结果")
SURVEY_FIELDS = Vocabulary(
    "survey_field", title="名称", about="说明", electorate="谁填写", audience="对象", unit_id="发起",
    activity_id="活动", anonymous="匿名", by_unit="结果按分工会统计", opens_at="自动开始", closes_at="截止时间",
    state="状态", entitled="应填", sheets="已填", reason="原因", q="名称", sort="排序", question="题干", kind="题型",
    options="选项", required="必答", option="选项", count="人数", percent="比例（%）", answered="回答人数", mean="平均",
    text="回答", member_id="姓名", answered_at="填写时间", created_at="起草时间", opened_at="开始时间",
    closed_at="结束时间", published_at="公布时间", condition="只在选了以下选项时问", with_texts="同时公布文字回答",
    hidden="隐藏", number="题号", units="分工会", turnout="填写率（%）",
)  # fmt: skip
