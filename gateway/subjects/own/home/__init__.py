"""Oneself: who one is, home, to-dos, timeline, own registrations, password; and the calendar everybody shares."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, Subject
from gateway.subjects.own.home import api, calendar_pages, front_pages, me_pages, pages, workbench_pages

SUBJECT = Subject(
    "me",
    __doc__,
    routes=api.ROUTES,
    pages=(
        front_pages.PAGES,
        pages.PAGES,
        me_pages.PAGES,
        calendar_pages.PAGES,
        workbench_pages.PAGES,
    ),
    menu=(
        MenuItem("my_benefits", _l("我的福利"), "gift", "own_benefits"),
        MenuItem("my_registrations", _l("我的报名"), "clipboard-check", "own_record"),
        MenuItem("home", _l("首页"), "house", "member", tab=True),
        MenuItem("todos_page", _l("待办"), "list-check", "member", tab=True, counts=True),
        MenuItem("scan", _l("扫码"), "qr-code-scan", "member", tab=True),
        MenuItem("messages", _l("消息"), "bell", "member", tab=True, also=("message",)),
        MenuItem("me", _l("我的"), "person", "member", tab=True, below=("/me/", "/life-events", "/meetings/")),
        MenuItem("workbench", _l("工作台"), "speedometer2", "work", CONSOLE_ROLES),
    ),
    templates=Path(__file__).parent / "templates",
)
