"""Decisions about a member as they stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import start_of
from services.chassis.database.transaction import Transaction
from services.welfare.decisions.tables import Decision


def refusals_on(tx: Transaction, kind: str, member_id: UUID, as_of: date, most: int) -> Sequence[Decision]:
    """Return the latest decisions of a kind that refused a member something until the end of a day, newest first."""
    return tx.session.scalars(_until(kind, member_id, as_of).where(Decision.outcome == "refused").limit(most)).all()


def granted_on(tx: Transaction, kind: str, member_id: UUID, as_of: date, most: int) -> dict[UUID, Decision]:
    """Return the last decision of a kind that granted a member something until the end of a day, by its subject."""
    latest: dict[UUID, Decision] = {}
    for one in tx.session.scalars(_until(kind, member_id, as_of).where(Decision.outcome == "granted").limit(most)):
        latest.setdefault(one.subject_id, one)
    return latest


def _until(kind: str, member_id: UUID, as_of: date) -> sa.Select[Any]:
    end = start_of(as_of + timedelta(days=1))
    of_member = sa.select(Decision).where(Decision.member_id == member_id, Decision.decided_at < end)
    return of_member.where(Decision.kind == kind).order_by(Decision.decided_at.desc(), Decision.id.desc())
