"""Synchronisation with the campus HR system: what it delivers, the differences, what is done about them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import hr_sync
from gateway.portal.pages.console import hr as hr_pages
from gateway.subject import MenuItem, Subject
from gateway.subjects.roles import OFFICE

SUBJECT = Subject(
    "hr_sync",
    "Synchronisation with the campus HR system: what it delivers, the differences, what is done about them.",
    routes=hr_sync.ROUTES,
    pages=(hr_pages.PAGES,),
    menu=(
        MenuItem(
            "hr_differences", _l("人事同步"), "arrow-repeat", "members", OFFICE, also=("hr_difference", "hr_rounds")
        ),
    ),
)
