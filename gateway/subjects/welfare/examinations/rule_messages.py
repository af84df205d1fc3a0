"""The rules of examinations in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.examination": (_l("体检办理流程"), _l("这次体检现在的状态不能这样办理。")),
    "workflow.examinee": (_l("体检预约流程"), _l("这项预约现在的状态不能这样办理。")),
    "examinations.caller_is_a_member": (_l("会员才能体检"), _l("这个账号还不是会员。")),
    "examinations.funding_is_allowed": (
        _l("体检经费来源符合规定"),
        _l("按现行规定，体检不能列这项经费，请选行政福利费。"),
    ),
    "examinations.standing_is_served": (_l("会籍状态在体检范围内"), _l("您的会籍状态不在这次体检的范围内。")),
    "examinations.is_for_women": (_l("专项检查面向女职工"), _l("这次专项检查面向女职工。")),
    "examinations.interval_has_passed": (
        _l("两次专项检查相隔够久"),
        _l("您 %(last)s 年做过专项检查，%(again)s 年可以再做。"),
    ),
    "examinations.a_package_fits": (_l("有适合的套餐"), _l("没有适合您性别和年龄的套餐。")),
    "examinations.can_be_prepared": (_l("开放预约前添加套餐"), _l("这次体检已经开放，不能再改套餐。")),
    "examinations.can_have_slots": (_l("结束前调整时段"), _l("这次体检已经结束或取消。")),
    "examinations.has_packages_and_slots": (_l("有套餐和时段才能开放"), _l("请先添加套餐和时段。")),
    "examinations.choices_are_few": (_l("套餐和时段不太多"), _l("已经有 %(most)s 个，不能再加。")),
    "examinations.hospital_is_in_use": (_l("医院可用"), _l("这家医院已经停用。")),
    "examinations.slot_is_ahead": (_l("时段开始前预约"), _l("这个时段在 %(day)s，已经开始。")),
    "examinations.capacity_covers_booked": (
        _l("名额不少于已约人数"),
        _l("已经约了 %(booked)s 人，名额不能更少。"),
    ),
    "examinations.booking_is_open": (_l("在预约期内"), _l("预约到 %(until)s 截止，或这次体检没有开放。")),
    "examinations.place_can_be_given_up": (
        _l("按规定的时间改约或取消"),
        _l("%(day)s 的预约最晚 %(last)s 改约或取消。"),
    ),
    "examinations.package_is_for_member": (_l("套餐适合本人"), _l("这个套餐不适合这位会员的性别和年龄。")),
    "examinations.slot_has_places": (_l("时段有名额"), _l("这个时段已经约满，请换一个。")),
    "examinations.slot_has_begun": (_l("到体检当天登记"), _l("预约在 %(day)s，当天起才能登记。")),
    "examinations.goes_on": (_l("体检进行中才能登记"), _l("这次体检没有开放，或已经结束。")),
    "examinations.all_are_marked": (
        _l("所有预约都登记后结束"),
        _l("还有 %(unmarked)s 位预约的会员没有登记是否到检。"),
    ),
    "examinations.member_is_listed": (_l("会员在体检名单上"), _l("这位会员不在这次体检的名单上。")),
    "examinations.members_are_of_slot": (_l("会员约在这个时段"), _l("所选会员里有人没有约在这个时段。")),
    "examinations.appointment_is_ones_own": (_l("只办理自己的预约"), _l("这是别人的预约。")),
    "examinations.card_is_in_force": (_l("会员卡有效"), _l("这不是一张有效的会员卡。")),
    "examinations.is_opened": (_l("开放后才能查看"), _l("这次体检还没有开放。")),
}

INPUT_ERRORS = {
    "examinations.ages_are_in_order": _l("最大年龄不能小于最小年龄。"),
    "examinations.slot_ends_later": _l("结束时间须晚于开始时间。"),
}
