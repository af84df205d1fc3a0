"""The rules of charity drives in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.drive": (_l("捐赠活动办理流程"), _l("捐赠活动现在的状态不能这样办理。")),
    "workflow.gift": (_l("捐赠登记流程"), _l("这笔捐赠现在的状态不能这样办理。")),
    "charity.caller_is_a_member": (_l("会员才能捐赠和认捐"), _l("这个账号还不是会员。")),
    "charity.charity_is_named": (
        _l("写明有公开募捐资格的慈善组织"),
        _l("公开募捐须与有公开募捐资格的慈善组织合作，善款由其入账；请补全其名称、统一社会信用代码和证书编号。"),
    ),
    "charity.period_is_possible": (_l("起止日期合理"), _l("结束日期不能早于开始日期，也不能早于今天。")),
    "charity.gifts_are_taken": (
        _l("捐赠日期在活动期内"),
        _l("捐赠日期须在 %(opens_on)s 至 %(closes_on)s 之间，活动结束前可以登记。"),
    ),
    "charity.wording_is_current": (_l("本人同意工资代扣"), _l("请先阅读并同意本次活动的工资代扣同意书。")),
    "charity.payroll_gift_has_a_name": (
        _l("工资代扣不能匿名"),
        _l("工资部门需要姓名才能代扣；要匿名请用其他方式捐赠。"),
    ),
    "charity.transfer_has_its_receipt": (_l("转账要有凭证号"), _l("请填写转账凭证号。")),
    "charity.reference_is_new": (_l("一张凭证登记一次"), _l("这个凭证号已经登记过。")),
    "charity.line_is_complete": (
        _l("清单每行填写完整"),
        _l("现金要填金额；物品要填名称和数量，不用折价。"),
    ),
    "charity.something_is_new": (_l("清单里有新的捐赠"), _l("清单里的捐赠都已经登记过。")),
    "charity.givers_are_of_the_unit": (_l("名单是本分工会会员"), _l("有 %(strangers)s 人不是这个分工会的会员。")),
    "charity.code_is_known": (_l("认领码正确"), _l("这次活动没有这个认领码的匿名捐赠，或已被认领。")),
    "charity.gift_is_ones_own": (_l("只办理经手的捐赠"), _l("这笔捐赠不由您登记。")),
    "charity.gift_can_be_confirmed": (
        _l("现金和代扣另行确认"),
        _l("现金由两人清点后确认，工资代扣按工资部门的反馈一并确认。"),
    ),
    "charity.gift_is_confirmed": (_l("确认后才有证书"), _l("这笔捐赠还没有确认。")),
    "charity.a_person_counts": (_l("由本人清点"), _l("清点现金要由本人登录办理。")),
    "charity.cash_is_there": (_l("有待清点的现金"), _l("这个分工会没有待清点的现金。")),
    "charity.deduction_was_made": (_l("扣款日期已到"), _l("扣款日期不能晚于今天。")),
    "charity.deductions_are_listed": (
        _l("先导出工资代扣名单"),
        _l("请先导出名单交工资部门；未扣成的须在名单上。"),
    ),
    "charity.nothing_is_outstanding": (_l("全部捐赠已确认"), _l("还有 %(count)s 笔捐赠没有确认，请先办理。")),
    "charity.nothing_was_given": (_l("没有捐赠才能取消"), _l("已有 %(count)s 笔捐赠，请先退还并撤回。")),
    "charity.hand_over_is_explained": (
        _l("移交金额与捐赠一致，或说明差额"),
        _l("应移交 %(given)s 元，填写 %(handed)s 元，请说明差额。"),
    ),
    "charity.hand_over_follows": (_l("结束后移交"), _l("移交日期不能早于活动结束，也不能晚于今天。")),
    "charity.receipt_can_be_asked": (_l("确认后可以要求票据"), _l("这笔捐赠还没有确认，或票据已经开具。")),
    "charity.receipt_was_asked": (_l("有人要求才登记票据"), _l("这笔捐赠没有要求票据。")),
}
INPUT_ERRORS = {
    "charity.credit_code_fits": _l("统一社会信用代码不正确，请核对 18 位代码。"),
    "charity.file_has_column": _l("文件里没有“%(column)s”一列，请在第一行写明表头。"),
    "charity.file_has_lines": _l("文件里只有表头，没有捐赠。"),
    "charity.list_is_short_enough": _l("一次最多登记 %(most)s 笔，请分成几个文件。"),
}
