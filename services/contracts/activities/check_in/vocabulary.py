"""Vocabulary of check-in and attendance."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

ATTENDANCE_STATES = Vocabulary(
    "attendance", expected="未签到", present="到场", absent="缺席", excused="请假", undone="已撤销",
)  # fmt: skip
"""`expected`: registered, and nothing is recorded yet. `undone`: a check-in that was taken back."""
MARKS = ATTENDANCE_STATES.only("present", "absent", "excused")
"""What an organiser can mark by hand."""

WALK_INS = Vocabulary(
    "walk_ins", no="不接待未报名的会员", seats="有空余名额时接待", all="名额外也接待",
)  # fmt: skip
"""Whether members without a registration are let in."""

CHECK_IN_METHODS = Vocabulary(
    "check_in_method", code="签到码", card="会员卡", hand="手工登记", list="离线名单补传",
)  # fmt: skip

ATTENDANCE_FLAGS = Vocabulary(
    "attendance_flag", cancelled="报名已取消仍入场", waiting="候补未递补即入场",
)  # fmt: skip

ARRIVALS = Vocabulary("arrival_outcome", recorded="已登记到场", already="此前已签到", not_counted="没有登记")

ATTENDANCE_ORDERS = Vocabulary(
    "attendance_order",
    {"ticket": "报名顺序", "arrived_at": "到场时间，早的在前", "-arrived_at": "到场时间，晚的在前", "unit": "分工会"},
)

ATTENDANCE_FIELDS = Vocabulary(
    "attendance_field", member_id="姓名", unit_id="分工会", state="出席", companions="到场同行人数",
    expected_companions="报名同行人数", arrived_at="到场时间", desk="签到台", by_member="登记人", method="方式",
    flag="提示", walk_in="现场加入", note="说明", opens_minutes="开始前多少分钟开放签到",
    closes_minutes="结束后多少分钟停止签到", walk_ins="未报名的会员", cost="活动支出（元）", helpers="签到员",
    reason="原因", registered="活动前已在纸上报名", code="签到码", sort="排序", title="活动", starts_at="时间",
    expected="应到", present="到场", absent="缺席", excused="请假", walked_in="现场加入", people="到场人数（含同行）",
    mark="标记为",
)  # fmt: skip
