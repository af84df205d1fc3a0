"""The rules of activities in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.activity": (_l("活动办理流程"), _l("活动现在的状态不能这样办理。")),
    "workflow.registration": (_l("报名办理流程"), _l("报名现在的状态不能这样办理。")),
    "calendar.activity_ends_after_it_starts": (_l("结束晚于开始"), _l("结束时间须晚于开始时间。")),
    "calendar.activity_is_near": (_l("活动时间合理"), _l("活动开始须在 %(earliest)s 至 %(latest)s 之间。")),
    "calendar.activity_is_not_endless": (_l("单次活动不过长"), _l("一次活动最长 %(days)s 天，更长的请分成多次。")),
    "calendar.sessions_lie_within_the_activity": (_l("场次在活动时间之内"), _l("有场次不在活动时间之内。")),
    "calendar.sessions_follow_each_other": (_l("场次先后不重叠"), _l("各场次须先后衔接，不能重叠。")),
    "calendar.registration_opens_before_it_closes": (_l("报名先开始后截止"), _l("报名截止须晚于报名开始。")),
    "calendar.registration_closes_before_the_end": (_l("报名截止不晚于结束"), _l("报名须在活动结束前截止。")),
    "calendar.cancelling_stops_before_the_end": (_l("取消期限不晚于结束"), _l("可取消的期限须在活动结束之前。")),
    "calendar.seats_cover_those_who_have_one": (
        _l("名额不少于已报人数"),
        _l("已有 %(seats_taken)s 人报名，名额不能减到 %(capacity)s；可勾选把最后报名的移到候补。"),
    ),
    "calendar.activity_has_started": (_l("活动开始后才能登记举办"), _l("活动还没有开始，不能登记为已举办。")),
    "calendar.held_on_a_day_that_was": (_l("举办日期合理"), _l("举办日期须在活动第一天至今天之间。")),
    "calendar.version_is_the_one_that_stands": (_l("以最新内容为准"), _l("您打开之后，别人已经改过。请刷新后再修改。")),
    "calendar.own_unit": (_l("主席只办本分工会的活动"), _l("校工会的活动由校工会干部办理。")),
    "registration.activity_is_scheduled": (_l("活动正在安排中"), _l("活动未发布、已取消或已举办，不接受报名。")),
    "registration.registration_is_open": (_l("在报名时间之内"), _l("现在不在报名时间之内。")),
    "registration.applicant_is_a_member": (_l("会员才能报名"), _l("只有会员可以报名。")),
    "registration.member_is_active": (_l("会籍在册"), _l("您的会籍不在册，不能报名。")),
    "registration.member_is_in_audience": (_l("属于活动对象"), _l("这次活动不面向您所在的分工会或用工形式。")),
    "registration.facts_are_known": (
        _l("会员信息可以核对"),
        _l("现在核对不了您是否属于活动对象，请稍后再试；没有作出决定，您的报名机会不受影响。"),
    ),
    "registration.activity_is_for_women": (_l("属于活动对象：女会员"), _l("这次活动面向女会员。")),
    "registration.activity_is_for_men": (_l("属于活动对象：男会员"), _l("这次活动面向男会员。")),
    "registration.member_is_old_enough": (
        _l("达到年龄下限"),
        _l("活动面向 %(age_from)s 周岁以上（含）的会员，活动当天您 %(age)s 周岁。"),
    ),
    "registration.member_is_young_enough": (
        _l("不超过年龄上限"),
        _l("活动面向 %(age_to)s 周岁以下（含）的会员，活动当天您 %(age)s 周岁。"),
    ),
    "registration.age_is_known": (
        _l("档案有出生日期"),
        _l("您的档案没有完整的出生日期，算不出年龄。请在“我的数据”中申请更正。"),
    ),
    "registration.post_is_in_audience": (
        _l("担任活动对象所列职务"),
        _l("这次活动面向担任所列职务的会员，您现在没有担任。"),
    ),
    "registration.joined_in_time": (
        _l("入会日期在活动对象之内"),
        _l("这次活动面向 %(joined_since)s 及以后入会的会员。"),
    ),
    "registration.honour_is_in_audience": (
        _l("获得活动对象所列荣誉"),
        _l("这次活动面向获得所列荣誉的会员，您的档案里没有。"),
    ),
    "registration.member_fits_audience": (_l("会员符合对象条件"), _l("这位会员不在活动对象之内。")),
    "registration.others_keep_their_places": (
        _l("队伍的名额不移到候补"),
        _l("已确认的参赛队占用的名额多于 %(size)s 个，请先与队长商量退出。"),
    ),
    "registration.seat_or_waiting_list_left": (_l("有名额或可候补"), _l("名额已满，也没有候补。")),
    "registration.places_of_options_left": (
        _l("所选项目有名额或可候补"),
        _l("%(options)s已满，也没有候补。"),
    ),
    "options.companions_are_within_the_limit": (_l("同行人数不超过上限"), _l("最多可带 %(most)s 人同行。")),
    "options.options_are_offered": (_l("所选项目仍在开放"), _l("所选项目已不再开放，请刷新后重选。")),
    "options.groups_are_answered": (
        _l("按要求选择项目"),
        _l("“%(group)s”须选 %(least)s 至 %(most)s 项。"),
    ),
    "options.party_fits": (
        _l("一行人数不超过全部名额"),
        _l("您一行 %(people)s 人，超过了全部名额，不能报名。"),
    ),
    "options.chosen_options_stay": (
        _l("有人选过的选项不删除"),
        _l("%(options)s已有人选过，不能删除，可以改为不再开放。"),
    ),
    "options.quotas_of_chosen_options_stay": (
        _l("有人选过的选项所占名额不变"),
        _l("%(options)s已有人选过，占用哪些名额不能再改。"),
    ),
    "options.quotas_cover_those_taken": (
        _l("选项名额不少于已占用数"),
        _l("“%(name)s”已占用 %(taken)s 个，不能减到 %(size)s；可勾选把最后报名的移到候补。"),
    ),
    "opening.opening_is_ahead": (_l("报名还没有开始"), _l("报名已经开始，或不再开放，不用提醒。")),
    "registration.not_refused_before": (
        _l("没有被拒绝过"),
        _l("主办方未批准您的报名：%(reason)s。有疑问请联系主办方。"),
    ),
    "registration.seats_can_be_handed_over": (_l("活动允许转让名额"), _l("这次活动的名额不能转让。")),
    "registration.seat_is_ones_own": (_l("转让的是本人已有的名额"), _l("只有已报上的名额才能转让。")),
    "registration.member_waits": (_l("会员正在候补或待审核"), _l("这位会员现在没有在候补或待审核。")),
    "registration.seats_are_held": (_l("活动在填写时保留名额"), _l("这次活动填写时不保留名额，请直接报名。")),
    "registration.seat_is_free_to_hold": (_l("有空余名额可以保留"), _l("现在没有空余名额，可以直接报名候补。")),
    "registration.code_is_valid": (
        _l("转让码有效"),
        _l("转让码无效：可能写错，或已更换、撤回、被别人接受，也可能名额已经退还。"),
    ),
    "registration.not_registered_yet": (_l("还没有报名"), _l("您已经报名；要接受转让，请先取消自己的报名。")),
    "questions.answers_are_valid": (_l("报名问题按要求回答"), _l("有问题没有按要求回答。")),
    "questions.answered_questions_stay": (
        _l("有人回答过的问题不删除"),
        _l("%(questions)s已有人回答，不能删除，可以改为不再提问。"),
    ),
    "questions.kinds_of_answered_questions_stay": (
        _l("有人回答过的问题不改回答方式"),
        _l("%(questions)s已有人回答，回答方式不能再改。"),
    ),
    "questions.options_of_questions_exist": (
        _l("问题所依据的选项存在"),
        _l("%(questions)s：这个活动没有所指的报名选项。"),
    ),
    "questions.answers_can_be_changed": (_l("在可修改回答的期限之内"), _l("已过可修改回答的时间，请联系主办方。")),
    "registration.before_cancel_deadline": (_l("在取消期限之内"), _l("已过可取消的时间，请联系主办方。")),
    "registration.activity_is_not_over": (_l("活动尚未结束"), _l("活动已经结束，报名不再变动。")),
    "registration.member_is_in_chairs_unit": (_l("主席只办本分工会会员"), _l("此人是其他分工会的会员。")),
    "registration.member_is_registered": (_l("已经报名"), _l("没有报名这次活动。")),
    "registration.seat_is_offered": (
        _l("名额正为本人保留"),
        _l("现在没有为您保留的名额：未递补到、已答复或已逾期。"),
    ),
    "registration.member_may_still_take_part": (_l("仍可参加"), _l("您现在已不能参加这次活动。")),
    "registration.reason_given": (_l("代为取消要写原因"), _l("请写明取消原因。")),
}

INPUT_ERRORS = {
    "calendar.ages_in_order": _l("年龄上限不能小于下限。"),
    "facts.one_audience": _l("请指定一个活动，或给出对象和日期。"),
    "questions.enough_choices": _l("至少要有两个可选答案。"),
    "questions.choices_differ": _l("有两个可选答案相同。"),
    "questions.asked_before": _l("只能依据排在前面的问题。"),
    "questions.answers_are_possible": _l("请填那一题可能的回答；自由填写的问题不能作依据。"),
    "questions.answer_required": _l("这一题必须回答。"),
    "questions.question_known": _l("没有这一题。"),
    "questions.answer_among_choices": _l("请从所列答案中选。"),
    "questions.answer_is_text": _l("请填文字。"),
    "questions.answer_is_number": _l("请填数字。"),
    "questions.answer_is_date": _l("请填日期。"),
    "questions.answer_is_yes_or_no": _l("请选是或否。"),
    "questions.answer_is_short_enough": _l("最多 %(most)s 个字。"),
    "registration.one_key_each": _l("每位会员要有一个。"),
    "options.names_differ": _l("有两行名称相同。"),
    "options.names_are_known": _l("有选项写了不存在的分组或名额。"),
    "options.enough_to_choose_from": _l("有分组要选的项数多于它的选项。"),
}
