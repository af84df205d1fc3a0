"""Waiting for what is about to happen. It is given up only after a long time in which nothing moved.

How long a machine takes is no property of the product, so no test may depend on it: a test waits for a line in a log, a
row or a counter, and the end of the wait is put off each time that it changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

Found = TypeVar("Found")

PATIENCE = 280.0
"""Seconds without any progress after which what is waited for counts as lost."""
ANSWER = 240.0
"""Seconds after which an answer over HTTP counts as lost: longer than the gateway itself waits in tests."""
RUN = 1500.0
"""Seconds after which a command counts as hanging."""


def wait_until(
    look: Callable[[], Found],
    *,
    what: str,
    seconds: float = PATIENCE,
    moves: Callable[[], Any] | None = None,
    failed: Callable[[], str | None] = lambda: None,
    pause: float = 0.05,
) -> Found:
    """Look again until the answer is true, and return it.

    Args:
        look: says what is there so far.
        what: names it, for the message.
        seconds: how long nothing may change before the wait is given up.
        moves: what changes as the work goes on, such as a count; the answer of `look` when absent.
        failed: says why it will never come, None while it may.
        pause: seconds between two looks.

    Raises:
        TimeoutError: nothing changed in `seconds`.
        RuntimeError: `failed` gave a reason.
    """
    last, end = None, time.monotonic() + seconds
    while not (found := look()):
        if reason := failed():
            raise RuntimeError(f"{what}: {reason}")
        if (now := moves() if moves else found) != last:
            last, end = now, time.monotonic() + seconds
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not there, and nothing changed for {seconds:.0f} s; last seen: {last!r}")
        time.sleep(pause)
    return found
