"""The ledger: numbering, chaining and adding entries. Whether an expense may stand is decided before, in expenses.

Whoever adds holds the ledger's lock, so numbers have no gap and the chain no fork; the lock ends with the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from services.chassis.database import upsert
from services.chassis.errors import NotFound
from services.chassis.identifiers import uuid7
from services.chassis.transaction import Transaction
from services.governance.funds import entry as books
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
    """What is to be entered; numbering and chaining add the rest."""

    kind: str
    amount: Decimal
    sides: tuple[books.Side, ...]
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
    entry_id: UUID | None = None


def lock(tx: Transaction) -> None:
    """Keep every other writer of the funds waiting until this transaction ends."""
    tx.lock("fund_ledger")


def add(tx: Transaction, draft: Draft) -> FundEntry:
    """Enter a draft under the next number of its year, chained to the entry before.

    Raises:
        ValueError: the sides do not balance, or don't make up the amount; a defect of the caller.
    """
    if not books.is_balanced(draft.sides) or sum(side.debit for side in draft.sides) != draft.amount:
        raise ValueError("an entry must balance")
    chain = _next(tx, CHAIN)
    numbers = _next(tx, str(draft.posted_on.year))
    values = {name: value for name, value in vars(draft).items() if name not in ("sides", "entry_id")}
    entry = FundEntry(
        id=draft.entry_id or uuid7(),
        sequence=chain.value,
        number=books.entry_number(draft.posted_on.year, numbers.value),
        year=draft.posted_on.year,
        period=books.period_of(draft.posted_on),
        recorded_by=tx.principal.actor,
        recorded_at=tx.now,
        previous_hash=chain.hash,
        **values,
    )
    entry.hash = books.digest_of(content_of(entry, draft.sides), entry.previous_hash)
    chain.hash = numbers.hash = entry.hash
    tx.session.add(entry)
    tx.session.flush()
    tx.session.execute(
        sa.insert(FundSide),
        [{"entry_id": entry.id, "place": place, **vars(side)} for place, side in enumerate(draft.sides, 1)],
    )
    return entry


def content_of(entry: FundEntry, sides: tuple[books.Side, ...]) -> dict[str, Any]:
    """Return what an entry's digest covers, as JSON values."""
    content = {name: _text(getattr(entry, name)) for name in _HASHED}
    return content | {"sides": [[side.account, f"{side.debit:.2f}", f"{side.credit:.2f}"] for side in sides]}


def sides_of(entry: FundEntry) -> tuple[books.Side, ...]:
    """Return an entry's sides; they must have been loaded."""
    return tuple(books.Side(side.account, side.debit, side.credit) for side in entry.sides)


def recorded(tx: Transaction) -> Iterator[books.Recorded]:
    """Read the ledger in the order of its chain, a part at a time."""
    after = 0
    while True:
        statement = (
            sa.select(FundEntry)
            .where(FundEntry.sequence > after)
            .options(selectinload(FundEntry.sides))
            .order_by(FundEntry.sequence)
            .limit(READ_AT_ONCE)
        )
        rows = tx.session.scalars(statement).all()
        for entry in rows:
            sides = sides_of(entry)
            content = content_of(entry, sides)
            yield books.Recorded(entry.sequence, entry.number, sides, content, entry.previous_hash, entry.hash)
        if len(rows) < READ_AT_ONCE:
            return
        after = rows[-1].sequence
        tx.session.expunge_all()


def head(tx: Transaction) -> LedgerHead | None:
    """Return where the chain ends, None before the first entry."""
    return tx.session.get(LedgerHead, CHAIN, populate_existing=True)


def require_entry(tx: Transaction, entry_id: UUID) -> FundEntry:
    """Return an entry with its sides. Raises `NotFound`."""
    entry = tx.session.scalar(
        sa.select(FundEntry).where(FundEntry.id == entry_id).options(selectinload(FundEntry.sides))
    )
    if entry is None:
        raise NotFound("There is no such ledger entry.", rule="fund.entry_exists")
    return entry


def reversal_of(tx: Transaction, entry_id: UUID) -> UUID | None:
    """Return the entry that undid this one, if one did."""
    return tx.session.scalar(sa.select(FundEntry.id).where(FundEntry.reverses == entry_id))


def is_closed(tx: Transaction, period: str) -> bool:
    """Whether an accounting month takes no more entries."""
    return tx.session.get(FundPeriod, period) is not None


def _next(tx: Transaction, series: str) -> LedgerHead:
    """Return a series one further on; its locked row keeps others from taking the same place."""
    start = upsert(tx.session, LedgerHead).values(series=series, value=0, hash=books.BEGINNING)
    tx.session.execute(start.on_conflict_do_nothing(index_elements=["series"]))
    reached = tx.session.get(LedgerHead, series, with_for_update=True, populate_existing=True)
    if reached is None:
        raise LookupError(f"series {series} is gone")
    reached.value += 1
    return reached


def _text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
