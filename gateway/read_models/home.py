"""The data of the home page, from the views; concurrent readers are loaded in one batch.

The own name is read from membership with a short deadline; without answer `unavailable` names the service, and the rest
of the page is shown.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gateway.identity.sessions import SignedIn
from gateway.read_models import activities, registrations, todos, units, viewer_summary
from gateway.read_models.wording import plain
from gateway.rpc.viewer_name import own_name
from gateway.runtime import gateway
from gateway.subject import installed
from services.chassis import clock
from services.chassis.security.principal import Principal

_SHOWN_TODOS = 5
_SHOWN_ACTIVITIES = 5
_NEWCOMER_DAYS = 90


def of(account: SignedIn) -> dict[str, Any]:
    """Return the home of the signed-in account, in JSON form (see contracts.gateway.views.Home)."""
    parts = viewer_summary.of(account)
    mine = parts["registrations"]
    if account.member_id is not None:
        mine = registrations.with_activities(str(account.member_id), mine)
    shared_todos = _shared_todos(account.principal)
    open_todos = sorted([*parts["todos"], *shared_todos["items"]], key=lambda todo: (todo["due_at"] or "9", todo["id"]))
    welcome, unavailable = _welcome(account)
    return {
        "welcome": welcome,
        "application": parts["application"],
        "invitations": _invitations(parts["todos"]),
        "entitlement_account": parts["entitlement_account"],
        "next_activities": _next_activities(),
        "my_registrations": mine,
        "todos": open_todos[:_SHOWN_TODOS],
        "todo_count": len(parts["todos"]) + shared_todos["count"],
        "unavailable": unavailable,
    }


def todo_count(account: SignedIn) -> int:
    """Return the number of a person's open to-dos, also those of the person's roles; every page shows it."""
    return len(viewer_summary.of(account)["todos"]) + int(_shared_todos(account.principal)["count"])


def _welcome(account: SignedIn) -> tuple[dict[str, Any] | None, list[str]]:
    """Add the member's name, or `unavailable` if membership does not answer."""
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
    """Return the to-dos of the reader's roles; they are the same for all holders."""
    conditions = todos.shared_conditions(principal)
    if not conditions:
        return {"items": [], "count": 0}
    roles = frozenset(grant for grant in principal.grants if grant.role in ("officer", "chair"))

    def load() -> dict[str, Any]:
        now = clock.now()
        statement = todos.open_where(conditions)
        with gateway().database.session(readonly=True) as session:
            rows = session.scalars(statement.order_by(*todos.URGENCY).limit(_SHOWN_TODOS)).all()
            count = session.scalar(todos.counting(statement)) or 0
        return {"items": [todos.resource_of(row, now, installed().todos) for row in rows], "count": count}

    found: dict[str, Any] = todos.remembered(("shared", roles), load)
    return found
