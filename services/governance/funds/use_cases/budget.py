"""The budget of a year: setting lines, commitments, the year in figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.english_names import with_english
from services.chassis.errors import InvalidInput, PreconditionFailed, Refused, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.input_errors import InputError
from services.contracts.governance.funds.events import BudgetLineSet
from services.governance.funds import rules
from services.governance.funds.tables import BudgetLine, Commitment, FundEntry, FundRefusal
from services.governance.funds.use_cases import catalogue, ledger
from services.governance.funds.use_cases.period_figures import income, named_sum, spent
from services.governance.funds.use_cases.shapes import show_commitment, show_line, sums_of
from services.governance.funds.use_cases.sitting import find_line

Reply = dict[str, Any]

_MISSING = InputError("input.required", "Missing.")
_NO_CATEGORY = InputError("funds.category_unknown", "There is no such category.")
_WRITTEN = ("name", "name_en", "management_code", "accounting_code", "funding_source", "amount")


def list_budget_lines(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Return a year's lines with their sums."""
    lines = _lines(tx, request["year"])
    return {"year": request["year"], "items": [show_line(line) for line in lines], **sums_of(lines)}


def open_budget(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Add lines that a year lacks: another year's, those for benefits, or the demonstration's.

    Raises:
        InvalidInput: another year's lines are wanted and that year has none, or it was not named.
    """
    ledger.keep_others_out(tx)
    standing = {line.code for line in _lines(tx, request["year"])}
    for row in _opening_lines(tx, request["lines"], request["from_year"]):
        if row["code"] not in standing:
            _set_new(tx, {**row, "year": request["year"], "reason": None})
    return list_budget_lines(tx, request)


def _opening_lines(tx: Transaction, lines: str, from_year: int | None) -> list[dict[str, Any]]:
    if lines == "demonstration":
        return catalogue.demonstration_lines()
    if lines == "benefits":
        return catalogue.benefit_lines()
    found = [] if from_year is None else _lines(tx, from_year)
    if not found:
        raise InvalidInput("That year has no lines to copy.", field="from_year", rule="fund.year_has_lines")
    return [{name: getattr(line, name) for name in ("code", *_WRITTEN)} for line in found]


def set_budget_line(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Create a line or adjust it; the amount is at least the sum of commitments and expenses.

    Raises:
        PreconditionFailed: another version stands than the one that was read.
        InvalidInput: a new line lacks its name or category, or a category does not exist.
    """
    ledger.keep_others_out(tx)
    line = find_line(tx, request["year"], request["code"])
    if line is None:
        return show_line(_set_new(tx, request))
    if request["version"] is not None and request["version"] != line.version:
        raise PreconditionFailed("The line was changed meanwhile.", field="version", params={"version": line.version})
    given = {name: request[name] for name in _WRITTEN if name in request}
    wanted = with_english(given, "name", stored=line)
    _require_categories(wanted)
    refuse_first(rules.budget_covers(request["amount"], line.committed, line.spent))
    if wanted.get("funding_source", line.funding_source) != line.funding_source and line.committed + line.spent:
        raise Refused("Money was already spent from this line.", rule="fund.line_is_unused", field="funding_source")
    changes = {name: (getattr(line, name), value) for name, value in wanted.items()}
    if note_change(tx, f"budget_line/{line.id}", changes, request["reason"]) is not None:
        for name, value in wanted.items():
            setattr(line, name, value)
        line.version += 1
        tx.record(BudgetLineSet(line_id=line.id, year=line.year, code=line.code, amount=line.amount))
    return show_line(line)


def list_commitments(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Return a page of commitments, newest first."""
    statement = sa.select(Commitment)
    filters = {
        "year": Commitment.year,
        "line": Commitment.line_code,
        "state": Commitment.state,
        "source": Commitment.source_type,
    }
    for name, column in filters.items():
        if request[name] is not None:
            statement = statement.where(column == request[name])
    page = page_of(tx, statement, request, [(Commitment.id, "desc")])
    return page.reply([show_commitment(row) for row in page.rows])


def commit_funds(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Commit money of a line; it then counts as spent."""
    ledger.keep_others_out(tx)
    line = find_line(tx, request["year"], request["line_code"])
    seen = rules.Line(line.code, line.funding_source, line.available) if line else None
    refuse_first(
        rules.line_is_in_budget(seen, request["year"], request["line_code"]),
        rules.line_has_money(seen, request["amount"]),
    )
    if line is None:
        raise LookupError(request["line_code"])
    row = Commitment(
        line_id=line.id,
        year=line.year,
        line_code=line.code,
        source_type="manual",
        source_id=uuid7(),
        claim=1,
        amount=request["amount"],
        state="open",
        description=request["description"],
        created_at=tx.now,
    )
    line.committed += row.amount
    tx.session.add(row)
    tx.session.flush()
    return show_commitment(row)


def release_commitment(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Release a commitment."""
    ledger.keep_others_out(tx)
    row = tx.get(
        Commitment, request["commitment_id"], "There is no such commitment.", rule="fund.commitment_exists", lock=True
    )
    if row.state != "open":
        raise Refused("This commitment is closed.", rule="fund.commitment_is_open", params={"state": row.state})
    line = tx.session.get_one(BudgetLine, row.line_id, with_for_update=True, populate_existing=True)
    line.committed -= row.amount - row.paid
    row.state, row.closed_at = "released", tx.now
    note_change(tx, f"commitment/{row.id}", {"state": ("open", "released")}, request["reason"])
    return show_commitment(row)


def get_fund_summary(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Return a year's income and expense, minus reversals."""
    year = request["year"]
    lines = _lines(tx, year)
    sums = sums_of(lines)
    of_year = FundEntry.year == year
    months, incomes = spent(tx, FundEntry.period, of_year), income(tx, of_year)
    return {
        "year": year,
        "income": sum(incomes.values(), rules.NOTHING),
        "expense": sum(months.values(), rules.NOTHING),
        "budget": sums["amount"],
        "committed": sums["committed"],
        "by_line": [named_sum(line.code, line.name, line.name_en, line.spent) for line in lines],
        "by_category": _by_category(lines),
        "by_month": [named_sum(month, month, month, amount) for month, amount in sorted(months.items())],
        "by_income": [
            named_sum(kind, *catalogue.account_names(kind), amount) for kind, amount in sorted(incomes.items())
        ],
        "refusals_open": tx.session.scalar(
            sa.select(sa.func.count()).select_from(FundRefusal).where(FundRefusal.state == "open")
        ),
        "reversals": tx.session.scalar(
            sa.select(sa.func.count(FundEntry.id)).where(FundEntry.year == year, FundEntry.kind == "reversal")
        ),
    }


def _lines(tx: Transaction, year: int) -> list[BudgetLine]:
    return list(tx.session.scalars(sa.select(BudgetLine).where(BudgetLine.year == year).order_by(BudgetLine.code)))


def _set_new(tx: Transaction, request: dict[str, Any]) -> BudgetLine:
    missing = [name for name in ("name", "management_code") if not request.get(name)]
    if missing:
        raise InvalidInput("A new line needs its name and its category.", errors={name: [_MISSING] for name in missing})
    fields = with_english({name: request[name] for name in _WRITTEN if name in request}, "name")
    _require_categories(fields)
    fields.setdefault("accounting_code", catalogue.management_categories()[fields["management_code"]]["accounting"])
    if fields["accounting_code"] is None:
        raise InvalidInput(
            "This category has none of its name in the accounting system of 2021; say which one it belongs to.",
            field="accounting_code",
            rule="fund.category_is_mapped",
        )
    line = BudgetLine(year=request["year"], code=request["code"], **fields)
    tx.session.add(line)
    tx.session.flush()
    note_change(tx, f"budget_line/{line.id}", {"amount": (None, line.amount)}, request["reason"])
    tx.record(BudgetLineSet(line_id=line.id, year=line.year, code=line.code, amount=line.amount))
    return line


def _require_categories(fields: dict[str, Any]) -> None:
    known = {"management_code": catalogue.management_categories(), "accounting_code": catalogue.accounting_categories()}
    errors = {name: [_NO_CATEGORY] for name in known if name in fields and fields[name] not in known[name]}
    if errors:
        raise InvalidInput("The category does not exist.", errors=errors)


def _by_category(lines: list[BudgetLine]) -> list[Reply]:
    by_code: dict[str, Decimal] = {}
    for line in lines:
        by_code[line.accounting_code] = by_code.get(line.accounting_code, rules.NOTHING) + line.spent
    known = catalogue.accounting_categories()
    return [
        named_sum(code, known[code]["name"], known[code]["name_en"], amount) for code, amount in sorted(by_code.items())
    ]
