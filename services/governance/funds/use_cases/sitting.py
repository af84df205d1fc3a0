"""Cached look-ups for decisions on claims: budget lines, dated rules, closed months, amounts of the year.

Each is read once, because the funds are locked for other writers meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.rulebook import RuleInForce
from services.governance.funds import rules
from services.governance.funds.tables import BudgetLine, FundEntry
from services.governance.funds.use_cases import ledger
from services.governance.funds.use_cases.reserved import Reserved, Source


@dataclass(frozen=True)
class Claim:
    """报销 A claim on the funds, with its source; `reserved_by` is the source whose reservation pays it."""

    source_type: str
    source_id: UUID
    amount: Decimal
    spent_on: date
    posted_on: date
    form: str | None = None
    claim: int = 1
    funding_source: str | None = None
    line_code: str | None = None
    benefit_key: str | None = None
    beneficiary: str | None = None
    people: int = 1
    unit_id: UUID | None = None
    description: str | None = None
    decision: str | None = None
    evidence_kinds: list[str] = field(default_factory=list)
    override_reason: str | None = None
    reserved_by: Source | None = None


class Sitting:
    """Look-ups during one lock of the ledger; cached until it ends. Unlocked ones only look, and nothing is entered."""

    def __init__(self, books: ledger.Books, *, locked: bool = True) -> None:
        self._locked = locked
        self.books = books
        self.tx = books.tx
        self._lines: dict[tuple[int, str], BudgetLine | None] = {}
        self._rules: dict[tuple[str, date], RuleInForce | None] = {}
        self._closed: dict[str, bool] = {}
        self._spent: dict[tuple[str, str, int], Decimal] = {}
        self.reserved = Reserved(books.tx)

    def line(self, year: int, code: str) -> BudgetLine | None:
        """Return a budget line, locked for change unless this sitting only looks."""
        if (year, code) not in self._lines:
            self._lines[year, code] = find_line(self.tx, year, code, locked=self._locked)
        return self._lines[year, code]

    def rule(self, key: str, on: date) -> RuleInForce | None:
        """Return the dated rule for a key, None if none is in force."""
        if (key, on) not in self._rules:
            self._rules[key, on] = rule_or_none(self.tx, key, on)
        return self._rules[key, on]

    def is_closed(self, period: str) -> bool:
        """Whether an accounting month is closed."""
        if period not in self._closed:
            self._closed[period] = ledger.is_closed(self.tx, period)
        return self._closed[period]

    def read(self, claims: Collection[Claim]) -> None:
        """Read the reservations that pay these claims, and the amounts of the year of all their beneficiaries."""
        self.reserved.read([claim.reserved_by for claim in claims])
        self.read_spent(claims)

    def read_spent(self, claims: Collection[Claim]) -> None:
        """Read the amounts of the year of all beneficiaries of these claims at once."""
        self._spent |= {key: rules.NOTHING for claim in claims if (key := _spent_key(claim))}
        self._spent |= spent_this_year(self.tx, [claim for claim in claims if claim.beneficiary])

    def spent(self, claim: Claim) -> Decimal:
        """Return the amount that a claim's beneficiary had of its benefit this year."""
        key = _spent_key(claim)
        if key is None:
            return rules.NOTHING
        if key not in self._spent:
            self.read_spent([claim])
        return self._spent[key]

    def count(self, claim: Claim, line: BudgetLine) -> None:
        """Subtract an expense from its line and add it for its beneficiary."""
        key = _spent_key(claim)
        if key is not None:
            self._spent[key] = self.spent(claim) + claim.amount
        line.spent += claim.amount


def find_line(tx: Transaction, year: int, code: str, *, locked: bool = True) -> BudgetLine | None:
    """Return the present row of a budget line, locked for change unless it is only looked at."""
    statement = sa.select(BudgetLine).where(BudgetLine.year == year, BudgetLine.code == code)
    statement = statement.with_for_update() if locked else statement
    return tx.session.scalar(statement, execution_options={"populate_existing": True})


def _spent_key(claim: Claim) -> tuple[str, str, int] | None:
    if claim.beneficiary is None or claim.benefit_key is None:
        return None
    return claim.beneficiary, claim.benefit_key, claim.spent_on.year


def spent_this_year(tx: Transaction, claims: Collection[Claim]) -> dict[tuple[str, str, int], Decimal]:
    """Return the amount of each benefit and beneficiary in the claims' calendar years, without reversed entries."""
    undoing = aliased(FundEntry)
    totals: dict[tuple[str, str, int], Decimal] = {}
    for year in {claim.spent_on.year for claim in claims}:
        statement = (
            sa.select(FundEntry.beneficiary, FundEntry.benefit_key, sa.func.sum(FundEntry.amount).label("total"))
            .where(FundEntry.beneficiary.in_({claim.beneficiary for claim in claims}), FundEntry.kind == "expense")
            .where(FundEntry.spent_on.between(date(year, 1, 1), date(year, 12, 31)))
            .where(~sa.exists().where(undoing.reverses == FundEntry.id))
            .group_by(FundEntry.beneficiary, FundEntry.benefit_key)
        )
        for row in tx.session.execute(statement):
            totals[row.beneficiary, row.benefit_key, year] = row.total
    return totals
