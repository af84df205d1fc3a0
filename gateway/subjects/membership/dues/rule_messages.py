"""The rules of dues in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "dues.percent": (_l("会费比例"), _l("没有现行的会费比例。")),
    "dues.base_step": (_l("基数的计算单位"), _l("没有现行的基数计算单位。")),
    "dues.paying_standings": (_l("缴纳会费的会籍状态"), _l("没有规定哪些会籍状态缴纳会费。")),
    "dues.exempt_reasons": (_l("免缴会费的情形"), _l("没有规定免缴会费的情形。")),
    "dues.arrears_day": (_l("次月几日起算欠缴"), _l("没有规定会费从次月几日起算欠缴。")),
    "dues.month_has_begun": (_l("当月才计收"), _l("这个月还没有开始，不能提前计收会费。")),
    "dues.month_is_charged": (_l("计收过才有应缴"), _l("这个月没有向该会员计收会费。")),
    "dues.base_is_possible": (_l("缴费基数合理"), _l("缴费基数应大于 0，不超过 %(most)s 元。")),
    "dues.base_begins_a_month": (_l("基数自月初起"), _l("缴费基数从某月 1 日起执行。")),
    "dues.base_follows_the_last": (
        _l("基数按时间先后"),
        _l("已有 %(last)s 起执行的基数；此前月份请直接更正应缴金额。"),
    ),
    "dues.base_is_not_charged": (
        _l("计收之前才改基数"),
        _l("%(last)s 起执行的基数已经计收会费，请直接更正该月的应缴金额。"),
    ),
    "dues.exemption_is_known": (_l("按规定情形免缴"), _l("现行规定没有这种免缴情形。")),
    "dues.days_are_in_order": (_l("起止日期先后正确"), _l("结束日期不能早于开始日期。")),
    "dues.payment_fits": (_l("缴费不超过应缴"), _l("超过了尚欠的 %(owed)s 元。")),
    "dues.month_is_owed": (_l("有欠才缴"), _l("这个月的会费已经缴清。")),
    "dues.day_is_not_ahead": (_l("日期不在将来"), _l("日期不能晚于今天。")),
    "dues.paid_near_its_month": (_l("缴费日期合理"), _l("缴费日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "dues.refund_is_covered": (
        _l("退还不超过已缴"),
        _l("最多退还已缴的 %(paid)s 元（申请中的 %(asked_for)s 元已计入）。"),
    ),
    "dues.second_officer_decides": (_l("由另一位干部审批"), _l("申请人和收款人都不能审批这笔退款。")),
    "dues.refund_is_open": (_l("退款只审批一次"), _l("这笔退款已经审批过。")),
    "dues.payment_is_reversible": (_l("只更正一次"), _l("这笔缴费已更正或已退还，不能再更正。")),
    "dues.due_is_another": (_l("应缴金额有变化"), _l("应缴金额没有变化。")),
    "dues.file_is_ready": (_l("按步骤处理文件"), _l("文件现在的状态不能这样处理。")),
    "dues.file_has_columns": (_l("文件有所需的列"), _l("文件缺少列：%(missing)s。")),
}

INPUT_ERRORS = {
    "dues.month_form": _l("请按 2026-03 的样子填写月份。"),
}
