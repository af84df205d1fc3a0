"""The rules of recuperation in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.trip": (_l("疗休养团办理流程"), _l("这个团现在的状态不能这样办理。")),
    "workflow.trip_application": (_l("疗休养报名流程"), _l("这项报名现在的状态不能这样办理。")),
    "recuperation.caller_is_a_member": (_l("会员才能享受"), _l("这个账号还不是会员。")),
    "recuperation.period_is_as_long": (
        _l("周期年数符合规定"),
        _l("按现行规定一个周期为 %(years)s 年，批次的年度须在周期之内。"),
    ),
    "recuperation.applications_end_later": (
        _l("报名起止日期合理"),
        _l("报名截止日不能早于开始日，也不能早于今天。"),
    ),
    "recuperation.route_is_offered": (_l("线路可用"), _l("这条线路已经停用。")),
    "recuperation.trip_begins_later": (
        _l("报名截止后出发"),
        _l("报名到 %(apply_until)s 截止，出发日期须在此之后。"),
    ),
    "recuperation.round_is_open": (_l("报名截止前才能改动"), _l("这一批次的报名已经截止。")),
    "recuperation.trip_is_published": (_l("发布后才能查看"), _l("这个团还没有发布。")),
    "recuperation.days_are_within_cap": (
        _l("天数不超过规定"),
        _l("线路 %(days)s 天，按现行规定含路程最多 %(most)s 天。"),
    ),
    "recuperation.price_is_within_cap": (
        _l("费用不超过规定"),
        _l("线路 %(price)s 元，按现行规定每人每天不超过 %(cap)s 元，共 %(days)s 天。"),
    ),
    "recuperation.insurance_is_enough": (
        _l("保额符合规定"),
        _l("线路保额 %(insured)s 元，按现行规定每人不低于 %(least)s 元。"),
    ),
    "recuperation.places_reach_minimum": (
        _l("名额不少于成团人数"),
        _l("名额 %(places)s 人，少于成团所需的 %(minimum)s 人。"),
    ),
    "recuperation.outside_is_a_small_share": (
        _l("出省比例符合规定"),
        _l("发布后出省 %(outside)s 人，占全部 %(places)s 个名额的比例超过 %(share)s；请先发布省内线路。"),
    ),
    "recuperation.applications_are_taken": (
        _l("在报名时间内"),
        _l("报名时间为 %(apply_from)s 至 %(apply_until)s。"),
    ),
    "recuperation.choices_are_few": (_l("志愿不超过规定个数"), _l("最多选 %(most)s 个志愿。")),
    "recuperation.choices_are_of_the_round": (
        _l("志愿是同一批次的团"),
        _l("志愿须是同一批次已发布的团，不能重复。"),
    ),
    "recuperation.persons_fit": (_l("名额容得下"), _l("所选的团都没有这么多名额。")),
    "recuperation.member_is_in_service": (_l("在职会员才能参加"), _l("疗休养只面向在职的在册会员。")),
    "recuperation.turn_is_unused": (_l("一个周期一次"), _l("本周期的疗休养已在 %(year)s 年享受或报名。")),
    "recuperation.joined_in_time": (
        _l("入会时间符合规定"),
        _l("您于 %(joined_on)s 入会，%(until)s 以后入会的当年不享受疗休养。"),
    ),
    "recuperation.outside_was_long_ago": (
        _l("两次出省相隔够久"),
        _l("您 %(year)s 年去过省外，%(again)s 年起才能再选省外线路。"),
    ),
    "recuperation.family_is_small": (_l("随行家属不超过规定"), _l("最多 %(most)s 位家属自费随行。")),
    "recuperation.application_is_ones_own": (_l("只办理自己的报名"), _l("这是别人的报名。")),
    "recuperation.somebody_applied": (_l("有人报名才能截止"), _l("还没有人报名。")),
    "recuperation.last_day_has_come": (
        _l("不早于公布的报名截止日截止"),
        _l("报名到 %(apply_until)s 截止，不能提前截止。"),
    ),
    "recuperation.grounds_are_confirmed_by_others": (
        _l("本人的优先情形由他人确认"),
        _l("这是您本人的报名，请其他干部确认。"),
    ),
    "recuperation.list_is_unchanged": (
        _l("清单与公示的一致"),
        _l("报名清单与截止时公示的不一致，不能继续抽签，请查明是谁改动了数据。"),
    ),
    "recuperation.draw_is_before_departure": (
        _l("出发前抽签"),
        _l("最早的团 %(starts_on)s 出发，公开数值须在此之前产生。"),
    ),
    "recuperation.people_enter_the_value": (_l("公开数值由人录入"), _l("公开数值须由两人登录后录入，程序不能代录。")),
    "recuperation.value_is_written_so": (
        _l("按公布的写法录入"),
        _l("请照公布的写法录入，例如 %(example)s。"),
    ),
    "recuperation.entries_are_closed": (_l("报名截止后公示"), _l("报名还没有截止，截止后公示名单。")),
    "recuperation.draw_goes_step_by_step": (
        _l("抽签按步骤进行"),
        _l("现在不是这一步：先截止报名，再封存密钥，最后录入公开数值，只抽一次。"),
    ),
    "recuperation.public_day_is_ahead": (_l("公开数值产生在以后"), _l("公开数值须在今天以后产生。")),
    "recuperation.public_value_can_exist": (
        _l("公开数值产生后录入"),
        _l("公开数值要到 %(public_day)s 才产生。"),
    ),
    "recuperation.values_agree": (_l("两人录入一致"), _l("与另一位录入的不一致，请双方核对后重新录入。")),
    "recuperation.trip_has_room": (_l("调整到有余额的志愿"), _l("这个团不在报名的志愿里，或者余额不够。")),
    "recuperation.trip_has_not_begun": (
        _l("出发前退出或调整"),
        _l("这个团 %(starts_on)s 已经出发，不能再退出或调整；没有去的，返回后登记为未到。"),
    ),
    "recuperation.loss_is_named": (
        _l("未到和临期退出的损失要写明"),
        _l("有 %(people)s 份报名未到或临期退出，请填每人的损失，没有则填 0。"),
    ),
    "recuperation.quotas_are_of_different_units": (_l("一个分工会一个上限"), _l("同一分工会写了两次。")),
    "recuperation.trip_is_over": (_l("返回后登记"), _l("这个团 %(ends_on)s 返回，返回后才能登记。")),
    "recuperation.absent_are_on_the_trip": (_l("未到的人在团里"), _l("所选的人不在这个团里。")),
    "recuperation.who_went_rates": (_l("去过的人评价"), _l("参加了这次疗休养的人才能评价。")),
}

INPUT_ERRORS = {
    "recuperation.value_is_plain": _l("请填 4 至 100 个数字、字母、空格或 .,:;+-，与公布的一致。"),
}
