"""Rosters in and out: upload, columns, dry run, carrying out, what is wrong with which row."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import imports
from gateway.portal.pages.console import import_ as import_pages
from gateway.portal.pages.console import imports as imports_pages
from gateway.portal.rule_messages import imports as imports_rules
from gateway.subject import MenuItem, Subject

SUBJECT = Subject(
    "imports",
    "Rosters in and out: upload, columns, dry run, carrying out, what is wrong with which row.",
    routes=imports.ROUTES,
    pages=(
        imports_pages.PAGES,
        import_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "imports", _l("名册导入"), "file-earmark-arrow-up", "members", frozenset({"officer"}), also=("import_",)
        ),
    ),
    rules={**imports_rules.RULES},
)
