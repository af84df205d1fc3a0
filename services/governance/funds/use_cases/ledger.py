"""The ledger: numbering, chaining and adding entries. `expenses` decides before whether an expense is allowed.

Adding needs the ledger's lock, so numbers have no gap and the chain no fork; the lock ends with the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.identifiers import uuid7
from services.governance.funds import entry_rules
from services.governance.funds.tables import FundEntry, FundPeriod, FundSide, LedgerHead

CHAIN = "chain"
READ_AT_ONCE = 500

_HASHED = (
    "id", "sequence", "number", "kind", "posted_on", "spent_on", "amount", "description", "line_code", "unit_id",
    "form", "funding_source", "source_type", "source_id", "claim", "benefit_key", "beneficiary", "people", "rule_key",
    "rules", "evidence_kinds", "decision", "override_reason", "reverses", "recorded_by", "recorded_at",
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """An entry to be added; number and chain are added later."""

    kind: str
    amount: Decimal
    sides: tuple[entry_rules.Side, ...]
    description: str
    posted_on: date
    spent_on: date
    funding_source: str
    source_type: str
    source_id: UUID
    claim: int = 1
    description_en: str | None = None
    line_id: UUID | None = None
    line_code: str | None = None
    unit_id: UUID | None = None
    form: str | None = None
    benefit_key: str | None = None
    beneficiary: str | None = None
    people: int = 1
    rule_key: str | None = None
    rules: list[dict[str, Any]] = field(default_factory=list)
    evidence_kinds: list[str] = field(default_factory=list)
    decision: str | None = None
    override_reason: str | None = None
    reverses: UUID | None = None
    reservation_id: UUID | None = None


class Books:
    """The locked ledger: only this transaction can add entries."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self._series: dict[str, LedgerHead] = {}
        self._added: list[tuple[FundEntry, tuple[entry_rules.Side, ...]]] = []

    def add(self, draft: Draft) -> FundEntry:
        """Add a draft with the next number of its year, chained to the previous entry; `write` stores it.

        Raises:
            ValueError: the sides do not balance, or differ from the amount; a defect of the caller.
        """
        if not entry_rules.is_balanced(draft.sides) or sum(side.debit for side in draft.sides) != draft.amount:
            raise ValueError("an entry must balance")
        chain, numbers = self._next(CHAIN), self._next(str(draft.posted_on.year))
        values = {name: value for name, value in vars(draft).items() if name != "sides"}
        added = FundEntry(
            id=uuid7(),
            sequence=chain.value,
            number=entry_rules.entry_number(draft.posted_on.year, numbers.value),
            year=draft.posted_on.year,
            period=entry_rules.period_of(draft.posted_on),
            recorded_by=self.tx.principal.actor,
            recorded_at=self.tx.now,
            previous_hash=chain.hash,
            **values,
        )
        added.hash = entry_rules.digest_of(content_of(added, draft.sides), added.previous_hash)
        chain.hash = numbers.hash = added.hash
        self._added.append((added, draft.sides))
        return added

    def write(self) -> None:
        """Store the added entries, in two statements."""
        session, added = self.tx.session, self._added
        self._added = []
        session.add_all(each for each, _ in added)
        session.flush()
        rows = [
            {"entry_id": each.id, "place": place, **vars(side)}
            for each, sides in added
            for place, side in enumerate(sides, 1)
        ]
        if rows:
            session.execute(sa.insert(FundSide), rows)

    def _next(self, series: str) -> LedgerHead:
        """Return a series after one more entry."""
        reached = self._series.get(series)
        if reached is None:
            start = upsert(self.tx.session, LedgerHead).values(series=series, value=0, hash=entry_rules.BEGINNING)
            self.tx.session.execute(start.on_conflict_do_nothing(index_elements=["series"]))
            reached = self.tx.session.get_one(LedgerHead, series, with_for_update=True, populate_existing=True)
            self._series[series] = reached
        reached.value += 1
        return reached


def keep_others_out(tx: Transaction) -> None:
    """Lock the funds for other writers until this transaction ends."""
    tx.lock("fund_ledger")


@contextmanager
def opened(tx: Transaction) -> Iterator[Books]:
    """Lock the ledger until the transaction ends. Added entries are stored at the end of the block."""
    keep_others_out(tx)
    books = Books(tx)
    yield books
    books.write()


def content_of(entered: FundEntry, sides: tuple[entry_rules.Side, ...]) -> dict[str, Any]:
    """Return the data that an entry's digest covers, as JSON values."""
    content = {name: _text(getattr(entered, name)) for name in _HASHED}
    return content | {"sides": [[side.account, f"{side.debit:.2f}", f"{side.credit:.2f}"] for side in sides]}


def sides_of(entered: FundEntry) -> tuple[entry_rules.Side, ...]:
    """Return an entry's sides; they must have been loaded."""
    return tuple(entry_rules.Side(side.account, side.debit, side.credit) for side in entered.sides)


def recorded(tx: Transaction, after: int = 0, most: int | None = None) -> Iterator[entry_rules.Recorded]:
    """Read the ledger in the order of its chain, a part at a time.

    Args:
        tx: the transaction.
        after: begin after this position.
        most: entries to read at most, all when absent.
    """
    left = most
    while left is None or left > 0:
        at_once = READ_AT_ONCE if left is None else min(READ_AT_ONCE, left)
        statement = (
            sa.select(FundEntry)
            .where(FundEntry.sequence > after)
            .options(selectinload(FundEntry.sides))
            .order_by(FundEntry.sequence)
            .limit(at_once)
        )
        rows = tx.session.scalars(statement).all()
        for row in rows:
            sides = sides_of(row)
            content = content_of(row, sides)
            yield entry_rules.Recorded(row.sequence, row.number, sides, content, row.previous_hash, row.hash)
        if len(rows) < at_once:
            return
        after = rows[-1].sequence
        left = None if left is None else left - len(rows)
        tx.session.expunge_all()


def end(tx: Transaction) -> entry_rules.End:
    """Return the present end of the chain."""
    head = tx.session.get(LedgerHead, CHAIN, populate_existing=True)
    return entry_rules.End(head.value, head.hash) if head is not None else entry_rules.End()


def require_entry(tx: Transaction, entry_id: UUID) -> FundEntry:
    """Return an entry with its sides. Raises `NotFound`."""
    statement = sa.select(FundEntry).where(FundEntry.id == entry_id).options(selectinload(FundEntry.sides))
    found = tx.session.scalar(statement)
    if found is None:
        raise NotFound("There is no such ledger entry.", rule="fund.entry_exists")
    return found


def reversal_of(tx: Transaction, entry_id: UUID) -> UUID | None:
    """Return the entry that reversed this one, if there is one."""
    return tx.session.scalar(sa.select(FundEntry.id).where(FundEntry.reverses == entry_id))


def is_closed(tx: Transaction, period: str) -> bool:
    """Whether an accounting month is closed."""
    return tx.session.get(FundPeriod, period) is not None


def _text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
