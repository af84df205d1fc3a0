"""Clerks who left office: who holds one today is asked of membership before the transaction that hands a case over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from services.chassis.clock import today
from services.chassis.process.runtime import Call
from services.chassis.rpc.idempotency import was_answered
from services.contracts.membership.organisation.operations import list_posts
from services.contracts.membership.organisation.posts import ROLE_OF_POST

_FOUND = "_in_office"
"""Where a request keeps what membership answered; no field of its schema, so that its digest is the same."""
_PAGE = 100
_OFFICER_POSTS = tuple(kind for kind, role in ROLE_OF_POST.items() if role == "officer")


def ask_who_is_in_office(call: Call, request: dict[str, Any]) -> None:
    """Ask who may keep a case today."""
    with call.transaction(readonly=True) as tx:
        if was_answered(tx, call.context.idempotency_key):
            return
    request[_FOUND] = {member_id for kind in _OFFICER_POSTS for member_id in _holders(call, kind)}


def in_office(request: Mapping[str, Any]) -> set[UUID]:
    """Return who holds the office of a clerk, as membership answered."""
    found: set[UUID] = request[_FOUND]
    return found


def _holders(call: Call, kind: str) -> Iterator[UUID]:
    cursor = None
    while True:
        asked = {"kind": kind, "held_on": today().isoformat(), "limit": _PAGE, "cursor": cursor}
        page = call.rpc(list_posts, asked)
        yield from (UUID(str(post["member_id"])) for post in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            return
