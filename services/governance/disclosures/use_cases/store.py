"""Loading disclosures, reading their figures, and keeping each step."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.contracts.governance.disclosures.events import DisclosureMoved
from services.contracts.governance.disclosures.vocabulary import MONTHS_OF
from services.governance.disclosures.tables import Disclosure, DisclosureEntry
from services.governance.disclosures.workflow import DISCLOSURE
from services.governance.funds.use_cases.period_figures import PeriodFigures, figures_of, open_months

OFFICES = ("officer", "auditor")
_SUMS = ("by_income", "by_month", "by_line")


def disclosure_of(tx: Transaction, disclosure_id: UUID, *, lock: bool = False) -> Disclosure:
    """Return a disclosure that the caller may see; to who neither writes nor audits only once it is published.

    Raises:
        NotFound: there is none, or it is not published yet.
    """
    detail = "There is no such disclosure."
    one = tx.get(Disclosure, disclosure_id, detail, field="disclosure_id", lock=lock)
    if one.state != "published" and not tx.principal.has(*OFFICES):
        raise NotFound(detail, field="disclosure_id")
    return one


def read_figures(tx: Transaction, year: int, part: str) -> PeriodFigures:
    """Return the figures of a part of a year as the ledger has them now."""
    return figures_of(tx, year, *MONTHS_OF[part])


def months_to_close(tx: Transaction, one: Disclosure) -> list[str]:
    """Return the months of a disclosure that have entries and are not closed."""
    return open_months(tx, one.year, *MONTHS_OF[one.part])


def take(one: Disclosure, found: PeriodFigures, tx: Transaction) -> None:
    """Put the figures into a disclosure."""
    one.income, one.expense, one.entries = found.income, found.expense, found.entries
    one.figures = {name: [_written(row) for row in getattr(found, name)] for name in _SUMS}
    one.last_sequence, one.last_hash, one.computed_at = found.last_sequence, found.last_hash, tx.now


def last_day_of(year: int, part: str) -> date:
    """Return the last day of a part of a year."""
    month = MONTHS_OF[part][1]
    return date(year, month, calendar.monthrange(year, month)[1])


def period_text(year: int, part: str) -> str:
    """Return year and months as one text that orders disclosures: 2026-03-01 is the first quarter."""
    first, last = MONTHS_OF[part]
    return f"{year:04d}-{last:02d}-{first:02d}"


def move(tx: Transaction, one: Disclosure, action: str, note: str | None = None) -> None:
    """Take a disclosure on by an action of the caller, and keep it.

    Raises:
        NotAllowed: the action is for others.
        Refused: the state does not allow it.
    """
    was = one.state
    one.state = DISCLOSURE.apply(was, action, roles=tx.principal.roles)
    one.version += 1
    if action == "change":
        return
    note_change(tx, f"disclosure/{one.id}", {"state": (was, one.state)}, note)
    note_step(tx, one, action, note)


def note_step(tx: Transaction, one: Disclosure, step: str, note: str | None = None) -> None:
    """Keep what was done."""
    tx.session.add(DisclosureEntry(disclosure_id=one.id, step=step, note=note, at=tx.now))


def announce_moved(tx: Transaction, one: Disclosure) -> None:
    """Record the state of a disclosure."""
    tx.record(DisclosureMoved(disclosure_id=one.id, year=one.year, part=one.part, state=one.state))


def _written(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of figures as JSON keeps it: amounts as texts with two places."""
    amounts = ("amount", "budget", "spent", "spent_year")
    return {name: f"{value:.2f}" if name in amounts else value for name, value in row.items()}
