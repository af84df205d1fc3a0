"""Retirement calls for a visit by itself: opened when membership announces it, cancelled when it was a mistake."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.welfare.visits.events import VisitCancelled
from services.welfare.members.use_cases.member_copies import member_of
from services.welfare.rulebook.use_cases.visit_types import types_on
from services.welfare.visits import rules
from services.welfare.visits.tables import LifeEvent, Visit
from services.welfare.visits.use_cases.evidence import erase_files_of
from services.welfare.visits.use_cases.reporting import days_reported, keep_event, occasion_index, require_visit
from services.welfare.visits.use_cases.store import move, occasion_of
from services.welfare.visits.workflow import OPEN_STATES, VISIT

OCCASION = "retirement"
RETAINED = "retained"


def on_retired(tx: Transaction, event: ReceivedEvent) -> None:
    """Require the visit of the occasion `retirement`, once; nothing where no such visit is provided for.

    Nothing either where later news is known already, by which the member has not retired after all, or has left: then
    this came late, and what would have cancelled the visit is past.
    """
    member_id, day = event.data["member_id"], event.data["retired_on"]
    visit_type = next((one for one in types_on(tx, tx.today) if one.occasion == OCCASION), None)
    if visit_type is None:
        return
    member = member_of(tx, member_id)
    if member.died_on is not None and member.end_sequence > event.sequence:
        return
    if member.standing_sequence > event.sequence and member.standing != RETAINED:
        return
    index, occasion = occasion_index(member_id, OCCASION, None), occasion_of(visit_type)
    tx.lock(f"life-event-{index}")
    if rules.was_not_reported_before(occasion, day, days_reported(tx, index)) is not None:
        return
    kept = keep_event(tx, member_id, member.unit_id, _report(day), index)
    require_visit(tx, kept, visit_type, visit_type.level)


def on_undone(tx: Transaction, event: ReceivedEvent) -> None:
    """The retirement was a mistake: a visit still to be made is cancelled, and the report counts no more."""
    statement = (
        sa.select(Visit)
        .join(LifeEvent, LifeEvent.id == Visit.life_event_id)
        .where(LifeEvent.occasion_index == occasion_index(event.data["member_id"], OCCASION, None))
        .where(LifeEvent.live_key.is_not(None), Visit.state.in_(OPEN_STATES))
        .options(joinedload(Visit.life_event, innerjoin=True))
        .with_for_update(of=Visit)
    )
    for visit in tx.session.scalars(statement):
        state = VISIT.apply(visit.state, "cancel", roles=None)
        visit.closed_at = tx.now
        erase_files_of(tx, visit)
        visit.life_event.live_key = None
        move(tx, visit, state)
        tx.record(VisitCancelled(visit_id=visit.id, unit_id=visit.unit_id))


def _report(day: date) -> dict[str, Any]:
    return {"occasion": OCCASION, "relation": None, "note": None, "happened_on": day}
