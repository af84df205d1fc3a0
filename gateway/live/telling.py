"""Telling open pages of changes: what the read models and handlers call after a commit.

A message goes to the streams of this process and, by the broadcast, to those of the other replicas. Seats of an
activity are told twice a second at most: in a rush they change hundreds of times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import eventlet

from gateway.live.hub import ALL, HUB, Message
from gateway.rpc import invalidations
from services.chassis.identifiers import uuid7

SEATS_SECONDS = 0.5
"""Seconds during which changes of seats are collected."""
_WORD = "live"
_SEATS = ("seats_taken", "seats_left", "waiting")

_seats: dict[str, dict[str, Any]] = {}


def tell(messages: Iterable[Message]) -> None:
    """Pass messages to the streams of all replicas."""
    told = list(messages)
    if not told:
        return
    HUB.distribute(told)
    invalidations.tell(_WORD, [message.to_item() for message in told])


def message(topic: str, audience: tuple[str, ...], key: str = "", **data: Any) -> Message:
    """Return a new message."""
    return Message(str(uuid7()), topic, audience, key, data)


def tell_seats(figures: Iterable[Mapping[str, Any]]) -> None:
    """Tell of the seats of activities, soon: the latest figures of each.

    Args:
        figures: `activity_id`, `seats_taken`, `seats_left`, `waiting`, and `figures_sequence`, by which the latest is
            known.
    """
    begins = not _seats
    for one in figures:
        known = _seats.get(str(one["activity_id"]))
        if known is None or known["figures_sequence"] < one["figures_sequence"]:
            _seats[str(one["activity_id"])] = dict(one)
    if begins and _seats:
        eventlet.spawn_after(SEATS_SECONDS, flush_seats)


def flush_seats() -> None:
    """Tell of the seats that were collected."""
    collected = dict(_seats)
    _seats.clear()
    tell(
        message("seats", ALL, activity_id, activity_id=activity_id, **{name: one[name] for name in _SEATS})
        for activity_id, one in collected.items()
    )


def tell_todos(rows: Iterable[Mapping[str, Any]]) -> None:
    """Tell those whose to-dos changed; each stream counts them for its reader.

    Args:
        rows: of to-dos, with `account_id`, `member_id`, `role` and `unit_id`.
    """
    tell(message("todos", audience) for audience in sorted({audience_of(row) for row in rows}))


def tell_session(session_id: UUID) -> None:
    """Tell that what is shown of a session of the congress changed."""
    tell([message("session", ALL, str(session_id), session_id=str(session_id))])


def tell_contest(activity_id: UUID) -> None:
    """Tell that what is shown of the contest of an activity changed."""
    tell([message("contest", ALL, str(activity_id), activity_id=str(activity_id))])


def tell_messages(recipients: Iterable[UUID]) -> None:
    """Tell accounts and members that their messages changed; each stream counts the unread ones of its reader."""
    tell(message("messages", ("one", str(one))) for one in sorted(set(recipients)))


def audience_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return who sees a to-do: an account, a member, or the holders of a role."""
    one = row.get("account_id") or row.get("member_id")
    if one is not None:
        return "one", str(one)
    return "role", row.get("role") or "officer", str(row.get("unit_id") or "")


def _hear(items: list[list[Any]]) -> None:
    HUB.distribute(Message.of_item(item) for item in items)


invalidations.on(_WORD, _hear)
invalidations.on_missed(HUB.missed)
