"""The union's profile: the names, colour, emblem and contact that the portal shows, and the page that sets them."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.subject import MenuItem, Subject
from gateway.subjects.own.union_profile import api, pages, rule_messages

SUBJECT = Subject(
    "union_profile",
    __doc__,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    menu=(MenuItem("union_profile", _l("工会形象"), "palette", "system", frozenset({"officer"})),),
    rules=rule_messages.RULES,
    templates=Path(__file__).parent / "templates",
)
