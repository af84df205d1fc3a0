"""The state of applications, for the applicant's home, and their to-dos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models import timeline, todos
from gateway.read_models.tables import STILL_OPEN, ApplicationView, TodoView
from gateway.read_models.upserts import keep_newest
from gateway.read_models.viewer_cache import forget_own
from gateway.read_models.wording import in_words
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_STATE_BY_EVENT = {
    "application_submitted": "submitted",
    "application_reviewed": "unit_reviewed",
    "application_returned": "returned",
    "application_rejected": "rejected",
    "application_withdrawn": "withdrawn",
}
_OPENS = {
    "submitted": "application_review",
    "unit_reviewed": "application_approval",
    "returned": "application_returned",
}
_TODO_KINDS = tuple(_OPENS.values())


def note(tx: Transaction, event: ReceivedEvent) -> None:
    """Store the new state of an application, open the next to-do, close the last one."""
    data = event.data
    state = _STATE_BY_EVENT[event.type]
    row = {
        "application_id": data["application_id"],
        "account_id": data["account_id"],
        "unit_id": data["unit_id"],
        "state": state,
        "at": event.time,
        "sequence": event.sequence,
    }
    keep_newest(tx, ApplicationView, [row], key=["application_id"])
    tx.after_commit(forget_own)
    todos.keep(tx, (_entry(event, kind, open_kind=_OPENS.get(state)) for kind in _TODO_KINDS))
    if data["account_id"] is not None:
        timeline.note(tx, event, subject_id=data["application_id"], account_id=data["account_id"])


def note_approved(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Applicants became members: mark their applications as approved; late events no longer change them."""
    approved = [event for event in events if event.data["application_id"] is not None]
    rows = [
        {
            **{name: event.data[name] for name in ("application_id", "account_id", "unit_id")},
            "state": "approved",
            "at": event.time,
            "sequence": todos.FINAL,
        }
        for event in approved
    ]
    keep_newest(tx, ApplicationView, rows, key=["application_id"])
    tx.after_commit(forget_own)
    done = [
        todos.entry(event, kind, event.data["application_id"], done=True, sequence=todos.FINAL)
        for event in approved
        for kind in _TODO_KINDS
    ]
    todos.keep(tx, done)


def hand_over(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> None:
    """Move waiting applications of a closed unit to another; call this before moving their to-dos."""
    waiting = sa.select(TodoView.subject_id).where(
        STILL_OPEN, TodoView.role.in_(("chair", "officer")), TodoView.unit_id == unit_id
    )
    statement = sa.update(ApplicationView).where(
        ApplicationView.application_id.in_(waiting), ApplicationView.unit_id == unit_id
    )
    tx.session.execute(statement.values(unit_id=to_unit_id).execution_options(synchronize_session=False))


def latest_of(session: Any, account_ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the latest application of each account."""
    rows = session.scalars(
        sa.select(ApplicationView).where(ApplicationView.account_id.in_(account_ids)).order_by(ApplicationView.at)
    )
    return {row.account_id: in_words(row, ("application_id", "unit_id", "state", "at")) for row in rows}


def _entry(event: ReceivedEvent, kind: str, open_kind: str | None) -> dict[str, Any]:
    data = event.data
    if kind != open_kind:
        return todos.entry(event, kind, data["application_id"], done=True)
    if kind == "application_returned":
        whose: dict[str, Any] = {"account_id": data["account_id"]}
    elif kind == "application_review":
        whose = {"role": "chair", "unit_id": data["unit_id"]}
    else:
        whose = {"role": "officer", "unit_id": data["unit_id"]}
    return todos.entry(event, kind, data["application_id"], **whose)
