"""Counting a unit's cash: two persons find the sum of the list, then its gifts are confirmed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.security.principal import require_unit
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.charity import rules
from services.welfare.charity.tables import CashCount, Gift
from services.welfare.charity.use_cases.store import confirm, drive_of, gifts_in, tell_of_cash


def count_cash(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep a count; when it is what another person counted before and the sum of the list, the gifts are confirmed.

    Otherwise it takes the place of the count before, and another person counts next. Neither the sum of the list nor
    the count before is told, so that the cash is counted.

    Raises:
        Refused: there is no cash.
    """
    require_unit(tx.principal, request["unit_id"])
    drive = drive_of(tx, request["drive_id"], lock=True)
    cash = Gift.unit_id == request["unit_id"], Gift.way == "cash", Gift.state == "noted"
    gifts, who = gifts_in(tx, drive.id, *cash), _counter(tx)
    refuse_first(rules.cash_is_there(len(gifts)))
    waits = CashCount.drive_id == drive.id, CashCount.unit_id == request["unit_id"], CashCount.second_by.is_(None)
    count = tx.session.scalars(sa.select(CashCount).where(*waits)).one_or_none()
    listed = sum((one.amount or Decimal(0) for one in gifts), Decimal(0))
    if count is not None and rules.counts_agree(count.first_by, who, count.counted, request["counted"], listed):
        count.second_by, count.second_at, count.gifts = who, tx.now, len(gifts)
        note_change(tx, f"cash_count/{count.id}", {"second_by": (None, str(who))})
        confirm(tx, gifts)
        tell_of_cash(tx, drive.id, request["unit_id"], waited=True)
        return _reply(count)
    count = count or CashCount(drive_id=drive.id, unit_id=request["unit_id"])
    count.counted, count.gifts, count.first_by, count.first_at = request["counted"], len(gifts), who, tx.now
    tx.session.add(count)
    tx.session.flush()
    return _reply(count)


def list_cash_counts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of counts, newest first."""
    statement = sa.select(CashCount).where(CashCount.drive_id == request["drive_id"])
    statement = in_seen_units(statement, CashCount.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(CashCount.id, "desc")])
    return page.reply([_reply(one) for one in page.rows])


def _counter(tx: Transaction) -> UUID:
    if tx.principal.account_id is None:
        raise NotAllowed("A person counts.", rule="charity.a_person_counts")
    return tx.principal.account_id


def _reply(count: CashCount) -> dict[str, Any]:
    """Return a count; the sum of the first is not told before the second has counted."""
    names = ("id", "drive_id", "unit_id", "gifts", "first_at", "second_at")
    told = {name: getattr(count, name) for name in names}
    return {**told, "counted": count.counted if count.second_by is not None else None}
