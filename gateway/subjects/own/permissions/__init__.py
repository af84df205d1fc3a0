"""Who may what: the table of permissions for everybody who supervises, and what one's own roles allow."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.subject import MenuItem, Subject
from gateway.subjects.own.permissions import api, own_pages, pages, rule_messages

SUBJECT = Subject(
    "permissions",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, own_pages.PAGES),
    menu=(MenuItem("permissions", _l("谁可以做什么"), "shield-check", "system", frozenset(pages.READERS)),),
    templates=Path(__file__).parent / "templates",
)
