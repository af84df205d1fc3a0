"""Cards, photo and documents of members."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.jobs.sheets import keep
from gateway.subject import JobKind, Subject
from gateway.subjects.membership.cards import api, files_pages, member_pages, pages, rule_messages, sheets, verify_pages
from services.contracts.gateway.jobs import print_cards

SUBJECT = Subject(
    "cards",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, member_pages.PAGES, files_pages.PAGES, verify_pages.PAGES),
    jobs=(JobKind(sheets.KIND, _l("打印会员卡"), print_cards, sheets.draw, keep),),
    templates=Path(__file__).parent / "templates",
)
