"""One deadline for a block that waits many times, such as for the parts of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import eventlet


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Leave the block, without an error, when the seconds have passed.

    It interrupts waiting in green threads: sockets, locks, sleep. It does not interrupt computing.
    """
    with eventlet.Timeout(seconds, False):
        yield
