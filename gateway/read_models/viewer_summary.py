"""What concerns a reader now: registrations, to-dos, unread notices, application; loaded for many readers at once.

Belongs here: batched reading. Not: the content of the page (`home`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from gateway.identity.sessions import SignedIn
from gateway.notices.inbox import UNREAD
from gateway.read_models import activities, applications, entitlements, registrations, todos
from gateway.read_models.tables import TodoView
from gateway.read_models.viewer_cache import remembered
from gateway.rpc.batching import Batcher
from gateway.runtime import Gateway
from gateway.subject import TodoKind, installed
from services.chassis import clock

_BATCHES = "gonghui_own_parts"

_Asker = tuple[UUID, UUID | None]
"""The account and, if it has one, its member; two requests of one account are loaded once."""


@dataclass
class _Loaded:
    """The summaries of several people, by member or account."""

    registrations: dict[UUID, list[dict[str, Any]]]
    entitlements: dict[UUID, dict[str, Any]]
    applications: dict[UUID, dict[str, Any]]
    todos: dict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))
    unread: dict[UUID, int] = field(default_factory=dict)


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
    """Attach the batches to the app."""

    def load(_key: str, askers: list[_Asker]) -> Sequence[dict[str, Any]]:
        with gateway.database.session(readonly=True) as session:
            loaded = _load(session, askers, clock.now())
        kinds = installed(app).todos
        found = [_parts(loaded, kinds, *asker) for asker in askers]
        # In one statement for all, and remembered: pages ask for the activities next, each reader by itself.
        with app.app_context():
            activities.several(_activity_ids(found))
        return found

    app.extensions[_BATCHES] = Batcher(load)


def _activity_ids(found: list[dict[str, Any]]) -> set[UUID]:
    registered = {UUID(one["activity_id"]) for parts in found for one in parts["registrations"]}
    invited = {UUID(one["subject_id"]) for parts in found for one in parts["todos"] if one["kind"] == "invitation"}
    return registered | invited


def of(account: SignedIn) -> dict[str, Any]:
    """Return `registrations`, `todos`, `entitlement_account`, `application` and the number of `unread` notices.

    Don't change the result: it is shared.
    """
    known = remembered.peek(account.account_id)
    if known is not None:
        return known
    batches: Batcher[str, _Asker, dict[str, Any]] = current_app.extensions[_BATCHES]
    generation = remembered.generation
    parts = batches.submit("own", (account.account_id, account.member_id))
    if generation == remembered.generation:
        remembered.put(account.account_id, parts)
    return parts


def _load(session: Any, askers: list[_Asker], now: datetime) -> _Loaded:
    member_ids = [member_id for _, member_id in askers if member_id is not None]
    strangers = [account_id for account_id, member_id in askers if member_id is None]
    loaded = _Loaded(
        registrations=registrations.of_several(session, member_ids, since=now) if member_ids else {},
        entitlements=entitlements.latest_of(session, member_ids) if member_ids else {},
        applications=applications.latest_of(session, strangers) if strangers else {},
    )
    recipients = [one for asker in askers for one in asker if one is not None]
    loaded.unread = {row.recipient_id: row.count for row in session.execute(UNREAD, {"recipient_ids": recipients})}
    given = {"account_ids": [account_id for account_id, _ in askers], "member_ids": member_ids}
    for row in session.execute(_PERSONAL_TODOS, given):
        loaded.todos[row.member_id or row.account_id].append(row)
    return loaded


def _parts(loaded: _Loaded, kinds: Mapping[str, TodoKind], account_id: UUID, member_id: UUID | None) -> dict[str, Any]:
    now = clock.now()
    mine = [*loaded.todos.get(account_id, ())]
    if member_id is not None:
        mine += loaded.todos.get(member_id, ())
    return {
        "registrations": loaded.registrations.get(member_id, []) if member_id else [],
        "entitlement_account": loaded.entitlements.get(member_id) if member_id else None,
        "application": loaded.applications.get(account_id),
        "todos": [todos.resource_of(row, now, kinds) for row in mine],
        "unread": sum(loaded.unread.get(one, 0) for one in (account_id, member_id) if one is not None),
    }
