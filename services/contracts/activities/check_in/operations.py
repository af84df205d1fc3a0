"""Operations of check-in and attendance."""

from __future__ import annotations

from services.chassis.schema import PUBLIC, PageRequest, command, query
from services.contracts.activities.check_in import offline, shapes
from services.contracts.codes import CodeReading, ReadToken

ORGANISES = ("officer", "chair")
AT_THE_DESK = ("officer", "chair", "member")
"""A member where an organiser named the member a helper."""
_READS = ("officer", "chair", "auditor")

get_check_in = query(
    "activities", "get_check_in", request=shapes.ActivityAttendance, reply=shapes.CheckInState,
    allow=(*_READS, "member"), doc="When one can check in, who helps, and how many came.", title="查看签到情况",
)  # fmt: skip
set_check_in = command(
    "activities", "set_check_in", request=shapes.SetCheckIn, reply=shapes.CheckInState, allow=ORGANISES,
    doc="Say when one can check in, whether others than the registered are let in, who helps, and the cost.",
    title="设置签到",
)  # fmt: skip
my_check_in_code = query(
    "activities", "my_check_in_code", request=shapes.ActivityAttendance, reply=shapes.OwnCode, allow=("member",),
    doc="The code by which one checks in, good for some minutes.", title="出示签到码",
)  # fmt: skip
check_in = command(
    "activities", "check_in", request=shapes.CheckIn, reply=shapes.Arrival, allow=AT_THE_DESK,
    doc="Record that somebody came, by the code shown or by who it is; once more tells when and where it was.",
    title="签到",
)  # fmt: skip
desk_list = query(
    "activities", "desk_list", request=shapes.ActivityAttendance, reply=offline.DeskList, allow=AT_THE_DESK,
    doc="The signed list by which a desk goes on without network.", title="下载签到名单",
)  # fmt: skip
sync_check_ins = command(
    "activities", "sync_check_ins", request=offline.SyncCheckIns, reply=offline.Synced, allow=AT_THE_DESK,
    doc="Record what a desk noted without network; what was recorded before counts once.", title="补传离线签到",
)  # fmt: skip
undo_check_in = command(
    "activities", "undo_check_in", request=shapes.UndoCheckIn, reply=shapes.Attendee, allow=AT_THE_DESK,
    doc="Take back a check-in that was wrong, with the reason.", title="撤销签到",
)  # fmt: skip
list_attendance = query(
    "activities", "list_attendance", request=shapes.ListAttendance, reply=shapes.ATTENDEES, allow=_READS,
    doc="Who is expected at an activity, who came and who did not.", title="查看出席名单",
)  # fmt: skip
mark_attendance = command(
    "activities", "mark_attendance", request=shapes.MarkAttendance, reply=shapes.Marked, allow=ORGANISES,
    doc="Mark members as present, absent or excused.", title="登记出席",
)  # fmt: skip
close_attendance = command(
    "activities", "close_attendance", request=shapes.ActivityAttendance, reply=shapes.CheckInState, allow=ORGANISES,
    doc="Close the list: who is not there by now is absent, and the activity counts as held.", title="关闭出席名单",
)  # fmt: skip
reopen_attendance = command(
    "activities", "reopen_attendance", request=shapes.ReopenAttendance, reply=shapes.CheckInState, allow=ORGANISES,
    doc="Open a closed list again, with the reason.", title="重新打开出席名单",
)  # fmt: skip
attendance_by_unit = query(
    "activities", "attendance_by_unit", request=shapes.ActivityAttendance, reply=shapes.AttendanceByUnit,
    allow=_READS, doc="Attendance of an activity by unit.", title="查看各分工会出席数",
)  # fmt: skip
my_attendance = query(
    "activities", "my_attendance", request=PageRequest, reply=shapes.OWN_ATTENDANCE, allow=("member",),
    doc="The activities one attended or missed, the latest first.", title="查看参加活动的记录",
)  # fmt: skip
my_certificate = query(
    "activities", "my_certificate", request=shapes.OwnAttendanceRef, reply=shapes.CertifiedAttendance,
    allow=("member",), doc="One's own attendance with the code that verifies its certificate.", title="下载参加证明",
)  # fmt: skip
read_check_in_code = query(
    "activities", "read_check_in_code", request=ReadToken, reply=CodeReading, allow=(*AT_THE_DESK, "auditor"),
    doc="What the code of a registration tells.", title="查验签到码",
)  # fmt: skip
read_certificate_code = query(
    "activities", "read_certificate_code", request=ReadToken, reply=CodeReading, allow=(PUBLIC,),
    doc="Whether a certificate of attendance is genuine.",
)  # fmt: skip
