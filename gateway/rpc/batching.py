"""Batches of concurrent requests: at most one batch per key is in flight; requests that arrive meanwhile form the next.

A contended row or a service then gets one statement for many callers instead of one each. Belongs here: queueing. Not:
what a batch does (`registration_batches`, `identity.sessions`, `read_models.home`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import eventlet
from eventlet.event import Event

from services.chassis.errors import DeadlineExceeded
from services.chassis.process.settings import settings

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item", bound=Hashable)
Answer = TypeVar("Answer")

LARGEST_BATCH = 200


@dataclass
class _Queue(Generic[Item]):
    """Items that wait for one key: each once, with the event that its callers wait for."""

    waiting: dict[Item, Event] = field(default_factory=dict)
    busy: bool = False


class Batcher(Generic[Key, Item, Answer]):
    """Collects items by key and decides them in batches.

    Args:
        decide: called with a key and its items; returns one answer per item, in order. An answer that is an exception
            is raised to that item's callers; an exception raised by `decide` itself goes to all callers of the batch.
        largest: most items in one batch.
        seconds: how long a caller waits before `DeadlineExceeded`; the RPC deadline of the settings when absent.
    """

    def __init__(
        self,
        decide: Callable[[Key, list[Item]], Sequence[Answer | Exception]],
        *,
        largest: int = LARGEST_BATCH,
        seconds: float | None = None,
    ) -> None:
        self._decide = decide
        self._largest = largest
        self._seconds = seconds
        self._queues: dict[Key, _Queue[Item]] = {}

    def submit(self, key: Key, item: Item) -> Answer:
        """Decide `item` together with others that wait for `key`; equal items are decided once.

        Raises:
            DeadlineExceeded: no answer in time; the item may have been decided, repeating it is safe.
            Exception: the answer to this item, if it is an exception.
        """
        queue = self._queues.setdefault(key, _Queue())
        event = queue.waiting.get(item)
        if event is None:
            event = queue.waiting[item] = Event()
        if not queue.busy:
            queue.busy = True
            eventlet.spawn_n(self._drain, key, queue)
        seconds = settings().rpc_deadline if self._seconds is None else self._seconds
        answer = event.wait(timeout=seconds)
        if answer is None:
            raise DeadlineExceeded("No answer in time; repeating this is safe.")
        if isinstance(answer[0], Exception):
            raise answer[0].with_traceback(None)
        result: Answer = answer[0]
        return result

    def _drain(self, key: Key, queue: _Queue[Item]) -> None:
        try:
            while queue.waiting:
                batch = [(item, queue.waiting.pop(item)) for item in list(queue.waiting)[: self._largest]]
                answers = self._answers(key, [item for item, _ in batch])
                for (_, event), answer in zip(batch, answers, strict=True):
                    event.send((answer,))
        finally:
            queue.busy = False
            if not queue.waiting and self._queues.get(key) is queue:
                del self._queues[key]

    def _answers(self, key: Key, items: list[Item]) -> Sequence[Answer | Exception]:
        """Decide a batch; an exception is the answer to all items in it."""
        try:
            answers = self._decide(key, items)
        except Exception as error:
            return [error] * len(items)
        if len(answers) != len(items):
            return [ValueError(f"{len(answers)} answers for {len(items)} items")] * len(items)
        return answers
