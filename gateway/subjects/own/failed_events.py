"""Failed events, and events that never came: shown, tried again, given up, looked for. The same for every service."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import failed_events
from gateway.portal.pages.console import event_reconciliation as event_reconciliation_pages
from gateway.portal.pages.console import failed_events as failed_events_pages
from gateway.subject import MenuItem, Subject

SUBJECT = Subject(
    "failed_events",
    "Failed events, and events that never came: shown, tried again, given up, looked for. The same for every service.",
    routes=failed_events.ROUTES,
    pages=(
        failed_events_pages.PAGES,
        event_reconciliation_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "failed_events",
            _l("未处理事件"),
            "exclamation-triangle",
            "system",
            frozenset({"officer", "ops"}),
            also=("failed_event",),
        ),
    ),
)
