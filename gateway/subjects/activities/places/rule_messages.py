"""The rules of places in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.place_booking": (_l("场地预约办理流程"), _l("这个预约现在的状态不能这样办理。")),
    "places.caller_is_a_member": (_l("会员才能预约"), _l("这个账号还不是会员。")),
    "places.booking_is_ones_own": (_l("只能取消自己的预约"), _l("这是别人的预约。")),
    "places.name_is_free": (_l("场地名称不重复"), _l("已有同名的场地。")),
    "places.version_is_the_one_that_stands": (_l("以最新内容为准"), _l("您打开之后，别人已经改过。请刷新后再修改。")),
    "places.bookings_still_fit": (
        _l("修改后已有预约仍然有效"), _l("有 %(count)s 个将要到来的预约放不进修改后的时段，请先取消它们或封闭场地。"),
    ),
    "places.hours_hold_a_slot": (_l("开放时间至少一个时段"), _l("有一段开放时间比一个时段还短，或关门早于开门。")),
    "places.hours_do_not_overlap": (_l("开放时间不重叠"), _l("同一天的开放时间互相重叠。")),
    "places.place_is_offered": (_l("场地开放预约"), _l("这个场地现在不开放预约。")),
    "places.standing_may_book": (_l("会籍在册才能预约"), _l("您的会籍状态不能预约这个场地。")),
    "places.member_is_in_audience": (_l("属于场地面向的会员"), _l("这个场地不面向您所在的分工会或用工形式。")),
    "places.slot_is_offered": (_l("时段在开放时间内"), _l("这个场地没有这个时段，可能刚改过开放时间。")),
    "places.slot_is_not_blocked": (_l("时段没有封闭"), _l("这个时段封闭：%(reason)s。")),
    "places.slot_is_ahead": (_l("时段开始前才能预约"), _l("这个时段已经开始。")),
    "places.day_is_near": (
        _l("提前预约的天数有限"), _l("最多提前 %(days)s 天预约，这一天从 %(opens)s 起可以预约。"),
    ),
    "places.open_bookings_are_few": (
        _l("同时的预约有限"), _l("每人同时最多有 %(most)s 个预约（含候补），用完或取消后可以再约。"),
    ),
    "places.week_bookings_are_few": (_l("每周的预约有限"), _l("每人每周（周一至周日）最多预约 %(most)s 次。")),
    "places.one_place_at_a_time": (_l("同一时间只约一处"), _l("您在这个时间已有预约。")),
    "places.member_is_not_barred": (
        _l("没有因未到场暂停预约"), _l("您累计 %(count)s 次预约后没有到场，%(until)s 之后可以再预约。如有特殊情况，请联系校工会。"),
    ),
    "places.slot_has_room": (_l("时段有余量"), _l("这个时段已约满，请选另一个。")),
    "places.cancelled_in_time": (
        _l("在期限前取消"), _l("须在开始前 %(minutes)s 分钟取消，现在已过期限；不能来请联系校工会。"),
    ),
    "places.reason_is_given": (_l("代为取消要写原因"), _l("请写明取消原因，会员会看到。")),
    "places.block_lies_ahead": (_l("封闭时间合理"), _l("封闭须在将来结束、结束晚于开始，最长一年。")),
    "places.block_cancels_as_told": (
        _l("封闭取消的预约与所见一致"), _l("现在会取消 %(found)s 个预约，不是 %(expected)s 个，请重新确认。"),
    ),
    "places.booking_begins_now": (
        _l("在开始前后签到"), _l("您在这里没有现在开始的预约。开始前后 %(minutes)s 分钟内签到有效。"),
    ),
    "places.code_is_of_a_place": (_l("场地签到码有效"), _l("这不是有效的场地签到码，请扫现场张贴的新码。")),
    "places.slot_has_begun": (_l("开始后才能登记到场"), _l("这个时段还没有开始。")),
}  # fmt: skip

INPUT_ERRORS = {
    "places.hours_are_written": _l("请按“08:00-12:00 14:00-22:00”的样子填写，不开放的日子留空。"),
}
