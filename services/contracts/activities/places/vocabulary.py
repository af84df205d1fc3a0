"""Vocabulary of places and their bookings."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

PLACE_KINDS = Vocabulary(
    "place_kind", home="教工之家", court="球场", gym="健身房", room="活动室", studio="排练厅", other="其他场地",
)  # fmt: skip

BOOKING_STATES = Vocabulary(
    "place_booking", booked="已预约", waiting="候补中", attended="已到场", missed="未到场", cancelled="已取消",
)  # fmt: skip
HELD = ("booked", "attended", "missed")
"""States of bookings that have one of the numbers of a slot."""
OPEN = ("booked", "waiting")
"""States of bookings that are still to come."""

CANCEL_CAUSES = Vocabulary(
    "place_cancel_cause", by_member="本人取消", by_officer="校工会取消", blocked="场地封闭",
    no_member="会籍终止或不再符合对象", not_reached="候补未轮到",
)  # fmt: skip
"""Why a booking ended; `not_reached`: the slot began before anybody gave up a booking."""

SLOT_STATES = Vocabulary(
    "place_slot", free="可预约", full="已约满", blocked="封闭", past="已开始", far="还没开放预约",
)  # fmt: skip

WEEKDAYS = Vocabulary(
    "weekday", {"1": "周一", "2": "周二", "3": "周三", "4": "周四", "5": "周五", "6": "周六", "7": "周日"}
)
"""Days of the week as ISO 8601 numbers them."""

BOOKINGS_SHOWN = Vocabulary("place_bookings_shown", coming="将要到来", past="已经过去", all="全部")
BOOKING_ORDERS = Vocabulary(
    "place_booking_order", {"starts_at": "开始时间，早的在前", "-starts_at": "开始时间，晚的在前"}
)
PLACE_ORDERS = Vocabulary("place_order", {"name": "名称", "-name": "名称，倒序"})

PLACE_FIELDS = Vocabulary(
    "place_field", name="名称", name_en="英文名称", kind="类型", about="介绍与须知", address="地点",
    slot_minutes="每个时段（分钟）", capacity="同一时段可约几份", waiting_list="约满后可以候补",
    for_retained="退休会员也可以预约", closed_on_days_off="法定节假日不开放", hours="开放时间", units="面向分工会",
    employments="面向用工形式", offered="开放预约", weekday="星期", opens="开门", closes="关门",
    place_id="场地", member_id="会员", unit_id="分工会", starts_at="开始时间", ends_at="结束时间", state="状态",
    booked_at="预约时间", checked_in_at="到场时间", cancelled_at="取消时间", cause="取消原因", reason="原因",
    note="说明", number="第几份", position="候补顺位", show="范围", sort="排序", q="搜索名称或地点",
    cancels="随之取消的预约", taken="已约", free="余量", from_day="从", to_day="到", month="月份", months="最近几个月",
    attended="到场", missed="未到场", cancelled="取消", booked="预约", offered_slots="开放份数",
    hour="时刻",
)  # fmt: skip
