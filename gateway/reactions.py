"""The entrypoints for events: one for each event, also if several subjects react to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gateway.subject import Reaction, Subject
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.schema import Event


def reacting(subjects: Iterable[Subject]) -> type:
    """Return a class with a method for each event that has reactions.

    The method is named `on_` and the event's type; its queue is named after it. Reactions run in the order of subjects.
    """
    wanted: dict[type[Event], list[Reaction]] = {}
    for subject in subjects:
        for reaction in subject.reactions:
            wanted.setdefault(reaction.event, []).append(reaction)
    return type("Reactions", (), {f"on_{event.type}": _entrypoint(event, found) for event, found in wanted.items()})


def _entrypoint(event: type[Event], reactions: list[Reaction]) -> Callable[..., Any]:
    batch = any(reaction.batch for reaction in reactions)

    def react(self: Any, tx: Transaction, arrived: Any) -> None:
        for reaction in reactions:
            _hand_over(tx, reaction, arrived if batch else [arrived])

    react.__name__ = f"on_{event.type}"
    return on_event(event, batch=batch)(react)


def _hand_over(tx: Transaction, reaction: Reaction, events: list[ReceivedEvent]) -> None:
    if reaction.batch:
        reaction.handle(tx, events)
        return
    for event in events:
        reaction.handle(tx, event)
