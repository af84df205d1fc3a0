"""The rules of mutual aid in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.mutual_aid_period": (_l("保障期办理流程"), _l("这个保障期现在的状态不能这样办理。")),
    "workflow.mutual_aid_cover": (_l("参保办理流程"), _l("这项参保现在的状态不能这样办理。")),
    "workflow.mutual_aid_claim": (_l("申领办理流程"), _l("这件申领现在的状态不能这样办理。")),
    "mutual_aid.caller_is_a_member": (_l("会员本人办理"), _l("这个账号还不是会员。")),
    "mutual_aid.plan_is_offered": (_l("计划可用"), _l("这个计划已经停用。")),
    "mutual_aid.days_are_in_order": (
        _l("保障期日期合理"),
        _l("终止日期不能早于生效日期，登记截止不能早于登记开始，也不能晚于保障期终止。"),
    ),
    "mutual_aid.period_is_short": (_l("保障期不过长"), _l("一个保障期最多 %(days)s 天。")),
    "mutual_aid.periods_are_apart": (
        _l("同一计划的保障期不重叠"),
        _l("这个计划已有 %(starts_on)s 至 %(ends_on)s 的保障期，日期不能重叠。"),
    ),
    "mutual_aid.list_is_open": (_l("名单确定前才能改动"), _l("这个保障期的参保名单已经确定。")),
    "mutual_aid.units_enrol_now": (
        _l("分工会在登记期内办理"),
        _l("分工会登记时间为 %(enrol_from)s 至 %(enrol_until)s，其他时间请联系校工会。"),
    ),
    "mutual_aid.member_is_of_the_unit": (_l("名单上是本分工会的会员"), _l("不是这个分工会的会员。")),
    "mutual_aid.renewal_is_of_the_plan": (_l("从同一计划续保"), _l("所选的上期名单不属于这个计划。")),
    "mutual_aid.person_is_a_member": (_l("在册会员才能参保"), _l("已经不是在册会员。")),
    "mutual_aid.member_is_in_service": (_l("在职会员才能参保"), _l("这个计划只面向在职会员，已退休的不能参保。")),
    "mutual_aid.plan_is_for_women": (_l("女职工计划只收女职工"), _l("这个计划只面向女职工。")),
    "mutual_aid.age_is_known": (_l("年龄清楚"), _l("档案里没有出生日期，请先补全档案。")),
    "mutual_aid.age_is_covered": (
        _l("年龄在计划范围内"),
        _l("生效日 %(age)s 周岁，计划承保 %(age_from)s 至 %(age_to)s 周岁。"),
    ),
    "mutual_aid.somebody_is_covered": (_l("有人参保才能确定名单"), _l("名单上还没有人。")),
    "mutual_aid.nobody_claimed": (_l("没有申领才能取消"), _l("这个保障期已有申领，不能取消。")),
    "mutual_aid.cover_is_not_claimed": (
        _l("没有申领才能移出名单"),
        _l("这名会员已就这份保障提出申领，不能移出名单；撤回申领后才能移出。"),
    ),
    "mutual_aid.members_pay": (_l("会员自交费用时登记交费"), _l("这个保障期的费用不由会员交纳。")),
    "mutual_aid.line_is_named": (_l("写明预算项目"), _l("请选择由哪个预算项目支付。")),
    "mutual_aid.event_has_happened": (_l("出险后申领"), _l("出险日期不能晚于今天。")),
    "mutual_aid.event_is_claimed_once": (
        _l("一次出险申领一次"),
        _l("同一计划、同一天出险的申领已于 %(submitted_on)s 提出。"),
    ),
    "mutual_aid.event_is_covered": (
        _l("出险日在保障期内"),
        _l("%(event_on)s 不在您这个计划的保障期内。"),
    ),
    "mutual_aid.claim_is_in_time": (
        _l("在申领期限内"),
        _l("这次出险的申领期限是 %(due_on)s，已经过期。"),
    ),
    "mutual_aid.claim_is_ones_own": (_l("只办理自己的申领"), _l("这是别人的申领。")),
    "mutual_aid.claim_is_sealed": (
        _l("申领内容只有本人和校工会可见"),
        _l("申领内容和材料只有本人和校工会经办人可以查看。"),
    ),
    "mutual_aid.documents_are_there": (_l("有材料才能转交"), _l("申领人还没有上传材料。")),
    "mutual_aid.claim_is_not_sent_on": (_l("报送前才能增删材料"), _l("申领已经报送，材料不能再改。")),
    "mutual_aid.others_handle_ones_claim": (_l("本人的申领由他人办理"), _l("这是您本人的申领，请由其他人办理。")),
    "mutual_aid.paid_after_the_event": (_l("赔付日期合理"), _l("赔付日期不能早于出险日期，也不能晚于今天。")),
    "mutual_aid.paid_is_within_sum": (_l("赔付不超过保障金额"), _l("最高保障金额为 %(most)s 元。")),
}

INPUT_ERRORS = {
    "mutual_aid.ages_are_in_order": _l("最大年龄不能小于最小年龄。"),
    "mutual_aid.list_is_said_one_way": _l("请选择一种方式说明给谁参保。"),
}
