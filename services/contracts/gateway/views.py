"""The views: home, to-dos, timeline, calendar, own registrations. Answered by the gateway itself, without RPC."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import (
    ACCOUNT,
    PUBLIC,
    Choice,
    Empty,
    Operation,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    label,
)
from services.contracts.activities.calendar.shapes import Activity
from services.contracts.activities.registration.events import ACTIVE_STATES

TODO_KINDS = Vocabulary(
    "todo", visit_due="走访会员", visit_escalated="逾期走访待处理", visit_assigned="您被指派走访",
    claim_refused="走访未予入账，请更正", application_review="审核入会申请", application_approval="批准入会申请",
    application_returned="修改入会申请", correction="答复更正申请", invitation="回复活动邀请",
    seat_offered="确认递补的名额", registrations_to_approve="审核活动报名", term_ending="任期将满，请筹备换届",
    dues_owed="缴纳会费", transfer_release="办理转会：同意调出",
    aid_to_forward="转交会员的申请", aid_to_review="受理和评审会员的申请", aid_payment_refused="帮扶金未予入账，请处理",
    hardship_review_due="复核困难职工档案", care_to_give="按名单慰问会员", care_payment_refused="慰问活动支出未予入账",
    transfer_acceptance="办理转会：接收会员", leave_declaration="办理退会申请", request_to_handle="办理会员诉求",
    seats_vacant="补选代表", renewal="办理换届", renewal_late="换届事项已逾期",
    drive_to_hand_over="慈善捐款待移交", drive_to_disclose="善款使用待公开", purchase_needed="采购需求待询价",
    delivery_counted="到货待第二人确认", purchase_payment_refused="采购付款未通过",
    mutual_aid_claim="办理互助保障申领", examination_unbooked="提醒未预约体检的会员",
    examination_to_close="体检已完成，待结束", cash_to_count="清点捐赠现金",
    proposal_office="处理提案", proposal_handle="承办提案", proposal_approve="审批提案答复",
    proposal_confirm="重新确认附议", proposal_rate="评价提案答复",
    ballot_to_vote="投票", secret_ballot_to_vote="无记名投票", ballot_key_to_make="监票：登记密钥",
    ballot_share_to_give="监票：交出份额",
    filing="报送二级教代会材料", filing_review="审核二级教代会材料", filing_guidance="答复指导意见",
    motion_to_place="安排议题", minutes_to_approve="审签会议纪要",
    action_item="办结督办事项", article_to_review="审核文章", private_opinion="办理有期限的事项",
    suggestion="答复建议", disclosure_review="审核经费公开", disclosure_publish="公开经费收支",
    disclosure_question="答复经费公开提问",
    club_application="审核成立协会的申请", club_to_approve="处理加入协会的申请",
    club_review_due="提交协会年度总结", club_review_to_decide="评议协会年度总结", club_term_ending="协会负责人任期将满",
    survey_to_answer="填写问卷",
)  # fmt: skip


class Todo(Schema):
    """待办 A to-do: its `kind`, its subject, its due time; `link` is the subject's address.

    `since`: when it was opened, where it has no due time.
    """

    id = fields.UUID(required=True)
    kind = Choice(TODO_KINDS, required=True, metadata=label("待办"))
    subject_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    role = fields.String(required=True, allow_none=True)
    due_at = Timestamp(required=True, allow_none=True, metadata=label("期限"))
    overdue = fields.Boolean(required=True)
    since = Timestamp(load_default=None, allow_none=True)
    params = fields.Dict(keys=fields.String(), required=True)
    link = fields.String(required=True)


class ListTodos(PageRequest):
    """The most urgent first: what has a due time by it, then the rest by its age. `kind`: only those of one kind."""

    kind = Choice(TODO_KINDS, load_default=None, allow_none=True)


class TimelineItem(Schema):
    """动态 A message on the timeline; `kind` is the type of the event, `params` its figures."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    at = Timestamp(required=True)
    subject_id = fields.UUID(required=True)
    params = fields.Dict(keys=fields.String(), required=True)


class UnitSummary(Schema):
    """A unit of the union."""

    unit_id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    parent_id = fields.UUID(required=True, allow_none=True)
    active = fields.Boolean(required=True)


