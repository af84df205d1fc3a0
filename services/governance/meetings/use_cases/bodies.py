"""Bodies that meet: listing, adding, changing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.meetings.bodies import MOST_BODIES
from services.governance.meetings import rules
from services.governance.meetings.tables import MeetingBody
from services.governance.meetings.use_cases.store import body_of

_TERMS = ("name", "kind", "unit_id", "post_kinds", "chair_kind")


def list_meeting_bodies(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the bodies by name, all or those in use."""
    statement = sa.select(MeetingBody).order_by(MeetingBody.name).limit(MOST_BODIES)
    if request["active"] is not None:
        statement = statement.where(MeetingBody.active.is_(request["active"]))
    return {"items": list(tx.session.scalars(statement))}


def add_meeting_body(tx: Transaction, request: dict[str, Any]) -> MeetingBody:
    """Add a body.

    Raises:
        Refused: the name is taken, there are too many, or its parts do not fit together.
    """
    tx.lock("meeting-bodies")
    count = tx.session.scalar(sa.select(sa.func.count()).select_from(MeetingBody)) or 0
    refuse_first(rules.bodies_are_few(count, MOST_BODIES), *_refusals(tx, request, None))
    body = MeetingBody(**{name: request[name] for name in _TERMS}, active=True)
    tx.session.add(body)
    tx.session.flush()
    _note(tx, body, {name: (None, request[name]) for name in _TERMS})
    return body


def change_meeting_body(tx: Transaction, request: dict[str, Any]) -> MeetingBody:
    """Replace what a body is; its meetings keep their lists of members."""
    tx.lock("meeting-bodies")
    body = body_of(tx, request["body_id"])
    refuse_first(*_refusals(tx, request, body))
    wanted = {**{name: request[name] for name in _TERMS}, "active": request["active"]}
    _note(tx, body, {name: (getattr(body, name), value) for name, value in wanted.items()})
    for name, value in wanted.items():
        setattr(body, name, value)
    tx.session.flush()
    return body


def _refusals(tx: Transaction, request: dict[str, Any], own: MeetingBody | None) -> tuple[Any, ...]:
    same = tx.session.scalar(sa.select(MeetingBody.id).where(MeetingBody.name == request["name"]))
    return (
        rules.name_is_free(same is not None and (own is None or same != own.id)),
        rules.chair_is_of_the_body(request["chair_kind"], request["post_kinds"]),
        rules.unit_body_has_its_unit(request["kind"], request["unit_id"] is not None),
    )


def _note(tx: Transaction, body: MeetingBody, changed: dict[str, tuple[Any, Any]]) -> None:
    told = {name: tuple(_plain(value) for value in pair) for name, pair in changed.items()}
    note_change(tx, f"meeting_body/{body.id}", told)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | list) or value is None else str(value)
