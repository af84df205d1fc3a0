"""To-dos of a reader by kind: how many of each, how many late, the most urgent of each; and which one is the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from gateway.read_models import todos
from gateway.read_models.tables import TodoView
from gateway.runtime import gateway
from gateway.subject import installed
from services.chassis import clock
from services.chassis.security.principal import Principal

_SHOWN_OF_EACH = 5


def of(principal: Principal, *, each: int = _SHOWN_OF_EACH) -> list[dict[str, Any]]:
    """Return the reader's to-dos by kind, in one statement: `kind`, `count`, `overdue`, and its first `items`.

    The kind whose first entry is due first comes first; kinds without due times follow, the oldest entry first.

    Args:
        principal: the reader.
        each: how many entries of a kind are returned.
    """
    statement = todos.open_for(principal)
    if statement is None:
        return []
    now = clock.now()
    late = sa.or_(TodoView.overdue, sa.and_(TodoView.due_at.is_not(None), TodoView.due_at < now))
    kind = TodoView.kind
    ranked = statement.add_columns(
        sa.func.row_number().over(partition_by=kind, order_by=todos.URGENCY).label("place"),
        sa.func.count().over(partition_by=kind).label("count"),
        sa.func.sum(sa.case((late, 1), else_=0)).over(partition_by=kind).label("late"),
    ).subquery()
    entry = aliased(TodoView, ranked)
    chosen = sa.select(entry, ranked.c.count, ranked.c.late).where(ranked.c.place <= each).order_by(ranked.c.place)
    with gateway().database.session(readonly=True) as session:
        rows = session.execute(chosen).all()
    kinds = installed().todos
    groups: dict[str, dict[str, Any]] = {}
    for row, count, overdue in rows:
        group = groups.setdefault(row.kind, {"kind": row.kind, "count": count, "overdue": int(overdue), "items": []})
        group["items"].append(todos.resource_of(row, now, kinds))
    return sorted(groups.values(), key=_urgency)


def next_of(principal: Principal, kinds: tuple[str, ...], subject_id: UUID) -> tuple[dict[str, Any] | None, int]:
    """Return the to-do of these kinds that follows the one about a subject, and how many others there are.

    It is the next in the order of urgency, at the end the first again; the one about the subject itself never.
    """
    statement = todos.open_for(principal)
    if statement is None:
        return None, 0
    others = statement.where(TodoView.kind.in_(kinds), TodoView.subject_id != subject_id)
    keys = [f"{kind}:{subject_id}" for kind in kinds]
    place = sa.select(TodoView.sort_at, TodoView.id).where(TodoView.key.in_(keys)).order_by(TodoView.sort_at.desc())
    with gateway().database.session(readonly=True) as session:
        own = session.execute(place.limit(1)).first()
        row = session.scalar(others.order_by(*_passed(own), *todos.URGENCY).limit(1))
        count = session.scalar(todos.counting(others)) or 0
    return (None if row is None else todos.resource_of(row, clock.now(), installed().todos)), count


def _passed(own: Sequence[Any] | None) -> list[sa.ColumnElement[int]]:
    """Return what sorts the entries before one behind all others; entries of one moment are told apart by their ids."""
    if own is None:
        return []
    columns = TodoView.sort_at, TodoView.id
    values = [sa.literal(value, column.type) for column, value in zip(columns, own, strict=True)]
    return [sa.case((sa.tuple_(*columns) < sa.tuple_(*values), 1), else_=0)]


def _urgency(group: dict[str, Any]) -> tuple[bool, str]:
    first = group["items"][0]
    return first["due_at"] is None, first["due_at"] or first["since"]
