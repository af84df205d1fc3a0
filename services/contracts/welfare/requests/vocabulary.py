"""Vocabulary of requests."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

REQUEST_STATES = Vocabulary(
    "request", submitted="待受理", accepted="已受理", in_step="办理中", done="已办结", declined="不予办理",
    withdrawn="已撤回",
)  # fmt: skip
"""`accepted`: the first step is being done; `in_step`: a later one."""
REQUEST_STAGES = REQUEST_STATES.only("submitted", "accepted", "in_step", "done")
OPEN = ("submitted", "accepted", "in_step")
"""States in which somebody is to do something."""

REQUEST_STEPS = Vocabulary(
    "request_action", submit="提交", accept="受理", advance="完成环节", finish="办结", decline="不予办理",
    withdraw="撤回",
)  # fmt: skip
"""What the history of a request tells."""

REQUESTS_SHOWN = Vocabulary("requests_shown", open="未办结", overdue="已逾期", all="全部")
REQUEST_ORDERS = Vocabulary(
    "request_order", {
        "due_on": "期限，近的在前", "-submitted_at": "提交时间，新的在前", "submitted_at": "提交时间，早的在前",
    },
)  # fmt: skip

REQUEST_FIELDS = Vocabulary(
    "request_field", name="名称", about="说明", counted_only="只按预约办理，不留个人记录",
    accept_days="几个工作日内受理",
    step="环节", steps="办理环节", days="工作日", documents="需要的材料", required="必须提供", handler_id="承办人",
    keep_months="办结后保存几个月", offered="开放办理", type_id="类型", text="诉求内容", number="编号",
    member_id="会员",
    unit_id="分工会", state="状态", submitted_at="提交时间", due_on="期限", ended_at="办结时间", note="办理情况",
    outcome="办理结果", reason="原因", starts_at="开始时间", ends_at="结束时间", place="地点", capacity="可约人数",
    taken="已约", month="月份", count="人次", q="搜索编号或类型", show="范围", sort="排序", document="材料名称",
    purpose="用途",
)  # fmt: skip
