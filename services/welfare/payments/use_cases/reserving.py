"""Reserving money of the funds for a source, and giving back what it does not need."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused
from services.contracts.welfare.payments import FundingReleased, FundingReserved
from services.welfare.payments.tables import Funding
from services.welfare.payments.use_cases.stored import by_source, locked

_SENT = (
    "source_type", "source_id", "claim", "year", "benefit_key", "line_code", "funding_source", "amount", "title",
    "unit_id",
)  # fmt: skip


@dataclass(frozen=True)
class Reservation:
    """预留 What a source needs of a year's budget.

    Args:
        source_type: kind of the source (`RESERVED_FOR`).
        source_id: what the money is for.
        year: the budget year.
        amount: in yuan, all that the source needs; another amount later replaces it.
        funding_source: whose money, `union` or `administration`.
        benefit_key: the benefit whose line keeps it; without it, `line_code` names the line.
        line_code: the budget line, where it is not the benefit's.
        title: what officers read beside the commitment; names no person.
        unit_id: the unit it is for.
    """

    source_type: str
    source_id: UUID
    year: int
    amount: Decimal
    funding_source: str
    benefit_key: str | None = None
    line_code: str | None = None
    title: str | None = None
    unit_id: UUID | None = None


def reserve(tx: Transaction, wanted: Reservation) -> Funding:
    """Ask the funds to reserve money; the same that is asked for or reserved already is not asked again."""
    row = locked(tx, Funding, wanted.source_type, wanted.source_id)
    values = asdict(wanted)
    if row is not None and row.state in ("asked", "committed") and _same(row, values):
        return row
    if row is None:
        row = Funding(claim=0)
        tx.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    return _ask(tx, row)


def reserve_again(tx: Transaction, source_type: str, source_id: UUID) -> Funding:
    """Ask once more for what was refused.

    Raises:
        Refused: there is nothing that was refused.
    """
    row = locked(tx, Funding, source_type, source_id)
    if row is None or row.state != "refused":
        raise Refused(
            "Only money that was refused is asked for again.",
            rule="payments.reservation_was_refused",
            params={"state": row.state if row else "none"},
        )
    return _ask(tx, row)


def release(tx: Transaction, source_type: str, source_id: UUID) -> None:
    """Give back what is left of a source's reservation; without one, or once it was given back, nothing happens."""
    row = locked(tx, Funding, source_type, source_id)
    if row is None or row.state == "released":
        return
    row.state = "released"
    tx.record(FundingReleased(source_type=source_type, source_id=source_id, claim=row.claim))


def fundings_of(tx: Transaction, source_type: str, sources: Collection[UUID]) -> dict[UUID, Funding]:
    """Return the reservations of some sources of one kind, by source."""
    return by_source(tx, Funding, source_type, sources)


def reserved_sources(source_type: str) -> sa.Select[UUID]:
    """Return the select of the sources of one kind that have not given back their reservation."""
    return sa.select(Funding.source_id).where(Funding.source_type == source_type, Funding.state != "released")


def show_funding(row: Funding | None) -> dict[str, Any] | None:
    """Return a reservation as `FundingShown`."""
    names = ("claim", "state", "year", "amount", "funding_source", "refused_rule", "reason_code")
    return None if row is None else {name: getattr(row, name) for name in names}


def _same(row: Funding, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items() if name != "title")


def _ask(tx: Transaction, row: Funding) -> Funding:
    row.claim += 1
    row.state, row.refused_rule, row.reason_code = "asked", None, None
    tx.session.flush()
    tx.record(FundingReserved(**{name: getattr(row, name) for name in _SENT}))
    return row
