"""Accounts of other systems that read: listed, made, their secrets renewed, ended."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.subject import MenuItem, Subject
from gateway.subjects.own.programs import api, pages

SUBJECT = Subject(
    "programs",
    __doc__,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    menu=(
        MenuItem(
            "programs", _l("系统账号"), "key", "system", frozenset({"officer", "ops"}), also=("program", "new_program")
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
