"""Erasing what attendance tells about a former member beside figures: notes and reasons."""

from __future__ import annotations

import sqlalchemy as sa

from services.activities.check_in.tables import Attendance, DeskHelper
from services.activities.check_in.use_cases import store
from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def forget_attendance(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase notes, which may mention an illness, and the reasons of changes; what stays are figures."""
    member_id = event.data["member_id"]
    mine = Attendance.member_id == member_id
    ids = tx.session.scalars(sa.select(Attendance.id).where(mine)).all()
    tx.session.execute(sa.update(Attendance).where(mine).values(note=None))
    tx.session.execute(sa.delete(DeskHelper).where(DeskHelper.member_id == member_id))
    erase_logs(tx, [store.subject_of(one) for one in ids])
