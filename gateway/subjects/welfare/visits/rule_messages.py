"""The rules of visits in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_MEMBER_ONLY = (_l("会员才能享受"), _l("这个账号还不是会员。"))

RULES = {
    "workflow.visit": (_l("走访办理流程"), _l("走访现在的状态不能这样办理。")),
    "workflow.visits": (_l("走访办理流程"), _l("走访现在的状态不能这样办理。")),
    "visits.member_is_covered": (_l("会籍状态符合"), _l("按现行规则，这一事由不适用于该会员的会籍状态。")),
    "visits.member_was_alive": (
        _l("去世之后只办慰问家属"),
        _l("会员已于 %(died_on)s 去世，此后的事由和走访不再办理，只办会员去世的慰问。"),
    ),
    "visits.condolence_is_reported_by_others": (
        _l("会员去世由他人登记"),
        _l("会员去世由分工会主席或校工会登记，不能用本人的账号申请。"),
    ),
    "visits.day_is_within_reach": (_l("日期合理"), _l("发生日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "visits.was_not_reported_before": (
        _l("同一事由不重复报"),
        _l("这件事已经报过，走访正在安排。若是另一位亲属，请勾选说明。"),
    ),
    "visits.relatives_are_few": (_l("亲属人数合理"), _l("已经报过 %(most)s 位，请核对。")),
    "visits.another_is_a_relative": (_l("父母、子女才会有另一位"), _l("只有父母、子女可以说明是另一位亲属。")),
    "visits.relation_is_immediate": (_l("限直系亲属"), _l("请选择去世亲属与会员的关系；其他事由不用填写。")),
    "visits.assignee_may_go": (
        _l("走访人合适"),
        _l("走访人须是在册会员，不能是被看望的本人；分工会走访由本分工会会员去。"),
    ),
    "visits.visit_day_fits": (_l("走访日期合理"), _l("走访日期不能早于事由发生，也不能晚于今天。")),
    "visits.visitor_is_not_the_visited": (_l("不登记对自己的走访"), _l("对您本人的走访须由别人登记。")),
    "visits.visited_does_not_direct": (_l("对自己的走访由别人安排"), _l("对您本人的走访由别人指派或取消。")),
    "visits.evidence_is_given": (_l("凭证齐全"), _l("还缺必需的走访凭证。")),
    "visits.gift_is_signed_for": (_l("发放须有签收"), _l("发放了慰问，须有签收或票据。")),
    "visits.evidence_can_be_added": (_l("走访未了结才能补凭证"), _l("走访已经了结，不再接收凭证。")),
    "visits.people_are_asked": (_l("照片里的人已同意"), _l("请选明照片里没有可以认出的人，或者能认出的人都已同意。")),
    "visits.evidence_can_be_removed": (_l("入账前才能删除凭证"), _l("走访已经入账或了结，凭证随账保存，不能删除。")),
    "visits.evidence_is_for_few": (
        _l("凭证文件只给少数人看"),
        _l("只有走访人、校工会干部和经审人员能打开走访的照片和材料；本人能看自己的照片。"),
    ),
    "visits.evidence_is_opened_for_a_purpose": (_l("写明用途才能看"), _l("请写明用途后查看，查看会留下记录。")),
    "visits.claim_can_be_put_again": (_l("未予入账的才能重新申报"), _l("只有未予入账的慰问才重新申报，这笔不是。")),
    "visits.caller_is_a_member": _MEMBER_ONLY,
    "visits.own_life_event": (_l("只为自己申请"), _l("只能为自己申请；别人的由分工会主席登记。")),
    "visits.level_is_ours": (_l("按层级走访"), _l("这次走访由校工会负责。")),
    "visit_types.begins_today_or_later": (
        _l("走访类型自今天或以后施行"),
        _l("施行日期不能早于今天，已经开始的走访仍按原来的办理。"),
    ),
    "visit_types.ends_yesterday_at_the_earliest": (_l("不改过去的走访"), _l("最后一天最早可以是昨天。")),
    "visit_types.occasions_are_few": (_l("走访类型不过多"), _l("已有 %(most)s 种走访类型，请先整理。")),
    "benefit.amount_is_within_cap": (_l("不超过上限"), _l("%(amount)s 元超过现行上限 %(cap)s 元。")),
    "benefit.form_is_allowed": (_l("发放形式符合规定"), _l("按现行规定不能以这种形式发放。")),
    "benefit.has_a_rule": (_l("有现行标准"), _l("这项慰问没有现行标准，不能登记金额。")),
}

INPUT_ERRORS = {
    "visits.form_missing": _l("请选择发放形式。"),
    "visits.member_missing": _l("请选择会员。"),
}
