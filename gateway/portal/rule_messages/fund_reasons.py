"""Why an expense was refused by the funds, by the code of the reason; and what is said of benefits' figures."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_NO_ITEM = (_l("计划项目存在"), _l("没有这个计划项目。"))


CAPS = {
    "cap": _l("每次每人上限 %(cap)s 元，本次每人 %(asked)s 元（共 %(amount)s 元，%(people)s 人）。"),
    "year_cap": _l("每人全年上限 %(cap)s 元，已用 %(spent)s 元，还可用 %(left)s 元，本次 %(asked)s 元。"),
}
"""What to tell where a dated figure refused an amount, by the end of its key."""

REASONS = {
    "period_closed": _l("会计期间已经结账。"),
    "funding_source_wrong": _l("资金来源不对，这一项不能列工会经费。"),
    "form_not_allowed": _l("发放形式不符合规定。"),
    "claim_withdrawn": _l("报销已由福利服务撤回。"),
    "cap_exceeded": _l("超过每次的上限。"),
    "year_cap_exceeded": _l("超过每人每年的上限。"),
    "no_budget_line": _l("当年预算里没有对应的项目。"),
    "budget_exhausted": _l("预算余额不足。"),
    "no_rule_in_force": _l("没有现行标准。"),
    "benefit_unknown": _l("没有这个慰问项目：还没有设定它的预算项目。"),
}
"""Why an expense was refused, by the reason code of the contract."""
