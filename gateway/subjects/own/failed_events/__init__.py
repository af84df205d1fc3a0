"""Failed events, and events that never came: shown, tried again, given up, looked for. The same for every service."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.subject import MenuItem, Subject
from gateway.subjects.own.failed_events import api, pages, reconciliation_pages

SUBJECT = Subject(
    "failed_events",
    __doc__,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        reconciliation_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "failed_events",
            _l("异常消息"),
            "exclamation-triangle",
            "system",
            frozenset({"officer", "ops"}),
            also=("failed_event",),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
