"""Operations of examinations."""

from __future__ import annotations

from services.chassis.schema import Page, PageRequest, command, query
from services.contracts.welfare.examinations import requests, shapes

_OFFICE = ("officer", "auditor")
_SCOPED = ("officer", "auditor", "chair")
_EVERYBODY = ("officer", "chair", "auditor", "member")
_UNION_FOR_MEMBERS = {"member": "union", "chair": "union"}

add_examination_hospital = command(
    "welfare", "add_examination_hospital", request=requests.AddHospital, reply=shapes.Hospital, allow=("officer",),
    doc="Add a hospital that examines.", title="新增体检医院",
)  # fmt: skip
end_examination_hospital = command(
    "welfare", "end_examination_hospital", request=requests.HospitalRef, reply=shapes.Hospital, allow=("officer",),
    doc="Use a hospital no more for new slots; its slots stay.", title="停用体检医院",
)  # fmt: skip
list_examination_hospitals = query(
    "welfare", "list_examination_hospitals", request=requests.ListHospitals, reply=Page(shapes.Hospital),
    allow=_OFFICE, doc="Hospitals that examine, newest first.", title="查看体检医院",
)  # fmt: skip
create_examination = command(
    "welfare", "create_examination", request=requests.CreateExamination, reply=shapes.ExaminationDetail,
    allow=("officer",), doc="Begin a year's campaign, paid by the administration.", title="新建体检",
)  # fmt: skip
list_examinations = query(
    "welfare", "list_examinations", request=requests.ListExaminations, reply=Page(shapes.Examination),
    allow=_EVERYBODY, doc="Campaigns, newest first; members see those that were opened.", title="查看体检",
    reach=_UNION_FOR_MEMBERS,
)  # fmt: skip
get_examination = query(
    "welfare", "get_examination", request=requests.ExaminationRef, reply=shapes.ExaminationDetail, allow=_EVERYBODY,
    doc="A campaign with packages and slots; members see one that was opened.", title="查看一次体检",
    reach=_UNION_FOR_MEMBERS,
)  # fmt: skip
add_examination_package = command(
    "welfare", "add_examination_package", request=requests.AddExaminationPackage, reply=shapes.ExaminationDetail,
    allow=("officer",), doc="Add a package for a sex and a range of ages, before the campaign is opened.",
    title="添加体检套餐",
)  # fmt: skip
add_examination_slot = command(
    "welfare", "add_examination_slot", request=requests.AddExaminationSlot, reply=shapes.ExaminationDetail,
    allow=("officer",), doc="Add when and where one is examined, for how many.", title="添加体检时段",
)  # fmt: skip
set_slot_capacity = command(
    "welfare", "set_slot_capacity", request=requests.SetCapacity, reply=shapes.ExaminationDetail, allow=("officer",),
    doc="Set how many places a slot has, never fewer than are booked.", title="调整体检名额",
)  # fmt: skip
open_examination = command(
    "welfare", "open_examination", request=requests.ExaminationRef, reply=shapes.ExaminationDetail, allow=("officer",),
    doc="Decide about every member, put the eligible on the list, open booking and tell them; again adds new members.",
    title="开放体检预约",
)  # fmt: skip
cancel_examination = command(
    "welfare", "cancel_examination", request=requests.ExaminationRef, reply=shapes.ExaminationDetail,
    allow=("officer",), doc="Cancel a campaign in preparation.", title="取消体检",
)  # fmt: skip
close_examination = command(
    "welfare", "close_examination", request=requests.ExaminationRef, reply=shapes.ExaminationDetail,
    allow=("officer",), doc="Close a campaign once everybody with an appointment is marked; the cost is claimed.",
    title="结束体检", delegable=False,
)  # fmt: skip
fund_examination_again = command(
    "welfare", "fund_examination_again", request=requests.ExaminationRef, reply=shapes.ExaminationDetail,
    allow=("officer",), doc="Ask the funds once more for the payment, or the reservation, that was refused.",
    title="重新申请体检经费",
)  # fmt: skip
my_examinations = query(
    "welfare", "my_examinations", request=PageRequest, reply=Page(shapes.MyExamination), allow=("member",),
    doc="One's own examinations, newest first, with what can be booked.", title="查看自己的体检",
)  # fmt: skip
book_examination = command(
    "welfare", "book_examination", request=requests.BookExamination, reply=shapes.Examinee,
    allow=("officer", "member"), doc="Book a slot, or move to another one; a full slot is refused.", title="预约体检",
)  # fmt: skip
cancel_examination_booking = command(
    "welfare", "cancel_examination_booking", request=requests.ExamineeRef, reply=shapes.Examinee,
    allow=("officer", "member"), doc="Give an appointment back, until as many days before as the rule says.",
    title="取消体检预约",
)  # fmt: skip
list_examinees = query(
    "welfare", "list_examinees", request=requests.ListExaminees, reply=Page(shapes.Examinee), allow=_OFFICE,
    doc="Members on a campaign's list with their appointments.", title="查看体检名单",
)  # fmt: skip
list_not_eligible = query(
    "welfare", "list_not_eligible", request=requests.ListNotEligible, reply=Page(shapes.NotEligible), allow=_OFFICE,
    doc="Members who are not on a campaign's list, each with the rule.", title="查看不在体检名单的会员",
)  # fmt: skip
list_unbooked_examinees = query(
    "welfare", "list_unbooked_examinees", request=requests.ListUnbooked, reply=Page(shapes.UnbookedMember),
    allow=_SCOPED, doc="Members without appointment who were not examined; a chair: own unit.",
    title="查看未预约体检的会员",
)  # fmt: skip
remind_unbooked = command(
    "welfare", "remind_unbooked", request=requests.RemindUnbooked, reply=shapes.Reminded, allow=("officer", "chair"),
    doc="Tell all members without appointment, once in each round; a chair: own unit.", title="提醒预约体检",
)  # fmt: skip
examination_coverage = query(
    "welfare", "examination_coverage", request=requests.GetCoverage, reply=shapes.Coverage, allow=_SCOPED,
    doc="How many of each unit were examined; a chair: own unit.", title="查看体检覆盖率",
)  # fmt: skip
list_unit_coverage = query(
    "welfare", "list_unit_coverage", request=requests.ListUnitCoverage, reply=Page(shapes.UnitCoverage), allow=_SCOPED,
    doc="How many of each unit were examined, as a list; a chair: own unit.", title="查看各分工会体检覆盖率",
)  # fmt: skip
look_up_examinee = query(
    "welfare", "look_up_examinee", request=requests.LookUpExaminee, reply=shapes.Examinee, allow=("officer",),
    doc="The appointment of a member whose card was scanned at the desk.", title="查验体检预约",
)  # fmt: skip
mark_examinee = command(
    "welfare", "mark_examinee", request=requests.MarkExaminee, reply=shapes.Examinee, allow=("officer",),
    doc="Mark that a member came, or did not.", title="登记体检到检",
)  # fmt: skip
mark_examination_slot = command(
    "welfare", "mark_examination_slot", request=requests.MarkSlot, reply=shapes.MarkedExaminees, allow=("officer",),
    doc="Mark by a slot's list who came.", title="按名单登记到检",
)  # fmt: skip
read_hospital_list = command(
    "welfare", "read_hospital_list", request=requests.ReadHospitalList, reply=shapes.HospitalList, allow=("officer",),
    doc="Who comes to a hospital on a day, for the hospital; the look is logged.", title="读取体检到检名单",
)  # fmt: skip
