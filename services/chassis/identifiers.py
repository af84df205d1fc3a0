"""Identifiers made by the application: UUID version 7, which sort by the time they were made."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

_RANDOM_BITS = 74
_COUNTER_CEILING = 1 << _RANDOM_BITS
# A fresh tail keeps its top bit clear: half the range is left for counting up inside one millisecond.
_SEED_MASK = (1 << (_RANDOM_BITS - 1)) - 1
_STEP_MASK = (1 << 32) - 1
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62

_lock = threading.Lock()
_last_millisecond = 0
_last_tail = 0


def uuid7() -> UUID:
    """Return a new UUID version 7, greater than every one this process returned before.

    Source: RFC 9562, section 5.7 and section 6.2 method 2 (a random tail that counts up within a millisecond).
    """
    global _last_millisecond, _last_tail
    millisecond = time.time_ns() // 1_000_000
    with _lock:
        if millisecond > _last_millisecond:
            _last_millisecond, _last_tail = millisecond, _random(10) & _SEED_MASK
        else:
            _last_tail += 1 + (_random(4) & _STEP_MASK)
            if _last_tail >= _COUNTER_CEILING:
                _last_millisecond, _last_tail = _last_millisecond + 1, _random(10) & _SEED_MASK
        millisecond, tail = _last_millisecond, _last_tail
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=(millisecond << 80) | _VERSION | (high << 64) | _VARIANT | low)


def lowest_id(moment: datetime) -> UUID:
    """Return the lowest UUID version 7 of an aware moment's millisecond: ids made before are below it."""
    millisecond = max(0, int(moment.timestamp() * 1000))
    return UUID(int=(millisecond << 80) | _VERSION | _VARIANT)


def moment_of(id: UUID) -> datetime:
    """Return when a UUID version 7 was made, to the millisecond."""
    return datetime.fromtimestamp((id.int >> 80) / 1000, UTC)


def _random(size: int) -> int:
    return int.from_bytes(os.urandom(size))


def _forget_after_fork() -> None:
    global _lock, _last_millisecond
    _lock = threading.Lock()
    _last_millisecond = 0


os.register_at_fork(after_in_child=_forget_after_fork)
