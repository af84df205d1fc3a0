"""Rosters in and out: upload, columns, dry run, carrying out, what is wrong with which row."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
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
    help=Help(
        _l("名册导入"),
        _l("把已有的会员名册一次导入，逐行核对后才写入。"),
        (
            _l("按模板上传文件，对应各列。"),
            _l("试运行会列出每一行的问题，改好再导入。"),
            _l("没有账号的会员凭开通单自己开通。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
