"""The budget and the fund ledger."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal.people import OFFICE_ROLES
from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.governance.funds import api, budget_pages, ledger_proof, pages, refusals_pages, rule_messages
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
        MenuItem("budget", _l("预算"), "journal-check", "money", OFFICE_ROLES, also=("edit_line",)),
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
    templates=Path(__file__).parent / "templates",
)
