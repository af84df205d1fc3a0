"""What the days bring: steps that are overdue are told once, and the words of ended requests are erased."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.requests.events import RequestOverdue
from services.welfare.requests.tables import MemberRequest
from services.welfare.requests.use_cases.forgetting import erase
from services.welfare.requests.use_cases.store import announced

AT_ONCE = 100


def tell_overdue(tx: Transaction) -> None:
    """Announce the next steps whose last day passed."""
    late = sa.select(MemberRequest).where(
        MemberRequest.due_on.is_not(None), MemberRequest.due_on < tx.today, MemberRequest.overdue_told.is_(False)
    )
    ordered = late.order_by(MemberRequest.due_on, MemberRequest.id).limit(AT_ONCE)
    for one in tx.session.scalars(ordered.with_for_update(skip_locked=True)).all():
        one.overdue_told = True
        tx.record(RequestOverdue(**announced(one)))


def forget_ended(tx: Transaction) -> None:
    """Erase the words, files and logs of the next requests whose time of keeping is over."""
    over = sa.select(MemberRequest).where(MemberRequest.forget_on.is_not(None), MemberRequest.forget_on <= tx.today)
    ordered = over.order_by(MemberRequest.forget_on).limit(AT_ONCE)
    erase(tx, tx.session.scalars(ordered.with_for_update(skip_locked=True)).all())
