"""The words of disclosures, with the Chinese text people read."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

DISCLOSURE_STATES = Vocabulary(
    "disclosure", draft="拟稿", submitted="待经审审核", approved="待公开", published="已公开", withdrawn="已撤下",
)  # fmt: skip
DISCLOSURE_STAGES = DISCLOSURE_STATES.only("draft", "submitted", "approved", "published")
DISCLOSURE_PARTS = Vocabulary(
    "disclosure_part", q1="第一季度", q2="第二季度", q3="第三季度", q4="第四季度", h1="上半年", h2="下半年",
    year="全年",
)  # fmt: skip
MONTHS_OF = {
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "h1": (1, 6), "h2": (7, 12), "year": (1, 12),
}  # fmt: skip
"""First and last month of each part of a year."""
DISCLOSURE_STEPS = Vocabulary(
    "disclosure_step", prepare="拟稿", submit="提交审核", **{"return": "退回"}, approve="审核通过", publish="公开",
    withdraw="撤下",
)  # fmt: skip
QUESTION_STATES = Vocabulary("disclosure_question", asked="待答复", answered="已答复", declined="不予公开")
QUESTION_STEPS = Vocabulary("disclosure_question_step", answer="答复", decline="不予公开")
QUESTIONS_SHOWN = Vocabulary("disclosure_questions_shown", open="待答复", all="全部")
DISCLOSURE_ORDERS = Vocabulary(
    "disclosure_order", {"-period": "年份和时段，新的在前", "period": "年份和时段，早的在前"},
)  # fmt: skip
DISCLOSURE_FIELDS = Vocabulary(
    "disclosure_field", year="年份", part="时段", state="状态", note="说明", income="收入", expense="支出",
    entries="凭证数", published_on="公开日期", prepared_on="拟稿日期", computed_at="取数时间", approved_on="审核日期",
    reason="原因", notify="通知会员", code="代码", name="项目", budget="全年预算", spent="本期支出",
    spent_year="年初至期末支出", funding_source="资金来源", text="问题", answer="答复", asked_on="提问日期",
    answered_on="答复日期", q="搜索", show="范围", sort="排序", amount="金额",
)  # fmt: skip