class Welcome(Schema):
    """The greeting; `name` is null while membership can't be reached."""

    member_id = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True)
    number = fields.String(required=True, allow_none=True)
    joined_on = fields.Date(required=True, allow_none=True)
    is_newcomer = fields.Boolean(required=True)
    unit = fields.Nested(UnitSummary, required=True, allow_none=True)


class OwnApplication(Schema):
    """The state of the own application."""

    application_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = fields.String(required=True)
    at = Timestamp(required=True)


class HomeInvitation(Schema):
    """An invitation without answer."""

    todo_id = fields.UUID(required=True)
    activity = fields.Nested(Activity, required=True)


class EntitlementAccount(Schema):
    """The entitlement account of a year."""

    account_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    opened_at = Timestamp(required=True)


class OwnRegistration(Schema):
    """An own active registration, with its activity."""

    registration_id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    state = Choice(ACTIVE_STATES, required=True)
    position = fields.Integer(required=True, allow_none=True)
    at = Timestamp(required=True)
    activity = fields.Nested(Activity, required=True)


class OwnRegistrations(Schema):
    """The own active registrations, the next activity first."""

    items = fields.List(fields.Nested(OwnRegistration), required=True)


class Home(Schema):
    """首页 The home page. `unavailable` names the services whose part is missing."""

    welcome = fields.Nested(Welcome, required=True, allow_none=True)
    application = fields.Nested(OwnApplication, required=True, allow_none=True)
    invitations = fields.List(fields.Nested(HomeInvitation), required=True)
    entitlement_account = fields.Nested(EntitlementAccount, required=True, allow_none=True)
    next_activities = fields.List(fields.Nested(Activity), required=True)
    my_registrations = fields.List(fields.Nested(OwnRegistration), required=True)
    todos = fields.List(fields.Nested(Todo), required=True)
    todo_count = fields.Integer(required=True)
    unavailable = fields.List(fields.String(), required=True)


class OwnRegistrationsFilter(Schema):
    """`upcoming` leaves out past and cancelled ones."""

    upcoming = fields.Boolean(load_default=False)


class MonthOfYear(Schema):
    """A month; by default the present one."""

    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=2000, max=2100))
    month = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=12))


class CalendarPlanItem(Schema):
    """An item of the year's plan, as shown in the calendar."""

    item_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    key = fields.String(required=True)
    part = fields.String(required=True)
    month = fields.Integer(required=True, allow_none=True)
    month_to = fields.Integer(required=True, allow_none=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    measure = fields.String(required=True)
    order = fields.Integer(required=True)
    state = fields.String(required=True)
    progress = fields.Integer(required=True)


class CalendarMonth(Schema):
    """日历 The activities of a month, and the items of the year's plan for it."""

    year = fields.Integer(required=True)
    month = fields.Integer(required=True)
    activities = fields.List(fields.Nested(Activity), required=True)
    plan_items = fields.List(fields.Nested(CalendarPlanItem), required=True)


class ProblemRef(Schema):
    """One kind of problem by its name."""

    slug = Text(100, 1, required=True)


class ProblemKind(Schema):
    """The title and HTTP status of a kind of problem."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)


def _view(
    name: str, request: type[Schema], reply: type[Schema], doc: str, allow: str = ACCOUNT, **about: Any
) -> Operation:
    """Declare a query that exists over HTTP only: it is not in the registry of the services' operations."""
    return Operation("gateway", name, request, reply, frozenset({allow}), "query", doc, **about)


get_home = _view(
    "get_home", Empty, Home,
    "What concerns me now.", title="查看首页",
)  # fmt: skip
list_todos = _view(
    "list_todos", ListTodos, Page(Todo),
    "What I am to do, the most urgent first.", title="查看待办",
)  # fmt: skip
list_timeline = _view(
    "list_timeline", PageRequest, Page(TimelineItem),
    "What happened to me, newest first.", title="查看动态",
)  # fmt: skip
list_own_registrations = _view(
    "list_own_registrations", OwnRegistrationsFilter, OwnRegistrations,
    "What I registered for, the next first.", title="查看将要参加的活动",
)  # fmt: skip
get_calendar = _view(
    "get_calendar", MonthOfYear, CalendarMonth,
    "A month's activities beside the year's plan.", title="查看活动日历", reach={ACCOUNT: "union"},
)  # fmt: skip
get_problem_kind = _view(
    "get_problem_kind", ProblemRef, ProblemKind,
    "What a kind of problem means.", PUBLIC, title="查看错误类型的说明",
)  # fmt: skip
