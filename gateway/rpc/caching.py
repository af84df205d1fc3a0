"""A cache for answers that are the same for all readers: short-lived, one load at a time, invalidated by events.

Never cache here what depends on the reader.
"""

from __future__ import annotations

import hashlib
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from eventlet.event import Event

from services.chassis.json_bytes import encode

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_all: weakref.WeakSet[MicroCache[Any, Any]] = weakref.WeakSet()


def clear_all() -> None:
    """Clear all caches of this process; for tests, which share one process."""
    for cache in list(_all):
        cache.clear()


class Stamped(dict[str, Any]):
    """An answer with a stamp that identifies it, for a cheap comparison."""

    stamp = ""


def stamped(answer: dict[str, Any]) -> Stamped:
    """Return an answer with a new stamp; it must not be changed afterwards."""
    found = Stamped(answer)
    found.stamp = hashlib.blake2b(encode(answer), digest_size=16).hexdigest()
    return found


class MicroCache(Generic[Key, Value]):
    """Caches values for `seconds`; concurrent callers of a missing key wait for one load.

    `generation` grows with each invalidation: values loaded before must not be cached.

    Args:
        seconds: how long a value is cached; changes in other replicas are visible after this time at the latest.
        largest: most keys kept; the longest unused goes first.
    """

    def __init__(self, seconds: float = 1.0, largest: int = 2_000) -> None:
        self._seconds = seconds
        self._largest = largest
        self._kept: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._loading: dict[Key, Event] = {}
        self.generation = 0
        _all.add(self)

    def get(self, key: Key, load: Callable[[], Value]) -> Value:
        """Return the value of `key`, calling `load` if it is not cached. Its exception goes to all who wait."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] > time.monotonic():
            self._kept.move_to_end(key)
            return kept[1]
        loading = self._loading.get(key)
        if loading is not None:
            value: Value = loading.wait()
            return value
        return self._load(key, load)

    def peek(self, key: Key) -> Value | None:
        """Return the value if it is cached."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and kept[0] > time.monotonic() else None

    def put(self, key: Key, value: Value) -> None:
        """Cache a value from elsewhere."""
        now = time.monotonic()
        self._kept[key] = (now + self._seconds, value)
        self._kept.move_to_end(key)
        # Expired values are dropped, too: else the cache would hold those of a whole day.
        while len(self._kept) > self._largest or next(iter(self._kept.values()))[0] <= now:
            self._kept.popitem(last=False)

    def forget(self, key: Key) -> None:
        """Drop one value; the result of a running load is not cached."""
        self.generation += 1
        self._kept.pop(key, None)
        self._loading.pop(key, None)

    def clear(self) -> None:
        """Drop everything; results of running loads go to the waiting callers, but are not cached."""
        self.generation += 1
        self._kept.clear()
        self._loading.clear()

    def _load(self, key: Key, load: Callable[[], Value]) -> Value:
        event = self._loading[key] = Event()
        generation = self.generation
        try:
            value = load()
        except BaseException as error:
            self._finish(key, event)
            event.send_exception(error)
            raise
        if generation == self.generation:
            self.put(key, value)
        self._finish(key, event)
        event.send(value)
        return value

    def _finish(self, key: Key, event: Event) -> None:
        if self._loading.get(key) is event:
            del self._loading[key]
