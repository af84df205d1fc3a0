"""Erases the reasons of changes of standing; privacy decides when."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.standing.tables import LeaveRequest, StandingChange

_SAID = ("reason", "talk_note", "unpaid_since", "inactive_since", "talked_on")


def forget_reasons(tx: Transaction, member_ids: Collection[UUID]) -> None:
    """Forget why standings of these members changed (个人信息保护法 Art. 19); that and when they changed stays."""
    changes = sa.update(StandingChange).where(StandingChange.member_id.in_(member_ids))
    tx.session.execute(changes.values(**dict.fromkeys(_SAID)))
    tx.session.execute(sa.update(LeaveRequest).where(LeaveRequest.member_id.in_(member_ids)).values(reason=None))
