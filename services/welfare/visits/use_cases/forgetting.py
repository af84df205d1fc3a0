"""Forgetting what is said and shown of a former member whose data's time is over; visits and sums stay."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.files.storage import erase_files
from services.welfare.visits.tables import LifeEvent, RemovedEvidence, Visit, VisitEvidence
from services.welfare.visits.use_cases.store import life_event_subject

_FORGOTTEN = "—"


def subjects_of_member(tx: Transaction, member_id: UUID) -> list[str]:
    """Return the names under which looks at a member's life events are kept."""
    ids = tx.session.scalars(sa.select(LifeEvent.id).where(LifeEvent.member_id == member_id))
    return [life_event_subject(one) for one in ids]


def on_member_anonymised(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase what life events and visits of a member say in words, and their logs."""
    member_id = event.data["member_id"]
    events = tx.session.scalars(sa.select(LifeEvent.id).where(LifeEvent.member_id == member_id)).all()
    if not events:
        return
    visits = tx.session.scalars(sa.select(Visit.id).where(Visit.life_event_id.in_(events))).all()
    tx.session.execute(sa.update(LifeEvent).where(LifeEvent.id.in_(events)).values(relation=None, note=None))
    forgotten = {"text": _FORGOTTEN, "file_id": None, "people_shown": None}
    tx.session.execute(sa.update(VisitEvidence).where(VisitEvidence.visit_id.in_(visits)).values(**forgotten))
    tx.session.execute(sa.update(RemovedEvidence).where(RemovedEvidence.visit_id.in_(visits)).values(reason=None))
    erase_files(tx, [f"visit/{one}" for one in visits])
    tx.session.execute(sa.update(Visit).where(Visit.id.in_(visits)).values(cancel_reason=None))
    erase_logs(tx, [*(f"life_event/{one}" for one in events), *(f"visit/{one}" for one in visits)])
