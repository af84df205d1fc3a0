"""The budget and the fund ledger."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import OFFICE_ROLES
from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.governance.funds import (
    api,
    budget_pages,
    commitment_pages,
    ledger_proof,
    pages,
    refusals_pages,
    rule_messages,
)
from services.contracts.gateway.jobs import prove_ledger

SUBJECT = Subject(
    "funds",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        budget_pages.PAGES,
        commitment_pages.PAGES,
        refusals_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "funds",
            _l("经费账目"),
            "cash-stack",
            "money",
            OFFICE_ROLES,
            also=("fund_entry", "new_expense", "new_income", "verify"),
        ),
        MenuItem("budget", _l("预算"), "journal-check", "money", OFFICE_ROLES, also=("edit_line", "commitments")),
        MenuItem("fund_refusals", _l("未予入账的支出"), "exclamation-triangle", "money", OFFICE_ROLES),
    ),
    jobs=(
        JobKind(
            ledger_proof.KIND,
            _l("核验账目"),
            prove_ledger,
            ledger_proof.prove,
            ledger_proof.keep,
            result="portal/console/ledger_verdict.html",
        ),
    ),
    help=Help(
        _l("工会经费"),
        _l("预算、账目和支出核对：每笔支出都有标准、决定和预算项目。"),
        (
            _l("年初编制预算，支出不能超过预算项目。"),
            _l("不符合标准的支出不予入账，列在“未予入账的支出”，改正后重新核对。"),
            _l("入账后不能修改，只能冲销；月底结账。"),
            _l("经审委员可以随时核验账目是否完整。"),
        ),
        _l("工会法第四十三条、第四十五条；工会会计制度"),
    ),
    templates=Path(__file__).parent / "templates",
)
