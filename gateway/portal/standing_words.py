"""The words of standings: transfers, changes with their decisions, what is kept, requests to leave, retirement."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

TRANSFER = {
    "requested": _l("待调出单位同意"), "released": _l("待调入单位接收"), "accepted": _l("已接收，待生效"),
    "effective": _l("已生效"), "refused": _l("未同意"), "withdrawn": _l("已撤回"), "lapsed": _l("已失效"),
}  # fmt: skip
TRANSFER_KIND = {"internal": _l("校内转会"), "out": _l("转往外单位工会"), "in": _l("从外单位工会转入")}
TRANSFER_STEP = {
    "release": _l("调出单位同意"), "accept": _l("调入单位接收"), "take_effect": _l("生效"), "refuse": _l("不同意"),
    "withdraw": _l("撤回"), "lapse": _l("失效"), "take_in": _l("登记转入"),
}  # fmt: skip
TRANSFER_LAPSE = {
    "unit_closed": _l("接收单位已停用"), "units_merged": _l("两个单位已合并"), "retired": _l("会员已退休"),
    "membership_ended": _l("会籍已终止"),
}  # fmt: skip
STANDING_CHANGE = {
    "withdrawal": _l("退会"), "deemed_withdrawal": _l("自动退会"), "expulsion": _l("除名"), "death": _l("去世"),
    "transfer_out": _l("转往外单位工会"), "retirement": _l("退休，保留会籍"), "retirement_undone": _l("撤销退休"),
    "reinstatement": _l("恢复会籍"), "rejoining": _l("重新入会"),
}  # fmt: skip
DECISION = {name: STANDING_CHANGE[name] for name in ("withdrawal", "deemed_withdrawal", "expulsion", "death")}
RIGHT = {
    "dues": _l("缴纳会费"), "vote": _l("选举权和表决权"), "candidacy": _l("被选举权"), "posts": _l("担任工会职务"),
    "activities": _l("报名参加活动"), "benefits": _l("年度福利"), "record": _l("查看自己的档案"),
    "membership": _l("会籍和会员号"), "care": _l("走访慰问"), "number": _l("会员号保留"), "history": _l("会籍历史"),
}  # fmt: skip
LEAVE = {
    "requested": _l("待宣布"), "declared": _l("已宣布退会"), "taken_back": _l("已收回"), "lapsed": _l("已失效"),
}  # fmt: skip
COUNTED_BY = {
    "retired_on": _l("实际退休"), "approved_month": _l("人事批准"), "statutory_month": _l("法定退休年龄"),
}  # fmt: skip
ROSTER_STATE = {"due": _l("待办理"), "retired": _l("已退休")}
