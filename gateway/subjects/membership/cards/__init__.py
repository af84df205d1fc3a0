"""Cards, photo and documents of members."""

from __future__ import annotations

from pathlib import Path

from gateway.subject import Subject
from gateway.subjects.membership.cards import api, files_pages, member_pages, pages, rule_messages, verify_pages

SUBJECT = Subject(
    "cards",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, member_pages.PAGES, files_pages.PAGES, verify_pages.PAGES),
    templates=Path(__file__).parent / "templates",
)
