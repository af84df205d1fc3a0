"""Who belongs to a body on a day: asked of membership before the transaction, which then freezes the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.chassis.clock import day_of
from services.chassis.process.runtime import Call
from services.chassis.rpc.idempotency import was_answered
from services.contracts.governance.meetings.bodies import MOST_SEATS
from services.contracts.membership.organisation.operations import list_posts
from services.governance.meetings.tables import MeetingBody
from services.governance.meetings.use_cases.store import body_of, meeting_of

_FOUND = "_members"
"""Where a request keeps what membership answered; no field of its schema, so that its digest is the same."""
_PAGE = 100


class Belonging(NamedTuple):
    """A member of a body, and whether by the post whose holder presides."""

    member_id: UUID
    presides: bool


def ask_for_plan(call: Call, request: dict[str, Any]) -> None:
    """Ask for the members of the body a meeting is planned for."""
    with call.transaction(readonly=True) as tx:
        if was_answered(tx, call.context.idempotency_key):
            return
        body = _asked_of(body_of(tx, request["body_id"]))
    request[_FOUND] = _members(call, body, day_of(request["starts_at"]))


def ask_for_call(call: Call, request: dict[str, Any]) -> None:
    """Ask for the members of a body on the day of a meeting that is called."""
    with call.transaction(readonly=True) as tx:
        if was_answered(tx, call.context.idempotency_key):
            return
        meeting = meeting_of(tx, request["meeting_id"])
        body, day = _asked_of(body_of(tx, meeting.body_id)), day_of(meeting.starts_at)
    request[_FOUND] = _members(call, body, day)


def ask_for_motion(call: Call, request: dict[str, Any]) -> None:
    """Ask whether who makes a motion belongs to the body; officers and chairs need not."""
    principal = call.principal
    if principal.has("officer", "chair") or principal.member_id is None:
        return
    with call.transaction(readonly=True) as tx:
        if was_answered(tx, call.context.idempotency_key):
            return
        body, today = _asked_of(body_of(tx, request["body_id"])), tx.today
    held = _posts(call, {"member_id": str(principal.member_id), "held_on": today.isoformat()})
    request[_FOUND] = [Belonging(UUID(str(post["member_id"])), False) for post in held if _belongs(body, post)]


def found_in(request: dict[str, Any]) -> list[Belonging]:
    """Return what membership answered for a request."""
    found: list[Belonging] = request.get(_FOUND, [])
    return found


def _asked_of(body: MeetingBody) -> dict[str, Any]:
    return {name: getattr(body, name) for name in ("unit_id", "post_kinds", "chair_kind")}


def _members(call: Call, body: dict[str, Any], on: date) -> list[Belonging]:
    """Return the members of a body, who presides first, then by the order of its posts."""
    found: dict[UUID, Belonging] = {}
    kinds = sorted(body["post_kinds"], key=lambda kind: kind != body["chair_kind"])
    for kind in kinds:
        asked = {"kind": kind, "held_on": on.isoformat()}
        if body["unit_id"] is not None:
            asked["unit_id"] = str(body["unit_id"])
        for post in _posts(call, asked):
            member_id = UUID(str(post["member_id"]))
            found.setdefault(member_id, Belonging(member_id, kind == body["chair_kind"]))
            if len(found) > MOST_SEATS:
                return list(found.values())
    return list(found.values())


def _belongs(body: dict[str, Any], post: dict[str, Any]) -> bool:
    in_place = body["unit_id"] is None or str(body["unit_id"]) == str(post["unit_id"])
    return in_place and post["kind"] in body["post_kinds"]


def _posts(call: Call, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = call.rpc(list_posts, {**asked, "limit": _PAGE, "cursor": cursor})
        yield from page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return
