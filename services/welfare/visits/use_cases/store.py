"""Loading visits for a change, and keeping each step with its change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, PreconditionFailed
from services.welfare.rulebook.use_cases.visit_types import VisitType, type_begun_with
from services.welfare.visits.rules import Occasion
from services.welfare.visits.tables import LifeEvent, Visit, VisitEvidence


def load_visit(tx: Transaction, visit_id: UUID, *, version: int | None = None, to_change: bool = False) -> Visit:
    """Return a visit with its life event.

    Args:
        tx: the transaction.
        visit_id: which visit.
        version: the version that the caller read, if given.
        to_change: lock the row until the transaction ends.

    Raises:
        NotFound: there is none.
        PreconditionFailed: it was changed since the caller read it.
    """
    statement = sa.select(Visit).where(Visit.id == visit_id).options(joinedload(Visit.life_event, innerjoin=True))
    if to_change:
        statement = statement.with_for_update(of=Visit).execution_options(populate_existing=True)
    visit = tx.session.scalars(statement).one_or_none()
    if visit is None:
        raise NotFound("There is no such visit.", field="visit_id")
    if version is not None and version != visit.version:
        raise PreconditionFailed("The visit was changed since you looked.", params={"version": visit.version})
    return visit


def load_life_event(tx: Transaction, life_event_id: UUID) -> LifeEvent:
    """Return a life event. Raises `NotFound` when there is none."""
    return tx.get(LifeEvent, life_event_id, "There is no such life event.", field="life_event_id")


def evidence_of(tx: Transaction, visit: Visit) -> list[VisitEvidence]:
    """Return a visit's evidence, oldest first."""
    statement = sa.select(VisitEvidence).where(VisitEvidence.visit_id == visit.id).order_by(VisitEvidence.id)
    return list(tx.session.scalars(statement))


def visit_type_of(tx: Transaction, visit: Visit) -> VisitType:
    """Return the type a visit was begun with."""
    reported_on = day_of(visit.life_event.reported_at)
    return type_begun_with(tx, visit.type_id, visit.life_event.occasion, reported_on)


def occasion_of(visit_type: VisitType) -> Occasion:
    """Return what the rules look at in a visit type."""
    return Occasion(
        due_within=timedelta(hours=visit_type.due_within_hours),
        escalate_after=timedelta(hours=visit_type.escalate_after_hours),
        evidence_needed=tuple(visit_type.evidence_needed),
        evidence_to_close=tuple(visit_type.evidence_to_close),
        relations=tuple(visit_type.relations),
        standings=tuple(visit_type.standings),
        ahead_days=visit_type.ahead_days,
        apart_days=visit_type.apart_days,
        back_days=visit_type.back_days,
        remind_before=timedelta(hours=visit_type.remind_before_hours),
        union_posts=tuple(visit_type.union_posts or ()),
    )


def add_evidence(tx: Transaction, visit: Visit, given: Iterable[dict[str, Any]], *, late: bool) -> None:
    """Keep pieces of evidence with a visit."""
    for piece in given:
        tx.session.add(
            VisitEvidence(
                visit_id=visit.id,
                kind=piece["kind"],
                text=piece["text"],
                file_id=piece.get("file_id"),
                people_shown=piece.get("people_shown"),
                late=late,
                recorded_at=tx.now,
                recorded_by=tx.principal.account_id,
            )
        )
    tx.session.flush()


def move(tx: Transaction, visit: Visit, state: str) -> None:
    """Take a visit to a state, and keep the step with who took it; no reason, for history is not encrypted."""
    note_change(tx, subject_of(visit), {"state": (visit.state, state)})
    visit.state = state
    visit.version += 1


def note_step(tx: Transaction, visit: Visit, step: str) -> None:
    """Keep a step that leaves the state as it is."""
    note_change(tx, subject_of(visit), {"step": (None, step)})
    visit.version += 1


def subject_of(visit: Visit) -> str:
    """Return the name a visit's changes are kept under."""
    return f"visit/{visit.id}"


def life_event_subject(life_event_id: UUID) -> str:
    """Return the name under which looks at a life event's protected fields are kept."""
    return f"life_event/{life_event_id}"
