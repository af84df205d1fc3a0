"""What the clock does to claims that have not reached the provider: a reminder before the deadline, and one after."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.mutual_aid.events import MutualAidClaimDue
from services.contracts.welfare.mutual_aid.vocabulary import OPEN_CLAIMS
from services.welfare.mutual_aid.tables import Claim

BATCH = 200


def watch_claim_deadlines(tx: Transaction) -> None:
    """Announce, once each, claims whose deadline is near and claims whose deadline has passed."""
    for claim in _open(tx, Claim.remind_on <= tx.today, Claim.reminded_at.is_(None)):
        claim.reminded_at = tx.now
        tx.record(_due(claim, overdue=False))
    tx.session.flush()
    for claim in _open(tx, Claim.remind_on <= tx.today, Claim.due_on < tx.today, Claim.overdue_at.is_(None)):
        claim.overdue_at = tx.now
        tx.record(_due(claim, overdue=True))


def _due(claim: Claim, *, overdue: bool) -> MutualAidClaimDue:
    return MutualAidClaimDue(
        claim_id=claim.id, member_id=claim.member_id, unit_id=claim.unit_id, state=claim.state, due_on=claim.due_on,
        overdue=overdue,
    )  # fmt: skip


def _open(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> list[Claim]:
    statement = (
        sa.select(Claim)
        .where(Claim.state.in_(OPEN_CLAIMS), *conditions)
        .order_by(Claim.remind_on, Claim.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return list(tx.session.scalars(statement))
