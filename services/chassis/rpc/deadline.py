"""One deadline for something that waits many times, such as an answer that comes in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import eventlet


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break the block off once it has waited so long, and go on behind it without an error.

    Works on what waits in greenthreads: sockets, locks, sleep. What computes is not broken off.
    """
    with eventlet.Timeout(seconds, False):
        yield
