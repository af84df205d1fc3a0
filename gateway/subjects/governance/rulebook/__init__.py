"""The dated rules: which hold, setting and ending them."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.subject import MenuItem, Subject
from gateway.subjects.governance.rulebook import api, pages, rule_messages
from gateway.subjects.roles import OFFICE

SUBJECT = Subject(
    "rules",
    "The dated rules: which hold, setting and ending them.",
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    menu=(MenuItem("rules", _l("制度标准"), "sliders", "system", OFFICE, also=("rule", "new_rule")),),
    templates=Path(__file__).parent / "templates",
)
