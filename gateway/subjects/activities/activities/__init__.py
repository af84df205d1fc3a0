"""Activities: the list and each one from views, changes by their owner, registrations decided in batches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.read_models import activities as activity_views
from gateway.read_models import registrations, timeline, todos
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoKind, each
from gateway.subjects.activities.activities import (
    answers_pages,
    api,
    deciding_pages,
    finding,
    handing_over_pages,
    member_pages,
    one_activity_pages,
    options_pages,
    pages,
    poster_pages,
    questions_pages,
    rule_messages,
)
from services.contracts.activities.calendar.events import EventCancelled, EventHeld, EventRescheduled, EventScheduled
from services.contracts.activities.opening import OpeningReminded
from services.contracts.activities.registration.events import (
    MemberInvited,
    OfferLapsed,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationHandedOver,
    RegistrationOffered,
    RegistrationPending,
    RegistrationRefused,
    RegistrationWaitlisted,
)

_CAUSES = {
    "by_organiser": _l("主办方取消了您的报名"),
    "activity_cancelled": _l("活动取消，报名随之取消"),
    "left_the_union": _l("会籍终止，报名随之取消"),
    "takes_no_part": _l("会籍转为保留，候补随之取消"),
    "not_in_audience": _l("您已不在活动对象范围内，候补随之取消"),
    "offer_declined": _l("您放弃了递补的名额"),
}


def _confirmed(params: Mapping[str, Any]) -> str | None:
    return gettext("您已从候补转为正式名额") if params.get("moved_up") else None


def _cancelled(params: Mapping[str, Any]) -> str | None:
    return str(_CAUSES[params["cause"]]) if params.get("cause") in _CAUSES else None


def _waitlisted(params: Mapping[str, Any]) -> str | None:
    if params.get("moved_back"):
        return gettext("名额减少，您已转入候补")
    if params.get("position"):
        return gettext("已进入候补，第 %(position)s 位", position=params["position"])
    return None


_REGISTRATION_EVENTS = (
    RegistrationConfirmed, RegistrationOffered, OfferLapsed, RegistrationWaitlisted, RegistrationCancelled,
    RegistrationPending, RegistrationRefused, RegistrationHandedOver,
)  # fmt: skip

_DESK = ("check_in_desk", "check_in_member")
_OF_MEMBERS = (
    "activity", "cancel_own_registration", "my_check_in_code", "teams", "team", "contest_results", "contest_board",
    "judge_contest", "judge_entry", "own_sheets", "tournament", "own_answers", "hand_over_seat", "accept_seat", *_DESK,
)  # fmt: skip
_OF_ORGANISERS = (
    "console_activity", "new_activity", "edit_activity", "activity_options", "activity_questions",
    "activity_answers", "pending_registrations", "activity_attendance", "add_attendance",
    "set_check_in", "name_helper", "console_teams", "set_teams", "team", "ask_player", *_DESK,
)  # fmt: skip
"""Pages for which the menus' entry is marked as current."""

