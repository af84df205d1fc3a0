"""The budget and the fund ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.exporting import Column, Exportable
from gateway.portal.people import OFFICE_ROLES
from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.governance.funds import api, budget_pages, ledger_proof, pages, refusals_pages, rule_messages
from services.chassis.plain_text import is_digits
from services.contracts.gateway.jobs import prove_ledger
from services.contracts.governance.funds.operations import list_fund_entries


def _funds(values: dict[str, str]) -> dict[str, Any]:
    return {**values, **({"year": int(values["year"])} if is_digits(values.get("year", "")) else {})}


SUBJECT = Subject(
    "funds",
    __doc__,
    rules=rule_messages.RULES,
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
        MenuItem("fund_refusals", _l("被拒支出"), "exclamation-triangle", "money", OFFICE_ROLES),
    ),
    exports={
        "funds": Exportable(
            _l("经费账目"),
            list_fund_entries,
            (
                Column("number", _l("凭证号")),
                Column("posted_on", _l("入账日期"), "day"),
                Column("kind", _l("类别"), "entry"),
                Column("amount", _l("金额（元）"), "money"),
                Column("description", _l("摘要")),
                Column("line_code", _l("预算项目")),
                Column("unit_id", _l("分工会"), "unit"),
                Column("source_type", _l("来源"), "source"),
                Column("funding_source", _l("资金来源"), "funding"),
            ),
            personal=False,
            payload=_funds,
        ),
    },
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
