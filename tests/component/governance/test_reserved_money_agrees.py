"""Reserved money recomputed from the tables after whatever was asked, paid, reversed and given back, in any order."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis.errors import Problem
from services.chassis.identifiers import uuid7
from services.contracts.governance.funds import bookkeeping
from services.contracts.governance.funds import operations as funds
from services.governance.funds.tables import BudgetLine, Commitment, FundEntry, Reservation
from tests.component.governance.harness import GovernanceHarness
from tests.support.at_once import all_at_once

LINES = ("care.holiday", "activities.sports")


def recomputed(governance: GovernanceHarness) -> tuple[dict[Any, tuple[Any, Any]], dict[Any, tuple[Any, Any]]]:
    """Return what lines have committed and spent, stored and added up from commitments and entries."""
    with governance.transaction() as tx:
        entries = tx.session.scalars(sa.select(FundEntry)).all()
        undone = {one.reverses for one in entries if one.kind == "reversal"}
        committed: dict[Any, Decimal] = defaultdict(Decimal)
        spent: dict[Any, Decimal] = defaultdict(Decimal)
        paid: dict[Any, Decimal] = defaultdict(Decimal)
        for entry in entries:
            if entry.kind == "expense" and entry.id not in undone:
                spent[entry.line_id] += entry.amount
                paid[entry.reservation_id, entry.line_id] += entry.amount
        for row in tx.session.scalars(sa.select(Commitment).where(Commitment.state == "open")):
            committed[row.line_id] += row.amount - row.paid
        for reservation in tx.session.scalars(sa.select(Reservation).where(Reservation.commitment_id.is_not(None))):
            kept = tx.session.get_one(Commitment, reservation.commitment_id)
            if not reservation.ended:
                assert kept.paid == min(kept.amount, paid[reservation.id, kept.line_id])
        lines = tx.session.scalars(sa.select(BudgetLine)).all()
        return (
            {line.code: (line.committed, line.spent) for line in lines},
            {line.code: (committed[line.id], spent[line.id]) for line in lines},
        )


class Deeds:
    """Chosen at random: a source reserves, pays, releases, an officer reverses; some twice, some late."""

    def __init__(self, governance: GovernanceHarness, seed: int) -> None:
        self.governance, self.random = governance, Random(seed)
        self.sources: list[UUID] = [uuid7() for _ in range(3)]
        self.claims: dict[tuple[str, UUID], int] = defaultdict(int)

    def step(self) -> None:
        source, line = self.random.choice(self.sources), self.random.choice(LINES)
        amount = f"{self.random.randint(1, 40) * 25}.00"
        deed = self.random.choice(("reserve", "pay", "pay", "release", "reverse", "other"))
        if deed == "reverse":
            self.reverse()
            return
        number = self.claims["pay" if deed in ("pay", "other") else "keep", source] + self.random.choice((0, 1, 1, 2))
        self.claims["pay" if deed in ("pay", "other") else "keep", source] = max(number, 1)
        common = {"source_type": "campaign", "claim": max(number, 1)}
        money = {"benefit_key": None, "line_code": line, "funding_source": "union", "amount": amount}
        for _ in range(self.random.choice((1, 1, 2))):
            if deed == "reserve":
                self.governance.reserve(source, **common, **money, title="慰问")
            elif deed == "release":
                self.governance.release(source, **common)
            else:
                paid_by = {"reserved_type": "campaign", "reserved_id": source} if deed == "other" else {}
                about = uuid7() if deed == "other" else source
                self.governance.pay(about, **common, **money, form="goods", people=1, **paid_by)

    def reverse(self) -> None:
        with self.governance.transaction() as tx:
            undone = sa.select(FundEntry.reverses).where(FundEntry.reverses.is_not(None))
            entries = tx.session.scalars(
                sa.select(FundEntry.id).where(FundEntry.kind == "expense", FundEntry.id.not_in(undone))
            ).all()
        if entries:
            entry_id = self.random.choice(sorted(entries))
            try:
                self.governance.ask(funds.reverse_entry, entry_id=entry_id, reason="recomputed")
            except Problem:
                return


@pytest.mark.parametrize("seed", range(3))
def test_lines_agree_with_their_commitments_and_entries(funded: GovernanceHarness, seed: int) -> None:
    deeds = Deeds(funded, seed)
    for _ in range(40):
        deeds.step()
        stored, added_up = recomputed(funded)
        assert stored == added_up
    assert funded.ask(bookkeeping.verify_ledger)["intact"]


def test_lines_agree_when_two_consumers_take_events_of_the_same_sources(funded: GovernanceHarness) -> None:
    first, second = Deeds(funded, 11), Deeds(funded, 12)
    second.sources = first.sources

    def run(deeds: Deeds) -> None:
        for _ in range(25):
            deeds.step()

    all_at_once(lambda: run(first), lambda: run(second))
    stored, added_up = recomputed(funded)
    assert stored == added_up
    assert funded.ask(bookkeeping.verify_ledger)["intact"]
