"""The rules of clubs in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.club": (_l("协会办理流程"), _l("协会现在的状态不能这样办理。")),
    "workflow.club_membership": (_l("协会入会流程"), _l("这份入会申请或会籍现在的状态不能这样办理。")),
    "workflow.club_review": (_l("协会年度评议流程"), _l("这份年度总结现在的状态不能这样办理。")),
    "clubs.caller_is_a_member": (_l("会员才能参加协会"), _l("这个账号还不是会员。")),
    "clubs.president_runs_it": (_l("由会长办理"), _l("这件事由协会会长或校工会办理。")),
    "clubs.application_is_ones_own": (_l("只能撤回自己的申请"), _l("这是别人的申请。")),
    "clubs.club_exists": (_l("协会没有解散"), _l("这个协会已经解散或没有成立。")),
    "clubs.version_is_the_one_that_stands": (_l("以最新内容为准"), _l("您打开之后，别人已经改过。请刷新后再修改。")),
    "clubs.name_is_free": (_l("协会名称不重复"), _l("已有同名的协会或申请。")),
    "clubs.charter_is_there": (_l("成立协会要有章程"), _l("还没有上传章程，请发起人先上传。")),
    "clubs.founders_are_enough": (
        _l("发起人达到人数"), _l("现在有 %(count)s 人支持，至少要 %(least)s 人（含发起人）。"),
    ),
    "clubs.standing_may_join": (_l("会籍在册才能加入"), _l("会籍状态不符合，不能加入这个协会。")),
    "clubs.member_is_in_audience": (_l("属于协会面向的会员"), _l("这个协会不面向您所在的分工会或用工形式。")),
    "clubs.club_takes_members": (_l("协会接收会员"), _l("这个协会现在不接收会员。")),
    "clubs.club_is_active": (_l("协会正常活动"), _l("这个协会没有成立，或已暂停、解散。")),
    "clubs.not_in_it_yet": (_l("没有重复加入"), _l("您已在这个协会里，或已提出申请。")),
    "clubs.is_in_it": (_l("在协会里"), _l("您不在这个协会里。")),
    "clubs.club_has_room": (_l("协会有名额"), _l("协会最多 %(most)s 名会员，现在已满。")),
    "clubs.clubs_are_few": (_l("参加的协会有限"), _l("每人最多参加 %(most)s 个协会（含申请中的）。")),
    "clubs.members_still_fit": (_l("上限不少于现有会员"), _l("协会已有 %(count)s 名会员，上限不能更少。")),
    "clubs.president_stays": (_l("会长换届后才能退出"), _l("会长或发起人不能退出，请先由校工会任命新会长，或撤回申请。")),
    "clubs.reason_is_given": (_l("不同意要写原因"), _l("请写明原因，会员会看到。")),
    "clubs.officer_is_a_member": (_l("负责人是协会会员"), _l("这位会员不在协会里。")),
    "clubs.office_is_not_held": (_l("同一职务不重复"), _l("这位会员已担任这个职务。")),
    "clubs.term_has_an_end": (
        _l("任期有届满日"), _l("请填写任期届满日；在“制度标准”里设定任期长度后可以不填。"),
    ),
    "clubs.term_is_sound": (_l("任期起止合理"), _l("任期须已开始，并在今天之后届满。")),
    "clubs.president_is_named_by_the_union": (_l("会长由校工会任命"), _l("会长由校工会任命，您可以任命其他职务。")),
    "clubs.activity_is_free": (_l("一项活动只属于一个协会"), _l("这项活动已属于另一个协会。")),
    "clubs.activity_is_of_the_club": (_l("活动属于这个协会"), _l("这项活动不属于这个协会。")),
    "clubs.grant_is_the_first": (_l("每个年度核定一次"), _l("这个协会本年度的经费已经核定。")),
    "clubs.grant_is_within": (_l("经费不超过标准"), _l("每个协会每年最多 %(most)s 元。")),
    "clubs.last_review_allows_money": (
        _l("上次评议没有不合格"), _l("协会最近一次年度评议不合格，评议合格后才能核定经费。"),
    ),
    "clubs.grant_can_be_asked_again": (_l("未予入账或已冲回才能重新申报"), _l("这笔经费正在入账或已经入账。")),
    "clubs.year_can_be_told": (_l("总结本年或上一年"), _l("年度总结只能是协会成立以来的本年或上一年。")),
    "clubs.verdict_fits_activities": (
        _l("活动达到次数才能合格"), _l("这一年举办了 %(held)s 次活动，至少 %(least)s 次才能评为合格。"),
    ),
}  # fmt: skip