SUBJECT = Subject(
    "activities",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        member_pages.PAGES,
        pages.PAGES,
        one_activity_pages.PAGES,
        options_pages.PAGES,
        questions_pages.PAGES,
        answers_pages.PAGES,
        deciding_pages.PAGES,
        handing_over_pages.PAGES,
        poster_pages.PAGES,
    ),
    menu=(
        MenuItem("activities", _l("活动"), "ticket-perforated", "member", also=_OF_MEMBERS),
        MenuItem("calendar", _l("日历"), "calendar3", "member"),
        MenuItem(
            "console_activities",
            _l("活动"),
            "calendar-event",
            "activities",
            CONSOLE_ROLES,
            also=_OF_ORGANISERS,
        ),
    ),
    todos={
        "invitation": TodoKind("envelope", "activity", "/activities/{}", "activity_id", about="activity"),
        "seat_offered": TodoKind(
            "ticket-perforated",
            "activity",
            "/activities/{}",
            "activity_id",
            about="activity",
        ),
        "registrations_to_approve": TodoKind(
            "clipboard-check",
            "pending_registrations",
            "/activities/{}",
            "activity_id",
            about="activity",
            notice=NoticeText(_l("有活动报名等待您审核。"), private=False),
        ),
    },
    news={
        "member_invited": NewsKind(
            _l("您收到活动邀请"),
            "envelope",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("请您参加“%(title)s”，报名截止前请答复。")),
        ),
        "registration_confirmed": NewsKind(
            _l("报名成功"),
            "check-circle",
            "activity",
            "activity_id",
            shade=_confirmed,
            titled=True,
            notice=NoticeText(_l("“%(title)s”给您留了名额，时间和地点在活动页面上。"), private=False),
        ),
        "registration_offered": NewsKind(
            _l("有名额可以递补"),
            "bell",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("“%(title)s”有名额为您保留，请在期限内确认，逾期转给下一位。"), private=False),
        ),
        "offer_lapsed": NewsKind(
            _l("递补名额已逾期"),
            "x-circle",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("“%(title)s”为您保留的名额逾期未确认，已转给下一位。"), private=False),
        ),
        "registration_waitlisted": NewsKind(
            _l("已进入候补"),
            "clock",
            "activity",
            "activity_id",
            shade=_waitlisted,
            titled=True,
            notice=NoticeText(_l("“%(title)s”名额已满，有人退出时依次递补。"), private=False),
        ),
        "registration_cancelled": NewsKind(
            _l("报名已取消"),
            "x-circle",
            "activity",
            "activity_id",
            shade=_cancelled,
            titled=True,
            notice=NoticeText(_l("您不再在“%(title)s”的名单上。"), private=False),
        ),
        "opening_reminded": NewsKind(
            _l("报名开始了"),
            "bell",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("“%(title)s”开始报名了。"), private=False),
        ),
        "registration_pending": NewsKind(
            _l("报名已提交，等待审核"),
            "clock",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("您报名“%(title)s”的申请已提交，主办方审核后通知您。"), private=False),
        ),
        "registration_refused": NewsKind(
            _l("报名未获批准"),
            "x-circle",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("您报名“%(title)s”未获批准，原因在活动页面上。"), private=False),
        ),
        "registration_handed_over": NewsKind(
            _l("名额已转让"),
            "arrow-left-right",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("您在“%(title)s”的名额已由同事接受。"), private=False),
        ),
        "event_scheduled": NewsKind(
            _l("新的活动"),
            "calendar-event",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("“%(title)s”已公布，可以报名。"), private=False),
        ),
        "event_rescheduled": NewsKind(
            _l("活动有变动"),
            "arrow-repeat",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("“%(title)s”的安排有变动，请看最新的时间和地点。"), private=False),
        ),
        "event_cancelled": NewsKind(
            _l("活动已取消"),
            "x-circle",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("“%(title)s”不再举办。"), private=False),
        ),
        "event_held": NewsKind(
            _l("活动已举办"),
            "check2",
            "activity",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("“%(title)s”已举办，感谢参加。")),
        ),
    },
    reactions=(
        *each(activity_views.note_facts, EventScheduled, EventRescheduled, batch=True),
        Reaction(EventCancelled, activity_views.note_cancelled, batch=True),
        Reaction(EventHeld, activity_views.note_held, batch=True),
        *each(timeline.note_activities, EventRescheduled, EventHeld, batch=True),
        *each(registrations.note, *_REGISTRATION_EVENTS, batch=True),
        Reaction(OpeningReminded, timeline.note_registrations, batch=True),
        Reaction(MemberInvited, todos.open_invitations, batch=True),
        Reaction(MemberInvited, timeline.note_registrations, batch=True),
    ),
    search=(
        SearchKind(
            "activity",
            _l("活动"),
            "ticket-perforated",
            "/activities/{id}",
            finding.shown,
            indexed=activity_views.SEARCHED,
        ),
    ),
    help=Help(
        _l("活动"),
        _l("工会组织的文体、教育等活动：发布、报名、签到和登记举办情况。"),
        (
            _l("组织者拟定活动、对象和名额，发布后会员可以报名。"),
            _l("满额以后按先后候补，有人退出自动递补。"),
            _l("结束后登记参加人数，计划进度随之更新。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
