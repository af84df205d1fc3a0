"""Accounts of other systems that read: listed, made, their secrets renewed, ended."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import programs
from gateway.portal.pages.console import programs as programs_pages
from gateway.subject import MenuItem, Subject

SUBJECT = Subject(
    "programs",
    "Accounts of other systems that read: listed, made, their secrets renewed, ended.",
    routes=programs.ROUTES,
    pages=(programs_pages.PAGES,),
    menu=(
        MenuItem(
            "programs", _l("系统账号"), "key", "system", frozenset({"officer", "ops"}), also=("program", "new_program")
        ),
    ),
)
