"""Rosters in and out: upload, columns, dry run, carrying out, what is wrong with which row."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.membership.imports import api, one_import_pages, pages, rule_messages

SUBJECT = Subject(
    "imports",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        one_import_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "imports", _l("名册导入"), "file-earmark-arrow-up", "members", frozenset({"officer"}), also=("import_",)
        ),
    ),
    jobs=(
        JobKind("read_roster", _l("名册读取"), page="imports"),
        JobKind("check_roster", _l("名册试运行"), page="imports"),
        JobKind("import_roster", _l("名册导入"), page="imports"),
    ),
    templates=Path(__file__).parent / "templates",
)
