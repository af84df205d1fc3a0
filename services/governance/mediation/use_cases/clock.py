"""What the days bring: reminders, expiry, the erasure of ended cases; and notices handed over to the gateway."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files
from services.chassis.rules.months import months_before
from services.chassis.rules.optional import count_or_none
from services.contracts.governance.mediation.requests import MOST_NOTICES
from services.contracts.governance.mediation.vocabulary import CLOCKED
from services.governance.mediation.tables import (
    IS_CLOCKED,
    DisputeCase,
    DisputeEntry,
    DisputeHearing,
    DisputePaper,
    DisputeParty,
    PrivateNotice,
)
from services.governance.mediation.use_cases.store import move, subject_of, tell_all

AT_ONCE = 100
Request = Mapping[str, Any]


def remind_of_last_days(tx: Transaction) -> None:
    """Tell the people of the next cases whose last day comes near, once for each last day.

    Without a rule nobody is reminded; the console lists the rule as missing.
    """
    days = count_or_none(tx, "mediation.reminder_days")
    if days is None:
        return
    near = sa.select(DisputeCase).where(
        IS_CLOCKED, DisputeCase.due_on <= tx.today + timedelta(days=days), DisputeCase.reminded.is_(False),
        DisputeCase.state.in_(CLOCKED),
    )  # fmt: skip
    for case in _next(tx, near.order_by(DisputeCase.due_on, DisputeCase.id)):
        case.reminded = True
        tell_all(tx, case)


def expire_cases(tx: Transaction) -> None:
    """End the next cases whose last day has passed; their people are told that arbitration is open."""
    over = sa.select(DisputeCase).where(IS_CLOCKED, DisputeCase.due_on < tx.today, DisputeCase.state.in_(CLOCKED))
    for case in _next(tx, over.order_by(DisputeCase.due_on, DisputeCase.id)):
        move(tx, case, "expire", None, due_on=case.due_on, today=tx.today)
        tell_all(tx, case)


def forget_ended(tx: Transaction) -> None:
    """Erase words, names, papers and looks of the next cases whose time of keeping is over; the counts stay.

    Without a rule everything is kept; the console lists the rule as missing.
    """
    months = count_or_none(tx, "mediation.keep_months")
    if months is None:
        return
    last = months_before(tx.today, months)
    ended = sa.select(DisputeCase).where(
        DisputeCase.closed_on.is_not(None), DisputeCase.forgotten.is_(False), DisputeCase.closed_on <= last
    )
    cases = _next(tx, ended.order_by(DisputeCase.closed_on, DisputeCase.id))
    for case in cases:
        case.claim = case.facts = case.known_on = case.agreement = case.document_number = None
        case.forgotten = True
    ids = [case.id for case in cases]
    if ids:
        for table in (DisputeParty, DisputeHearing, DisputeEntry, DisputePaper):
            gone = sa.delete(table).where(table.dispute_id.in_(ids))
            tx.session.execute(gone.execution_options(synchronize_session=False))
        subjects = [subject_of(case) for case in cases]
        erase_files(tx, subjects)
        erase_logs(tx, subjects)


def list_private_notices(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return whom the gateway is to tell now, in no order that tells what happened."""
    due = sa.select(PrivateNotice).where(PrivateNotice.after <= tx.now).order_by(PrivateNotice.id).limit(MOST_NOTICES)
    return {
        "items": [
            {"id": one.id, "member_id": UUID(one.member_id) if one.member_id else None}
            for one in tx.session.scalars(due)
        ]
    }


def settle_private_notices(tx: Transaction, request: Request) -> dict[str, Any]:
    """Delete notices that were taken over."""
    gone = sa.delete(PrivateNotice).where(PrivateNotice.id.in_(request["ids"]))
    tx.session.execute(gone.execution_options(synchronize_session=False))
    return {}


def _next(tx: Transaction, statement: sa.Select[Any]) -> list[DisputeCase]:
    return list(tx.session.scalars(statement.limit(AT_ONCE).with_for_update(skip_locked=True)))
