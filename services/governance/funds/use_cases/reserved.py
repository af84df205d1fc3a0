"""Reservations that pay claims: what is left of one, what a payment uses of it, what a reversed payment gives back.

What is used of a reservation is always the sum of its payments, up to the whole of it: the order in which the
reservation and its payments arrive makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from services.chassis.database.transaction import Transaction
from services.governance.funds import rules
from services.governance.funds.tables import BudgetLine, Commitment, FundEntry, Reservation

Source = tuple[str, UUID]
"""Kind and id of what money is for."""


class Reserved:
    """The reservations of some sources, read at once; the ledger is locked, so that they stay as they are."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._found: dict[Source, Reservation | None] = {}

    def read(self, sources: Collection[Source | None]) -> None:
        """Read the reservations of these sources in one statement, and their commitments in another."""
        wanted = {source for source in sources if source is not None} - self._found.keys()
        if not wanted:
            return
        self._found |= dict.fromkeys(wanted)
        kinds, ids = {kind for kind, _ in wanted}, {source_id for _, source_id in wanted}
        statement = sa.select(Reservation).where(Reservation.source_type.in_(kinds), Reservation.source_id.in_(ids))
        rows = self._tx.session.scalars(statement).all()
        self._found |= {(row.source_type, row.source_id): row for row in rows}

    def left(self, source: Source | None, line: BudgetLine | None) -> Decimal:
        """Return what is left of the money that a line keeps for a source."""
        commitment = self._kept(source, line)
        return commitment.amount - commitment.paid if commitment is not None else rules.NOTHING

    def of(self, source: Source | None) -> Reservation | None:
        """Return a source's reservation, which is begun if nothing was heard of it; None without a source."""
        if source is None:
            return None
        self.read([source])
        found = self._found[source]
        if found is None:
            found = self._found[source] = begin(self._tx, source)
        return found

    def use(self, source: Source | None, line: BudgetLine, amount: Decimal) -> bool:
        """Take a payment from what its line keeps for the source; return whether any of it was kept."""
        commitment = self._kept(source, line)
        if commitment is None:
            return False
        set_paid(self._tx, commitment, line, commitment.paid + min(amount, commitment.amount - commitment.paid))
        return True

    def _kept(self, source: Source | None, line: BudgetLine | None) -> Commitment | None:
        if source is None or line is None:
            return None
        self.read([source])
        found = self._found[source]
        commitment = commitment_of(self._tx, found) if found is not None else None
        if commitment is None or commitment.state != "open" or commitment.line_id != line.id:
            return None
        return commitment


def give_back(tx: Transaction, undone: FundEntry, line: BudgetLine) -> None:
    """Reserve again what a payment that is being reversed had used, unless its source has ended."""
    reservation = tx.session.get(Reservation, undone.reservation_id) if undone.reservation_id else None
    if reservation is None or reservation.ended:
        return
    commitment = commitment_of(tx, reservation)
    if commitment is None or commitment.state == "released" or commitment.line_id != line.id:
        return
    paid = paid_of(tx, reservation.id, line.id) - undone.amount
    set_paid(tx, commitment, line, min(paid, commitment.amount))


def paid_of(tx: Transaction, reservation_id: UUID, line_id: UUID) -> Decimal:
    """Return what stored entries paid for a source out of a line, without reversed ones."""
    undoing = aliased(FundEntry)
    paid = (
        sa.select(sa.func.sum(FundEntry.amount))
        .where(FundEntry.reservation_id == reservation_id, FundEntry.line_id == line_id, FundEntry.kind == "expense")
        .where(~sa.exists().where(undoing.reverses == FundEntry.id))
    )
    return tx.session.scalar(paid) or rules.NOTHING


def set_paid(tx: Transaction, commitment: Commitment, line: BudgetLine, paid: Decimal) -> None:
    """Note how much of a commitment was paid; its line keeps the rest, and without a rest it is settled."""
    line.committed -= paid - commitment.paid
    commitment.paid = paid
    is_settled = paid == commitment.amount
    commitment.state, commitment.closed_at = ("settled", tx.now) if is_settled else ("open", None)


def commitment_of(tx: Transaction, reservation: Reservation) -> Commitment | None:
    """Return the commitment of a reservation, None when nothing was ever committed."""
    return tx.session.get(Commitment, reservation.commitment_id) if reservation.commitment_id else None


def begin(tx: Transaction, source: Source) -> Reservation:
    """Return a source's reservation, begun with the first that is heard of the source."""
    kind, source_id = source
    statement = sa.select(Reservation).where(Reservation.source_type == kind, Reservation.source_id == source_id)
    found = tx.session.scalar(statement)
    if found is None:
        found = Reservation(source_type=kind, source_id=source_id, number=0, ended=False)
        tx.session.add(found)
        tx.session.flush()
    return found
