"""Asking units to file: this year's by itself, an earlier one's by an officer; and reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, Refused, refuse_first
from services.chassis.rules.optional import count_or_none
from services.contracts.governance.unit_congresses import events
from services.contracts.governance.unit_congresses.vocabulary import UNITS_TURN
from services.governance.members.use_cases.copies import headcounts
from services.governance.unit_congresses import rules
from services.governance.unit_congresses.tables import UnitFiling
from services.governance.unit_congresses.use_cases.store import PLAN_DUE, announce, last_day, note_step

REMINDER_DAYS = "unit_congress.reminder_days"
_AT_ONCE = 200


def open_filings(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask every unit that has members and was not asked yet to file for a year.

    Raises:
        Refused: the year has not begun, or the rule's last day is no day.
        NoRuleInForce: a rule about the days is missing.
    """
    refuse_first(rules.year_can_open(request["year"], tx.today))
    return {"year": request["year"], "opened": len(_opened(tx, request["year"]))}


def open_this_year(tx: Transaction) -> None:
    """Ask the units to file for this year. Without a rule nobody is asked; the console lists the rule as missing."""
    try:
        _opened(tx, tx.today.year)
    except (NoRuleInForce, Refused):
        return


def remind(tx: Transaction) -> None:
    """Tell of filings whose last day is near, and of those whose last day has passed; each once for its day."""
    _tell(tx, UnitFiling.reminded, UnitFiling.due_on >= tx.today, UnitFiling.due_on <= _near(tx))
    _tell(tx, UnitFiling.overdue_told, UnitFiling.due_on < tx.today)


def _opened(tx: Transaction, year: int) -> list[UnitFiling]:
    units = headcounts(tx)
    known = set(tx.session.scalars(sa.select(UnitFiling.unit_id).where(UnitFiling.year == year)))
    new = sorted(units.keys() - known)
    if not new:
        return []
    tx.lock(f"filings-{year}")
    known = set(tx.session.scalars(sa.select(UnitFiling.unit_id).where(UnitFiling.year == year)))
    due_on = last_day(tx, year, PLAN_DUE)
    past = year < tx.today.year
    rows = [
        UnitFiling(unit_id=unit, year=year, state="awaited", asked_on=tx.today, due_on=due_on, late=False,
                   reminded=past, overdue_told=past)
        for unit in new if unit not in known
    ]  # fmt: skip
    tx.session.add_all(rows)
    tx.session.flush()
    for row in rows:
        note_step(tx, row, "open")
    announce(tx, events.FilingOpened, *rows)
    return rows


def _tell(tx: Transaction, told: Any, *when: Any) -> None:
    due = sa.select(UnitFiling).where(UnitFiling.state.in_(UNITS_TURN), told.is_(False), *when)
    ordered = due.order_by(UnitFiling.due_on, UnitFiling.id).limit(_AT_ONCE).with_for_update(skip_locked=True)
    overdue = told is UnitFiling.overdue_told
    for filing in tx.session.scalars(ordered):
        filing.reminded, filing.overdue_told = True, overdue
        announce(tx, events.FilingOverdue if overdue else events.FilingDue, filing)


def _near(tx: Transaction) -> Any:
    return tx.today + timedelta(days=count_or_none(tx, REMINDER_DAYS) or 0)
