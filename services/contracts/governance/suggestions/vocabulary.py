"""The words of suggestions, with the Chinese text people read."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

SUGGESTION_STATES = Vocabulary(
    "suggestion", received="待答复", answered="已答复", closed="不予答复", withdrawn="已撤回",
)  # fmt: skip
SUGGESTION_STAGES = SUGGESTION_STATES.only("received", "answered")
ENDED = ("answered", "closed", "withdrawn")
SUGGESTION_TOPICS = Vocabulary(
    "suggestion_topic", welfare="福利和慰问", activities="文体活动", rights="权益保障", workplace="工作环境",
    democracy="民主管理", union="工会工作", other="其他",
)  # fmt: skip
SUGGESTION_STEPS = Vocabulary(
    "suggestion_step", make="提交", pass_on="转办", answer="答复", revise="修改答复", publish="公开答复",
    unpublish="取消公开", close="不予答复", withdraw="撤回",
)  # fmt: skip
SUGGESTIONS_SHOWN = Vocabulary("suggestions_shown", open="待答复", overdue="已逾期", all="全部")
SUGGESTION_ORDERS = Vocabulary(
    "suggestion_order", {
        "due_on": "期限，近的在前", "-received_on": "收到日期，新的在前", "received_on": "收到日期，早的在前",
    },
)  # fmt: skip
ANSWER_ORDERS = Vocabulary(
    "suggestion_answer_order", {"-answered_on": "答复日期，新的在前", "answered_on": "答复日期，早的在前"},
)  # fmt: skip
SUGGESTION_FIELDS = Vocabulary(
    "suggestion_field", number="编号", topic="类别", title="题目", text="建议内容",
    to_unit="送给我的分工会，不送校工会",
    may_publish="同意公开问题和答复", state="状态", received_on="收到日期", due_on="答复期限", overdue="已逾期",
    member_id="建议人", unit_id="承办单位", anonymous="匿名", answer="答复", answered_on="答复日期", published="已公开",
    question="公开的问题", reason="原因", note="说明", code="查询码", show="范围", sort="排序", q="搜索",
    year="年份", received="收到", answered="已答复", waiting="待答复", days="平均答复天数",
)  # fmt: skip
