"""The table of permissions: every route with the roles of its operation and their reach; nothing is said twice.

The contracts declare roles and reach, the subjects the addresses. Documents, pages, API and tests read this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gateway.http.routes import Route
from gateway.identity.current import current_principal
from gateway.own_operations import checked_request
from gateway.subject import Subject, installed
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.chassis.schema import ACCOUNT, PROGRAM, PUBLIC, Operation, Reach
from services.chassis.security.principal import Principal, may_call
from services.contracts.gateway import permissions as contract


@dataclass(frozen=True)
class Permission:
    """One route as a row of the table."""

    subject: str
    route: Route

    @property
    def operation(self) -> Operation:
        """What the route asks for."""
        return self.route.operation

    @cached_property
    def grants(self) -> tuple[tuple[str, Reach], ...]:
        """Roles, scopes and kinds of callers with their reach, in the order of the vocabulary."""
        return tuple(
            (role, self.operation.reaches[role]) for role in contract.HOLDERS if role in self.operation.reaches
        )

    def grants_for(self, principal: Principal) -> tuple[tuple[str, Reach], ...]:
        """Return the grants by which somebody may call it; empty when they may not."""
        if not may_call(principal, self.operation):
            return ()
        mine = {PUBLIC, *principal.roles, *({"account": [ACCOUNT], "program": [PROGRAM]}.get(principal.kind, []))}
        return tuple((role, reach) for role, reach in self.grants if role in mine)


def table(subjects: Iterable[Subject]) -> tuple[Permission, ...]:
    """Return the rows of all routes, in the order of the subjects."""
    return tuple(Permission(subject.name, route) for subject in subjects for route in subject.routes)


def answer(operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one of the two queries. Raises `Problem`: who asks may not, or the input is not valid."""
    request = checked_request(operation, payload)
    own = operation is contract.list_own_permissions
    reader = current_principal()
    grants: Callable[[Permission], tuple[tuple[str, Reach], ...]] = (
        (lambda row: row.grants_for(reader)) if own else (lambda row: row.grants)
    )
    found = [_shown(row, grants(row)) for row in table(installed()) if grants(row) and _fits(row, grants(row), request)]
    return _page(found, request)


def _fits(row: Permission, grants: tuple[tuple[str, Reach], ...], wanted: Mapping[str, Any]) -> bool:
    operation, q = row.operation, (wanted["q"] or "").casefold()
    return (
        wanted["subject"] in (None, row.subject)
        and wanted["kind"] in (None, operation.kind)
        and any(wanted["role"] in (None, role) and wanted["reach"] in (None, reach) for role, reach in grants)
        and any(q in text.casefold() for text in (operation.title, operation.doc, row.route.path))
    )


def _shown(row: Permission, grants: tuple[tuple[str, Reach], ...]) -> dict[str, Any]:
    operation = row.operation
    return {
        "id": operation.id,
        "subject": row.subject,
        "title": operation.title,
        "title_en": operation.doc,
        "kind": operation.kind,
        "method": row.route.method,
        "path": "/api/v1" + row.route.path,
        "grants": [{"role": role, "reach": reach} for role, reach in grants],
        "delegable": operation.delegable,
    }


def _page(found: list[dict[str, Any]], request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rows behind the one that the cursor names."""
    start, cursor = 0, request["cursor"]
    if cursor:
        start = next((place for place, row in enumerate(found, 1) if row["id"] == cursor), 0)
        if not start:
            raise InvalidInput(InputError("input.cursor_unknown", "The cursor is not one of ours."), field="cursor")
    items = found[start : start + request["limit"]]
    more = start + len(items) < len(found)
    return {"items": items, "next_cursor": items[-1]["id"] if more else None, "total": len(found)}
