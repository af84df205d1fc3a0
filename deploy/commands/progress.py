"""Progress lines of commands that take long: the command and the elapsed time, on standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FIRST_AFTER = 2.0
"""Seconds without a line; most commands are done by then."""
AGAIN_AFTER = 10.0
STEP = 1.0
"""Seconds between two lines on a terminal, where each replaces the previous one."""


@contextmanager
def at_work(command: str) -> Iterator[None]:
    """Print progress lines while the block runs.

    A native thread prints them, because a long statement blocks the event loop. On a terminal it is one line that is
    updated; elsewhere a line every ten seconds.

    Args:
        command: its name.
    """
    from eventlet.patcher import original

    threading: Any = original("threading")
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(command, done, sys.stderr.isatty()), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join(1.0)


def _tell(command: str, done: Any, terminal: bool) -> None:
    begun, wait, told = time.monotonic(), FIRST_AFTER, False
    while not done.wait(wait):
        line = f"{command}: at work for {time.monotonic() - begun:.0f} s"
        # Not through Python's streams, whose locks belong to the event loop.
        os.write(2, f"\r{line}\x1b[K".encode() if terminal else f"{line}\n".encode())
        wait, told = (STEP if terminal else AGAIN_AFTER), True
    if told and terminal:
        os.write(2, b"\r\x1b[K")
