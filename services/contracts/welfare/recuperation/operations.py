"""Operations of recuperation."""

from __future__ import annotations

from services.chassis.schema import Page, PageRequest, command, query
from services.contracts.files import FileContent
from services.contracts.welfare.recuperation import requests, shapes

_OFFICE = ("officer", "auditor")
_UNION_FOR_MEMBERS = {"member": "union", "chair": "union"}

add_recuperation_route = command(
    "welfare", "add_recuperation_route", request=requests.AddRoute, reply=shapes.Route, allow=("officer",),
    doc="Add a route of recuperation trips.", title="新增疗休养线路",
)  # fmt: skip
end_recuperation_route = command(
    "welfare", "end_recuperation_route", request=requests.RouteRef, reply=shapes.Route, allow=("officer",),
    doc="Offer a route no more; trips of it stay.", title="停用疗休养线路",
)  # fmt: skip
list_recuperation_routes = query(
    "welfare", "list_recuperation_routes", request=requests.ListRoutes, reply=Page(shapes.Route), allow=_OFFICE,
    doc="Routes of recuperation trips, newest first.", title="查看疗休养线路",
)  # fmt: skip
open_recuperation_round = command(
    "welfare", "open_recuperation_round", request=requests.OpenRound, reply=shapes.Round, allow=("officer",),
    doc="Open a round: trips that are applied for and drawn together.", title="新建疗休养批次",
)  # fmt: skip
list_recuperation_rounds = query(
    "welfare", "list_recuperation_rounds", request=requests.ListRounds, reply=Page(shapes.Round),
    allow=("officer", "chair", "auditor", "member"), doc="Rounds of recuperation, newest first.",
    title="查看疗休养批次", reach=_UNION_FOR_MEMBERS,
)  # fmt: skip
get_recuperation_round = query(
    "welfare", "get_recuperation_round", request=requests.RoundRef, reply=shapes.Round,
    allow=("officer", "chair", "auditor", "member"), doc="One round of recuperation, and how far its draw is.",
    title="查看一个疗休养批次", reach=_UNION_FOR_MEMBERS,
)  # fmt: skip
add_trip = command(
    "welfare", "add_trip", request=requests.AddTrip, reply=shapes.Trip, allow=("officer",),
    doc="Add a trip to a round.", title="新增疗休养团",
)  # fmt: skip
publish_trip = command(
    "welfare", "publish_trip", request=requests.TripRef, reply=shapes.Trip, allow=("officer",),
    doc="Publish a trip that keeps all figures in force, so that members can apply.", title="发布疗休养团",
)  # fmt: skip
cancel_trip = command(
    "welfare", "cancel_trip", request=requests.TripRef, reply=shapes.Trip, allow=("officer",),
    doc="Cancel a trip that was not published yet.", title="取消未发布的疗休养团",
)  # fmt: skip
list_trips = query(
    "welfare", "list_trips", request=requests.ListTrips, reply=Page(shapes.Trip),
    allow=("officer", "chair", "auditor", "member"), doc="Recuperation trips by departure.", title="查看疗休养团",
    reach=_UNION_FOR_MEMBERS,
)  # fmt: skip
get_trip = query(
    "welfare", "get_trip", request=requests.TripRef, reply=shapes.Trip,
    allow=("officer", "chair", "auditor", "member"), doc="One recuperation trip.", title="查看一个疗休养团",
    reach=_UNION_FOR_MEMBERS,
)  # fmt: skip
my_trip_eligibility = query(
    "welfare", "my_trip_eligibility", request=requests.RoundRef, reply=shapes.Eligibility, allow=("member",),
    doc="Whether one may apply in a round, and by which rule not.", title="查看自己能否报名疗休养",
)  # fmt: skip
apply_for_trip = command(
    "welfare", "apply_for_trip", request=requests.ApplyForTrip, reply=shapes.MyTripApplication, allow=("member",),
    doc="Apply for a trip and further choices of its round; once a round, again changes the choices.",
    title="报名疗休养",
)  # fmt: skip
my_trip_applications = query(
    "welfare", "my_trip_applications", request=PageRequest, reply=Page(shapes.MyTripApplication), allow=("member",),
    doc="One's own applications for trips, newest first.", title="查看自己的疗休养报名",
)  # fmt: skip
list_trip_applications = query(
    "welfare", "list_trip_applications", request=requests.ListTripApplications, reply=Page(shapes.TripApplication),
    allow=("officer", "chair", "auditor"), doc="Applications of a round or a trip.", title="查看疗休养报名",
)  # fmt: skip
list_people_on_trip = query(
    "welfare", "list_people_on_trip", request=requests.ListPeopleOnTrip, reply=Page(shapes.TripApplication),
    allow=("officer", "chair", "auditor"), doc="Applications that have or had a place on a trip, in the order drawn.",
    title="查看疗休养团人员",
)  # fmt: skip
confirm_priority_grounds = command(
    "welfare", "confirm_priority_grounds", request=requests.ConfirmGrounds, reply=shapes.TripApplication,
    allow=("officer",), doc="Confirm grounds of priority before entries are closed; they give more lots by rule.",
    title="确认疗休养优先情形",
)  # fmt: skip
withdraw_trip_application = command(
    "welfare", "withdraw_trip_application", request=requests.WithdrawTripApplication, reply=shapes.TripApplication,
    allow=("officer", "member"), doc="Withdraw an application; who waits longest gets the place.",
    title="退出疗休养",
)  # fmt: skip
move_trip_application = command(
    "welfare", "move_trip_application", request=requests.MoveTripApplication, reply=shapes.TripApplication,
    allow=("officer",), doc="Give an application a place on another of its choices.", title="调整疗休养团",
)  # fmt: skip
close_trip_entries = command(
    "welfare", "close_trip_entries", request=requests.RoundRef, reply=shapes.Round, allow=("officer",),
    doc="Close the entries of a round and publish their list with its hash.", title="截止疗休养报名",
)  # fmt: skip
commit_draw = command(
    "welfare", "commit_draw", request=requests.CommitDraw, reply=shapes.Round, allow=("officer",),
    doc="Commit a secret by its hash, before the named public value exists.", title="封存抽签密钥",
)  # fmt: skip
enter_public_value = command(
    "welfare", "enter_public_value", request=requests.EnterPublicValue, reply=shapes.Round, allow=_OFFICE,
    doc="Enter the public value of a draw; the second person who enters the same draws.",
    title="录入公开数值并抽签", delegable=False,
)  # fmt: skip
draw_file = query(
    "welfare", "draw_file", request=requests.TripRef, reply=FileContent,
    allow=("officer", "chair", "auditor", "member"), doc="The published file of a draw, which anyone can verify.",
    title="下载抽签公示文件", reach=_UNION_FOR_MEMBERS,
)  # fmt: skip
decide_trip = command(
    "welfare", "decide_trip", request=requests.TripRef, reply=shapes.TripChanged, allow=("officer",),
    doc="Confirm a trip that reaches its minimum; otherwise it fails and its people are moved.",
    title="确定疗休养是否成团",
)  # fmt: skip
note_travelled = command(
    "welfare", "note_travelled", request=requests.NoteTravelled, reply=shapes.Trip, allow=("officer",),
    doc="Record after a trip who did not come.", title="登记疗休养出行",
)  # fmt: skip
settle_trip = command(
    "welfare", "settle_trip", request=requests.SettleTrip, reply=shapes.Trip, allow=("officer",),
    doc="Settle a trip: what is paid for each member, and what each pays.", title="结算疗休养",
)  # fmt: skip
rate_trip = command(
    "welfare", "rate_trip", request=requests.RateTrip, reply=shapes.MyTripApplication, allow=("member",),
    doc="Rate a trip one went on.", title="评价疗休养",
)  # fmt: skip
read_travellers = command(
    "welfare", "read_travellers", request=requests.ReadTravellers, reply=shapes.Travellers, allow=("officer",),
    doc="Who goes on a trip with the family's names, for agency and insurer; the look is logged.",
    title="读取疗休养出行名单",
)  # fmt: skip
