"""The rules of standing care in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "care.caller_is_a_member": (_l("会员才能享受"), _l("这个账号还不是会员。")),
    "care.year_can_be_drawn_up": (_l("六一名单当年生成"), _l("只能生成 %(year)s 年的六一名单。")),
    "care.kind_is_offered": (_l("规则列有这一类关怀"), _l("现行规则没有列入这一类，请先按文件设定。")),
    "care.somebody_is_due": (_l("名单上有待发放的关怀"), _l("这个月这一类没有待发放的。")),
    "care.gift_can_be_withdrawn": (_l("发放前才能撤下"), _l("已经发放或撤下，不能再撤。")),
    "care.gift_is_not_given_twice": (
        _l("定时关怀不在走访时再发"),
        _l("这项慰问由校工会按名单统一发放，走访时不填金额。"),
    ),
}
