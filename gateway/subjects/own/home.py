"""Oneself: who one is, home, to-dos, timeline, own registrations, password; and the calendar everybody shares."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import me
from gateway.portal.pages import front as front_pages
from gateway.portal.pages.console import workbench as workbench_pages
from gateway.portal.pages.member import calendar as member_calendar_pages
from gateway.portal.pages.member import home as member_home_pages
from gateway.portal.pages.member import me as member_me_pages
from gateway.subject import MenuItem, Subject
from gateway.subjects.roles import ALL

SUBJECT = Subject(
    "me",
    "Oneself: who one is, home, to-dos, timeline, own registrations, password; and the calendar everybody shares.",
    routes=me.ROUTES,
    pages=(
        front_pages.PAGES,
        member_home_pages.PAGES,
        member_me_pages.PAGES,
        member_calendar_pages.PAGES,
        workbench_pages.PAGES,
    ),
    menu=(
        MenuItem("home", _l("首页"), "house", "member", tab=True),
        MenuItem("todos_page", _l("待办"), "list-check", "member", tab=True, counts=True),
        MenuItem("messages", _l("消息"), "bell", "member", tab=True),
        MenuItem("me", _l("我的"), "person", "member", tab=True, below=("/me/", "/life-events")),
        MenuItem("workbench", _l("工作台"), "speedometer2", "work", ALL),
    ),
)
