"""The home page's data, put together from the views; concurrent askers are loaded together.

What only another service knows (the own name) is asked for within a short deadline, and named under `unavailable` when
it can't be had; the rest of the page stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from gateway.batching import Batcher
from gateway.identity.sessions import SignedIn
from gateway.own_names import own_name
from gateway.runtime import Gateway, gateway
from gateway.views import activities, applications, entitlements, registrations, todos, units
from gateway.views.tables import TodoView
from gateway.views.wording import plain
from services.chassis import clock
from services.chassis.principal import Principal

_BATCHES = "gonghui_homes"
_SHOWN_TODOS = 5
_SHOWN_ACTIVITIES = 5
_NEWCOMER_DAYS = 90


@dataclass
class _Loaded:
    """What the database knows about several people, by member or account."""

    registrations: dict[UUID, list[dict[str, Any]]]
    entitlements: dict[UUID, dict[str, Any]]
    applications: dict[UUID, dict[str, Any]]
    todos: dict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class _Asker:
    """Whose home it is; two requests of one account are one."""

    account_id: UUID
    member_id: UUID | None
    principal: Principal


_PERSONAL_TODOS = (
    todos.open_where(
        [
            TodoView.account_id.in_(sa.bindparam("account_ids", expanding=True)),
            TodoView.member_id.in_(sa.bindparam("member_ids", expanding=True)),
        ]
    )
    .with_only_columns(*TodoView.__table__.c)
    .order_by(TodoView.sort_at)
)


def install(app: Any, gateway: Gateway) -> None:
    """Put the batches within reach of the app's requests."""

    def load(_key: str, askers: list[_Asker]) -> Sequence[dict[str, Any]]:
        with gateway.database.session() as session:
            loaded = _load(session, askers, clock.now())
        return [_own_parts(loaded, asker) for asker in askers]

    app.extensions[_BATCHES] = Batcher(load)


def of(account: SignedIn) -> dict[str, Any]:
    """Return the home of who is signed in, in JSON form (see contracts.gateway.views.Home)."""
    asker = _Asker(account.account_id, account.member_id, account.principal)
    batches: Batcher[str, _Asker, dict[str, Any]] = current_app.extensions[_BATCHES]
    parts = batches.submit("homes", asker)
    mine = parts["registrations"]
    if account.member_id is not None:
        mine = registrations.with_activities(str(account.member_id), mine)
    shared_todos = _shared_todos(account.principal)
    open_todos = sorted([*parts["todos"], *shared_todos["items"]], key=lambda todo: (todo["due_at"] or "9", todo["id"]))
    todo_count = len(parts["todos"]) + shared_todos["count"]
    todos.remember_count(account.principal, todo_count)
    welcome, unavailable = _welcome(account)
    return {
        "welcome": welcome,
        "application": parts["application"],
        "invitations": _invitations(parts["todos"]),
        "entitlement_account": parts["entitlement_account"],
        "next_activities": _next_activities(),
        "my_registrations": mine,
        "todos": open_todos[:_SHOWN_TODOS],
        "todo_count": todo_count,
        "unavailable": unavailable,
    }


def _load(session: Any, askers: list[_Asker], now: datetime) -> _Loaded:
    member_ids = [asker.member_id for asker in askers if asker.member_id is not None]
    strangers = [asker.account_id for asker in askers if asker.member_id is None]
    loaded = _Loaded(
        registrations=registrations.of_several(session, member_ids, since=now) if member_ids else {},
        entitlements=entitlements.latest_of(session, member_ids) if member_ids else {},
        applications=applications.latest_of(session, strangers) if strangers else {},
    )
    account_ids = [asker.account_id for asker in askers]
    for row in session.execute(_PERSONAL_TODOS, {"account_ids": account_ids, "member_ids": member_ids}):
        loaded.todos[row.member_id or row.account_id].append(row)
    return loaded


def _own_parts(loaded: _Loaded, asker: _Asker) -> dict[str, Any]:
    now = clock.now()
    mine = [*loaded.todos.get(asker.account_id, ())]
    if asker.member_id is not None:
        mine += loaded.todos.get(asker.member_id, ())
    return {
        "registrations": loaded.registrations.get(asker.member_id, []) if asker.member_id else [],
        "entitlement_account": loaded.entitlements.get(asker.member_id) if asker.member_id else None,
        "application": loaded.applications.get(asker.account_id),
        "todos": [todos.resource_of(row, now) for row in mine],
    }


def _welcome(account: SignedIn) -> tuple[dict[str, Any] | None, list[str]]:
    """Greet a member by name where membership tells it; say so where it doesn't."""
    if account.member_id is None:
        return None, []
    name, complete = own_name(account.member_id)
    joined_on = account.joined_on
    welcome = {
        "member_id": str(account.member_id),
        "name": name,
        "number": account.number,
        "joined_on": plain(joined_on),
        "is_newcomer": joined_on is not None and (clock.today() - joined_on).days < _NEWCOMER_DAYS,
        "unit": units.by_id().get(str(account.unit_id)) if account.unit_id else None,
    }
    return welcome, [] if complete else ["membership"]


def _invitations(own_todos: list[dict[str, Any]]) -> list[dict[str, Any]]:
    invited = [todo for todo in own_todos if todo["kind"] == "invitation"]
    known = activities.several(UUID(todo["subject_id"]) for todo in invited)
    return [
        {"todo_id": todo["id"], "activity": known[UUID(todo["subject_id"])]}
        for todo in invited
        if UUID(todo["subject_id"]) in known
    ]


def _next_activities() -> list[dict[str, Any]]:
    def load() -> list[dict[str, Any]]:
        filters = {"state": "scheduled", "starts_from": clock.now(), "limit": _SHOWN_ACTIVITIES}
        found: list[dict[str, Any]] = activities.page(filters)["items"]
        return found

    return activities.remembered("next", load)


def _shared_todos(principal: Principal) -> dict[str, Any]:
    """Return what the holders of the asker's roles are to do; the same for all who hold them."""
    conditions = todos.shared_conditions(principal)
    if not conditions:
        return {"items": [], "count": 0}
    roles = frozenset(grant for grant in principal.grants if grant.role in ("officer", "chair"))

    def load() -> dict[str, Any]:
        now = clock.now()
        statement = todos.open_where(conditions)
        with gateway().database.session() as session:
            rows = session.scalars(statement.order_by(TodoView.sort_at, TodoView.id).limit(_SHOWN_TODOS)).all()
            count = session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0
        return {"items": [todos.resource_of(row, now) for row in rows], "count": count}

    found: dict[str, Any] = todos.remembered(("shared", roles), load)
    return found
