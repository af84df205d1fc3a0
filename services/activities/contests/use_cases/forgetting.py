"""What is erased of former members: whose entry or sheets it was; scores and ranks stay as figures."""

from __future__ import annotations

import sqlalchemy as sa

from services.activities.contests.tables import ContestEntry, ContestJudge, ContestSheet, SteppedAside
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def forget_contests(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase who took part or judged, and what a former judge wrote in words."""
    member_id = event.data["member_id"]
    judged = sa.select(ContestJudge.id).where(ContestJudge.member_id == member_id).scalar_subquery()
    statements = (
        sa.update(ContestSheet).where(ContestSheet.judge_id.in_(judged)).values(comment=None),
        sa.update(SteppedAside).where(SteppedAside.judge_id.in_(judged)).values(reason=None),
        sa.update(ContestJudge).where(ContestJudge.member_id == member_id).values(member_id=None, unit_id=None),
        sa.update(ContestEntry).where(ContestEntry.member_id == member_id).values(
            member_id=None, unit_id=None, reason=None
        ),
    )  # fmt: skip
    for statement in statements:
        tx.session.execute(statement.execution_options(synchronize_session=False))
