"""Codes: the scanner for everything that has one, and the public page that an address in a code opens."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, Subject
from gateway.subjects.own.codes import api, pages, rule_messages, verify_pages

SUBJECT = Subject(
    "codes",
    __doc__,
    routes=api.ROUTES,
    pages=(pages.PAGES, verify_pages.PAGES),
    menu=(MenuItem("console_scan", _l("扫码查验"), "qr-code-scan", "work", CONSOLE_ROLES),),
    rules=rule_messages.RULES,
    templates=Path(__file__).parent / "templates",
)
