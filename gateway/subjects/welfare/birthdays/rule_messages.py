"""The rules of birthdays in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_MEMBER_ONLY = (_l("会员才能享受"), _l("这个账号还不是会员。"))

RULES = {
    "birthdays.caller_is_a_member": _MEMBER_ONLY,
    "birthdays.month_can_be_drawn_up": (_l("当年和下个月可生成名单"), _l("只能生成今年各月和下个月的名单。")),
    "birthdays.somebody_is_listed": (_l("名单上有待发放的会员"), _l("没有待发放的会员，请先生成名单。")),
    "birthdays.collection_day_is_ahead": (_l("领取期限在将来"), _l("最晚领取日已经过去。")),
    "birthdays.grant_can_be_withdrawn": (_l("发放前才能撤下"), _l("已经发放或正在发放，不能撤下。")),
    "birthdays.voucher_can_be_collected": (_l("一码一次、在期限内领取"), _l("已经领取过，或已过领取期限。")),
    "birthdays.run_is_running": (_l("任务进行中才能停止"), _l("这次发放已经结束。")),
}
