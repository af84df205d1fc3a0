"""Dues: what members owe, what comes in and goes back, files of the payroll, arrears."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import dues
from gateway.portal.pages.console import dues as dues_pages
from gateway.portal.pages.console import dues_files as dues_files_pages
from gateway.portal.pages.console import dues_member as dues_member_pages
from gateway.portal.pages.member import dues as member_dues_pages
from gateway.portal.rule_messages import dues as dues_rules
from gateway.read_models import dues_todos
from gateway.subject import MenuItem, NewsKind, Reaction, Subject, TodoKind
from gateway.subjects.roles import ALL
from services.contracts.membership.dues_events import DuesReminded, DuesSettled

SUBJECT = Subject(
    "dues",
    "Dues: what members owe, what comes in and goes back, files of the payroll, arrears.",
    routes=dues.ROUTES,
    pages=(
        dues_pages.PAGES,
        dues_files_pages.PAGES,
        dues_member_pages.PAGES,
        member_dues_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "dues",
            _l("会费"),
            "piggy-bank",
            "money",
            ALL,
            also=(
                "charge",
                "without_base",
                "dues_arrears",
                "dues_files",
                "dues_file",
                "dues_refunds",
                "dues_credits",
                "member_dues",
            ),
        ),
    ),
    rules={**dues_rules.RULES},
    todos={
        "dues_owed": TodoKind(_l("缴纳会费"), "piggy-bank", "my_dues", "/membership/dues/members/{}"),
    },
    news={
        "dues_reminded": NewsKind(_l("请缴纳会费"), "piggy-bank", "my_dues"),
    },
    reactions=(
        Reaction(DuesReminded, dues_todos.on_reminded, batch=True),
        Reaction(DuesSettled, dues_todos.on_settled, batch=True),
    ),
)
