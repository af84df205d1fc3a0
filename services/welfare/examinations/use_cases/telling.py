"""Announcing how far campaigns are: who came, how many of each unit have no appointment, which wait to be closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.examinations.events import (
    ExaminationProgressed,
    ExaminationToClose,
    ExaminationUnbooked,
)
from services.welfare.examinations import rules
from services.welfare.examinations.tables import Examination, ExaminationSlot, UnbookedTold
from services.welfare.examinations.use_cases.figures import by_unit, figures_of, in_all

_AT_ONCE = 20


def tell_progress(tx: Transaction) -> None:
    """Announce what has changed of each campaign that is open."""
    going_on = sa.select(Examination).where(Examination.state == "open").order_by(Examination.id.desc())
    for examination in tx.session.scalars(going_on.limit(_AT_ONCE).with_for_update(skip_locked=True)):
        tell_progress_of(tx, examination)


def tell_progress_of(tx: Transaction, examination: Examination) -> None:
    """Announce what has changed of a locked campaign."""
    units = by_unit(tx, examination.id)
    _tell_attended(tx, examination, figures_of(in_all(units)))
    unbooked = {unit_id: figures_of(states)["unbooked"] for unit_id, states in units.items()}
    can_book = rules.can_be_told(examination.state, examination.book_until, tx.today)
    _tell_unbooked(tx, examination, unbooked if can_book else {})
    _tell_whether_it_waits(tx, examination)


def _tell_attended(tx: Transaction, examination: Examination, figures: Mapping[str, int]) -> None:
    told = f"{figures['attended']}/{figures['eligible']}"
    if told == examination.progress_told:
        return
    examination.progress_told = told
    tx.record(
        ExaminationProgressed(
            examination_id=examination.id,
            year=examination.year,
            kind=examination.kind,
            eligible=figures["eligible"],
            attended=figures["attended"],
        )
    )


def _tell_unbooked(tx: Transaction, examination: Examination, unbooked: Mapping[UUID, int]) -> None:
    """Announce the numbers that differ from those announced before."""
    statement = sa.select(UnbookedTold).where(UnbookedTold.examination_id == examination.id)
    told = {row.unit_id: row for row in tx.session.scalars(statement)}
    changed: list[dict[str, Any]] = []
    for unit_id in sorted({*told, *unbooked}):
        row, now = told.get(unit_id), unbooked.get(unit_id, 0)
        before = row.unbooked if row is not None else 0
        if now == before:
            continue
        changed.append({"unit_id": unit_id, "unbooked": now, "before": before})
        if row is None:
            tx.session.add(UnbookedTold(examination_id=examination.id, unit_id=unit_id, unbooked=now))
        elif now:
            row.unbooked = now
        else:
            tx.session.delete(row)
    about = {"examination_id": examination.id, "book_until": examination.book_until}
    tx.record(*(ExaminationUnbooked(**about, **one) for one in changed))


def _tell_whether_it_waits(tx: Transaction, examination: Examination) -> None:
    waits = rules.waits_to_be_closed(
        examination.state, examination.book_until, _last_end(tx, examination), tx.today, tx.now
    )
    if waits != examination.waits:
        examination.waits = waits
        tx.record(ExaminationToClose(examination_id=examination.id, open=waits))


def _last_end(tx: Transaction, examination: Examination) -> datetime | None:
    booked = ExaminationSlot.examination_id == examination.id, ExaminationSlot.booked > 0
    last: datetime | None = tx.session.scalar(sa.select(sa.func.max(ExaminationSlot.ends_at)).where(*booked))
    return last
