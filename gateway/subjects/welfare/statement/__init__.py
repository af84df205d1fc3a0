"""Statements of benefits: what a member had, has, will lose and was refused, as of any day."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, Subject
from gateway.subjects.welfare.statement import api, look_pages, pages, rule_messages

SUBJECT = Subject(
    "statement",
    __doc__,
    menu=(MenuItem("own_statement", _l("福利明细"), "list-check", "own_benefits"),),
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, look_pages.PAGES),
    help=Help(
        _l("福利明细"),
        _l("一个人的全部福利：已享受、已使用、还可用、待领取、在办、已失效、未通过，可以看过去任何一天的情况。"),
        (
            _l("会员在“我的福利”里打开福利明细，选定日期后可以下载 PDF 或表格。"),
            _l("未通过的每一项都写明原因，并可打开判定依据。"),
            _l("校工会和经审查看会员的明细要写明用途，会员能看到查看记录。"),
            _l("诉求、帮扶、互助保障、走访中受保护的内容被谁看过，在“我的数据”里集中列出。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
