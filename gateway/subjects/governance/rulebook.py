"""The dated rules: which hold, setting and ending them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.portal.pages.console import rulebook as rulebook_pages
from gateway.subject import MenuItem, Subject
from gateway.subjects.roles import OFFICE

SUBJECT = Subject(
    "rules",
    "The dated rules: which hold, setting and ending them.",
    pages=(rulebook_pages.PAGES,),
    menu=(MenuItem("rules", _l("制度标准"), "sliders", "system", OFFICE, also=("rule", "new_rule")),),
)
