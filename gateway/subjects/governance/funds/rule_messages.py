"""The rules of funds in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "fund.income.dues": (_l("会费收入科目"), _l("没有规定会费收入的科目。")),
    "fund.year_has_lines": (_l("有上一年的预算可复制"), _l("上一年没有预算项目，不能复制。")),
    "fund.ledger_is_short": (_l("长账目分步核验"), _l("账目分录较多，请作为后台任务核验。")),
    "fund.line_is_unused": (_l("未支出才能改科目"), _l("这个项目已有支出，不能改科目。")),
    "fund.commitment_exists": (_l("预占存在"), _l("没有这笔预占。")),
    "fund.commitment_is_open": (_l("预占未了结"), _l("这笔预占已经了结。")),
    "fund.commitment_fits": (_l("预占与项目相符"), _l("这笔预占已了结，或属于别的项目、年度。")),
    "fund.category_is_mapped": (_l("科目有对应"), _l("这个科目在 2021 年工会会计制度里没有对应，请说明归入哪一科目。")),
    "fund.claim_stands": (_l("报销仍然有效"), _l("报销已由福利服务撤回，不会入账。")),
    "fund.refusal_exists": (_l("未予入账的记录存在"), _l("没有这条记录。")),
    "fund.refusal_is_open": (_l("未处理才能再办"), _l("这条记录已经处理。")),
    "fund.refusal_is_overridable": (_l("没有现行标准才能特批"), _l("这笔支出违反现行规则，不能特批。")),
    "fund.cited_decision_fits": (
        _l("决定依据不超过 200 字"),
        _l("引用决议后，决定依据最多再写 %(most)s 字，请写短一些。"),
    ),
    "fund.cited_decision_stands": (_l("引用的决议有效"), _l("引用的决议没有通过，或者已作废、被取代。")),
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
    "fund.period_is_open": (_l("会计期间未结账"), _l("这个会计期间已经结账，不能再记账。")),
    "fund.budget_covers": (
        _l("预算不低于已用"),
        _l("已预占 %(committed)s 元，已支出 %(spent)s 元，预算不能低于两者之和。"),
    ),
    "fund.line_is_in_budget": (_l("列入预算"), _l("当年预算里没有这个项目。")),
    "fund.line_pays_from": (_l("资金来源与项目一致"), _l("这个项目不由所选的资金来源支付。")),
    "fund.line_has_money": (
        _l("预算有余额"),
        _l(
            "预算 %(budget)s 元，已预占 %(committed)s 元，已支出 %(spent)s 元，可用 %(available)s 元，需要 %(needed)s 元。"
        ),
    ),
    "fund.funding_source_is_right": (_l("资金来源正确"), _l("这一项应由行政福利费承担，不能列工会经费。")),
    "fund.form_is_allowed": (_l("发放形式符合规定"), _l("按现行规定不能以这种形式发放。")),
}

INPUT_ERRORS = {
    "funds.category_unknown": _l("请从列出的选项中选择。"),
}
