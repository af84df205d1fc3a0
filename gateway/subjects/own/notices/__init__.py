"""Notices: what one was told, how one is told outside of the portal, and what was sent there."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.subject import MenuItem, Subject
from gateway.subjects.own.notices import api, delivery_pages, pages, rule_messages, settings_pages

SUBJECT = Subject(
    "notices",
    __doc__,
    routes=api.ROUTES,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    pages=(pages.PAGES, settings_pages.PAGES, delivery_pages.PAGES),
    menu=(MenuItem("deliveries", _l("通知发送"), "envelope", "system", frozenset({"officer", "ops"})),),
    templates=Path(__file__).parent / "templates",
)
