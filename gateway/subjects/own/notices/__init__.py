"""Notices: the inbox, how one is told outside of the portal, what was sent there; announcements, group chats, stops."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.notices import announcements, preferences, robots
from gateway.portal.formats import is_english
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Subject, each
from gateway.subjects.own.notices import (
    announcement_pages,
    api,
    delivery_pages,
    finding,
    pages,
    reach_pages,
    rule_messages,
    settings_pages,
)
from services.contracts.activities.calendar.events import EventCancelled, EventRescheduled, EventScheduled

SUBJECT = Subject(
    "notices",
    __doc__,
    routes=api.ROUTES,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    pages=(
        pages.PAGES,
        settings_pages.PAGES,
        delivery_pages.PAGES,
        announcement_pages.PAGES,
        reach_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "announcements",
            _l("公告"),
            "bell",
            "work",
            frozenset({"officer"}),
            also=("new_announcement", "sent_announcement"),
        ),
        MenuItem(
            "deliveries",
            _l("通知发送"),
            "envelope",
            "system",
            frozenset({"officer", "ops"}),
            also=("notice_stops", "notice_robots"),
        ),
    ),
    news={
        preferences.ADDRESS_SET: NewsKind(
            _l("您的通知邮箱已更改；如不是您本人操作，请立即修改密码并改回邮箱"), "envelope", "notice_settings"
        ),
        announcements.KIND: NewsKind(
            _l("公告"),
            "bell",
            "announcement",
            "announcement_id",
            notice=NoticeText(_l("%(body)s"), private=False),
            details=lambda ids: announcements.details_of(ids, english=is_english()),
        ),
    },
    search=(
        SearchKind(
            announcements.KIND,
            _l("公告"),
            "bell",
            "/announcements/{id}/text",
            finding.shown,
            indexed=announcements.SEARCHED,
        ),
    ),
    reactions=each(robots.note_activity, EventScheduled, EventRescheduled, EventCancelled),
    help=Help(
        _l("通知公告"),
        _l("向会员发布公告，查看邮件和群消息的发送情况。"),
        (
            _l("写好后先预览将通知多少人，再发送。"),
            _l("会员自己决定哪些通知发到邮箱。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
