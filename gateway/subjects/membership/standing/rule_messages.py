"""The rules of standing in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_BY_CURVE = _l("%(earliest)s 至 %(latest)s 之间的月份可以批准。")

RULES = {
    "workflow.transfer": (_l("转会办理流程"), _l("转会现在的状态不能这样办理。")),
    "transfer.one_at_a_time": (_l("一人同时只办一次转会"), _l("此人已有一次转会在办理中。")),
    "transfer.member_may_transfer": (_l("在册会员才能转会"), _l("只有在册会员可以转会。")),
    "transfer.unit_is_another": (_l("转往另一个分工会"), _l("会员本来就在这个分工会。")),
    "transfer.chair_hands_over_first": (_l("主席先卸任再转会"), _l("此人是该分工会主席，请先结束任职。")),
    "transfer.effective_day_is_possible": (_l("生效日期合理"), _l("生效日期须在 %(from)s 至 %(to)s 之间。")),
    "transfer.decider_is_in_charge": (
        _l("由两边分工会主席办理"),
        _l("由调出、调入分工会的主席办理，没有主席时由校工会代办；不能办理自己的转会。"),
    ),
    "transfer.own_transfer": (_l("只看自己的转会"), _l("这是别人的转会。")),
    "transfer.member_since_is_past": (_l("原会龄早于本校入会"), _l("在原工会的入会日期应早于本校入会日期。")),
    "retirement.class_is_known": (_l("退休类别以人事登记为准"), _l("人事尚未登记原退休年龄类别，不能按性别推断。")),
    "retirement.m60": (_l("法定退休年龄（60 周岁）"), _l("现行规则里没有这一类别的退休年龄。")),
    "retirement.f55": (_l("法定退休年龄（55 周岁）"), _l("现行规则里没有这一类别的退休年龄。")),
    "retirement.f50": (_l("法定退休年龄（50 周岁）"), _l("现行规则里没有这一类别的退休年龄。")),
    "retirement.flexible": (_l("弹性提前或延迟的月数"), _l("现行规则里没有弹性退休的规定。")),
    "retirement.not_before_original_age": (_l("不早于原法定退休年龄"), _BY_CURVE),
    "retirement.early_by_three": (_l("弹性提前不超过三年"), _BY_CURVE),
    "retirement.late_by_three": (_l("弹性延迟不超过三年"), _BY_CURVE),
    "retirement.member_may_retire": (_l("在册会员才办退休"), _l("只有在册会员可以办理退休。")),
    "retirement.day_has_come": (_l("退休日期已到才确认"), _l("退休日期须在 %(from)s 至 %(to)s 之间。")),
    "retirement.retirement_can_be_undone": (_l("只撤销已确认的退休"), _l("此人没有办理退休。")),
    "standing.decision_fits_standing": (_l("处理与会籍状态相称"), _l("现在的会籍状态不能这样处理。")),
    "standing.decision_is_recorded": (
        _l("处理要有完整的决定记录"),
        _l("除名须有会议和文件；自动退会须有会议、欠费与不参加活动的起始日期和谈话记录。"),
    ),
    "standing.days_are_in_order": (_l("决定与生效日期合理"), _l("日期不能晚于今天，也不能早于入会日期。")),
    "standing.grounds_lie_in_membership": (
        _l("依据发生在会籍期间"),
        _l("日期须在 %(from)s（入会）至 %(to)s（决定）之间。"),
    ),
    "standing.six_months_have_passed": (
        _l("满六个月才按自动退会处理（工会章程）"),
        _l("起始日期须不晚于 %(latest)s，即满 %(months)s 个月。"),
    ),
    "standing.talked_before_deciding": (_l("先谈话后决定"), _l("谈话日期应早于决定日期。")),
    "standing.decider_is_another": (_l("不办理自己的会籍"), _l("自己的会籍由别人办理。")),
    "standing.membership_has_ended": (_l("会籍终止后才恢复"), _l("此人的会籍没有终止。")),
    "standing.membership_stands": (_l("会籍存续"), _l("此人的会籍已经终止。")),
    "standing.leave_is_asked_once": (_l("退会申请只提一次"), _l("您的退会申请已在办理中。")),
    "standing.leave_is_open": (_l("宣布前可以收回"), _l("这份申请已经办结。")),
}

INPUT_ERRORS = {
    "transfer.one_destination": _l("校内分工会和外单位工会须填一个，也只能填一个。"),
    "transfer.reason_missing": _l("请写明不同意的原因。"),
    "transfer.member_missing": _l("请选择会员。"),
    "retirement.too_many_rows": _l("行数太多，请先选一个分工会。"),
}
