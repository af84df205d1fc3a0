"""Rules of governance: the plan, the funds, the rulebook; and refused expenses by reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_NO_ITEM = (_l("计划项目存在"), _l("没有这个计划项目。"))

RULES = {
    "plan.plan_is_new": (_l("一年一份计划"), _l("%(year)s 年已经有计划。")),
    "fund.year_has_lines": (_l("有上一年的预算可复制"), _l("上一年没有预算项目，不能复制。")),
    "awards.awarded_on_is_past": (_l("表彰日期不在将来"), _l("表彰日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "awards.award_stands": (_l("荣誉还有效"), _l("这项荣誉已经撤销。")),
    "awards.holder_is_known": (_l("获奖者在册"), _l("没有这位会员或这个组织。")),
    "plan.months_are_in_order": (_l("月份先后正确"), _l("结束月份不能早于开始月份。")),
    "plan.calendar_item_has_month": (_l("行事历项目有月份"), _l("行事历项目须填月份。")),
    "plan.activity_item_has_kind": (_l("按活动计的项目有类型"), _l("按活动计完成的项目须填活动类型。")),
    "plan.item_is_unused": (_l("未用过才能删除"), _l("这个项目已安排过活动或走访，只能登记完成，不能删除。")),
    "plan.plan_is_draft": (_l("已发布的计划不能放弃"), _l("%(year)s 年的计划已经发布，只能修改其中的事项，不能放弃。")),
    "plan.plan_is_unused": (_l("没有安排活动才能放弃"), _l("计划里的事项已安排了活动，请先把活动改到别的事项。")),
    "plan.plan_has_items": (_l("计划有项目"), _l("计划里还没有项目。")),
    "plan.exists": (_l("有年度计划"), _l("还没有 %(year)s 年的计划。")),
    "plan.item_exists": _NO_ITEM,
    "plan.item_is_declared_done": (_l("登记过完成才能撤回"), _l("这个项目没有登记过完成。")),
    "fund.ledger_is_short": (_l("长账目分步核验"), _l("账目分录较多，请作为后台任务核验。")),
    "fund.line_is_unused": (_l("未支出才能改科目"), _l("这个项目已有支出，不能改科目。")),
    "fund.commitment_exists": (_l("承诺存在"), _l("没有这笔承诺。")),
    "fund.commitment_is_open": (_l("承诺未了结"), _l("这笔承诺已经了结。")),
    "fund.commitment_fits": (_l("承诺与项目相符"), _l("这笔承诺已了结，或属于别的项目、年度。")),
    "fund.category_is_mapped": (_l("科目有对应"), _l("这个科目在 2021 年工会会计制度里没有对应，请说明归入哪一科目。")),
    "fund.claim_stands": (_l("报销仍然有效"), _l("报销已由福利服务撤回，不会入账。")),
    "fund.refusal_exists": (_l("拒付记录存在"), _l("没有这条记录。")),
    "fund.refusal_is_open": (_l("未处理才能再办"), _l("这条记录已经处理。")),
    "fund.refusal_is_overridable": (_l("没有现行标准才能特批"), _l("这笔支出违反现行规则，不能特批。")),
    "fund.entry_exists": (_l("分录存在"), _l("没有这笔分录。")),
    "fund.entry_is_reversible": (_l("只冲销一次"), _l("这笔分录已经冲销，或本身就是冲销分录。")),
    "fund.dues_go_back_where_they_were_paid": (
        _l("会费在会费收缴里更正"),
        _l("会费收入请在会费收缴里更正或退还，账目会随之记录。"),
    ),
    "fund.day_is_not_ahead": (_l("日期不在将来"), _l("日期不能晚于今天。")),
    "fund.day_is_near": (_l("记账日期不早于上一年"), _l("日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "fund.period_is_over": (_l("月份结束才能结账"), _l("这个月还没有结束。")),
    "fund.periods_close_in_order": (_l("按月依次结账"), _l("请先结 %(open)s 的账。")),
    "fund.period_is_open": (_l("会计期间开放"), _l("这个会计期间已经结账，不能再记账。")),
    "fund.budget_covers": (
        _l("预算不低于已用"),
        _l("已承诺 %(committed)s 元，已支出 %(spent)s 元，预算不能低于两者之和。"),
    ),
    "fund.line_is_in_budget": (_l("列入预算"), _l("当年预算里没有这个项目。")),
    "fund.line_pays_from": (_l("资金来源与项目一致"), _l("这个项目不由所选的资金来源支付。")),
    "fund.line_has_money": (
        _l("预算有余额"),
        _l(
            "预算 %(budget)s 元，已承诺 %(committed)s 元，已支出 %(spent)s 元，可用 %(available)s 元，需要 %(needed)s 元。"
        ),
    ),
    "fund.funding_source_is_right": (_l("资金来源正确"), _l("这一项应由行政福利费承担，不能列工会经费。")),
    "fund.form_is_allowed": (_l("发放形式符合规定"), _l("按现行规定不能以这种形式发放。")),
    "rulebook.value_fits_key": (_l("数值与规则相符"), _l("填写的数值不符合这条规则的格式。")),
    "rulebook.key_is_known": (_l("有决定会用到"), _l("没有任何决定会用到“%(key)s”，设了也不起作用。")),
    "rulebook.scope_fits_key": (_l("适用范围与规则相符"), _l("这项标准不能只适用于所选的范围。")),
    "rulebook.first_day_is_plausible": (
        _l("起止日期合理"),
        _l("施行日期须在 %(earliest)s 至 %(latest)s 之间，最后一天不能早于施行日期。"),
    ),
    "rulebook.rule_is_own": (
        _l("只改本会设定的标准"),
        _l("这是系统自带的标准，不能终止或撤回；可以设定本会自己的标准，以本会的为准。"),
    ),
    "rulebook.last_day_can_be_set": (_l("不改过去的依据"), _l("最后一天最早可以是 %(earliest)s。")),
    "rulebook.rule_can_be_withdrawn": (_l("施行过的不撤回"), _l("这项标准已经施行过，请改为设定最后一天。")),
    "rulebook.rule_stands": (_l("标准存在"), _l("没有这项标准，或已经撤回。")),
}

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
