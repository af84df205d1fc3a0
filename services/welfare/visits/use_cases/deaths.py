"""What a member's death does to visits, and what becomes of it when the death was a mistake.

Whether an occasion is the condolence is data of its visit type: it covers the standing `deceased`. A death may be heard
of before or after whatever it concerns: what is to be made is cancelled, and the claim of what was made after it is
withdrawn. A visit made before stays payable, also when it is recorded later.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.contracts.welfare.visits.events import VisitAssigned, VisitCancelled, VisitRequired
from services.welfare.payments.use_cases.beneficiaries import beneficiary
from services.welfare.visits import rules
from services.welfare.visits.tables import Visit
from services.welfare.visits.use_cases.store import move, occasion_of, visit_type_of
from services.welfare.visits.workflow import MEMBER_DIED, OPEN_STATES, VISIT

_MADE = ("visited", "claimed", "closed")


def end_with_death(tx: Transaction, member_id: UUID, died_on: date) -> None:
    """Cancel what is still to be made but the condolence, and withdraw claims of what was made after the death."""
    for visit in _visits_for_update(tx, member_id, (*OPEN_STATES, *_MADE)):
        if visit.state in OPEN_STATES:
            _cancel(tx, visit)
        elif visit.visited_on is not None:
            _withdraw(tx, visit, visit.visited_on, died_on)


def undo_death(tx: Transaction, member_id: UUID) -> None:
    """Require again what was cancelled with a death that was a mistake; it has its whole time from now on.

    A claim that was withdrawn meanwhile can be put again.
    """
    for visit in _visits_for_update(tx, member_id, ("cancelled",)):
        if visit.cancel_cause == MEMBER_DIED:
            _require_again(tx, visit)


def _cancel(tx: Transaction, visit: Visit) -> None:
    if rules.is_condolence(occasion_of(visit_type_of(tx, visit))):
        return
    state = VISIT.apply(visit.state, "cancel", roles=None)
    visit.cancel_cause, visit.closed_at = MEMBER_DIED, tx.now
    move(tx, visit, state)
    tx.record(VisitCancelled(visit_id=visit.id, unit_id=visit.unit_id))


def _withdraw(tx: Transaction, visit: Visit, visited_on: date, died_on: date) -> None:
    visit_type = visit_type_of(tx, visit)
    refusal = rules.member_was_alive(occasion_of(visit_type), visited_on, died_on, "visited_on")
    if refusal is None or visit.claim_state not in ("pending", "recorded"):
        return
    tx.record(
        ClaimWithdrawn(
            source_type="visit",
            source_id=visit.id,
            claim=visit.claim,
            unit_id=visit.unit_id,
            benefit_key=visit_type.benefit_key,
            amount=visit.amount,
            form=visit.form,
            spent_on=visited_on,
            beneficiary=beneficiary(visit.member_id, visited_on.year),
            reason_code="after_death",
        )
    )


def _require_again(tx: Transaction, visit: Visit) -> None:
    occasion = occasion_of(visit_type_of(tx, visit))
    state = VISIT.apply(visit.state, "reopen", roles=None)
    visit.cancel_cause = visit.closed_at = visit.overdue_at = visit.escalated_at = visit.reminded_at = None
    visit.due_at = max(visit.due_at, tx.now + occasion.due_within)
    visit.remind_at = rules.remind_at(occasion, tx.now, visit.due_at)
    visit.escalate_at = visit.due_at + occasion.escalate_after
    announced = {"visit_id": visit.id, "unit_id": visit.unit_id, "level": visit.level, "due_at": visit.due_at}
    tx.record(VisitRequired(**announced))
    if visit.assignee_id is not None:
        state = VISIT.apply(state, "assign", roles=None)
        tx.record(VisitAssigned(**announced, assignee_member_id=visit.assignee_id))
    move(tx, visit, state)


def _visits_for_update(tx: Transaction, member_id: UUID, states: tuple[str, ...]) -> list[Visit]:
    statement = (
        sa.select(Visit)
        .where(Visit.member_id == member_id, Visit.state.in_(states))
        .order_by(Visit.id)
        .options(joinedload(Visit.life_event, innerjoin=True))
        .with_for_update(of=Visit)
        .execution_options(populate_existing=True)
    )
    return list(tx.session.scalars(statement))
