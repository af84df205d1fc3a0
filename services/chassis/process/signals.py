"""The signals that end a process, SIGTERM and SIGINT: none of them is lost, whatever the process does meanwhile."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType

ENDED = 128 + signal.SIGTERM
"""Exit status of a process that was ended before it had started, or in the middle of a command."""

_asked = False


def end(_number: int, _frame: FrameType | None) -> None:
    """Handle a signal as Ctrl-C is handled: open transactions are rolled back.

    Raises:
        SystemExit: always, wherever the program is; a finaliser or library may swallow it, see `raise_if_asked`.
    """
    global _asked
    _asked = True
    raise SystemExit(ENDED)


def raise_if_asked() -> None:
    """Raise `SystemExit` if `end` was called, for loops that wait: its own exception may have been swallowed."""
    if _asked:
        raise SystemExit(ENDED)


def on_signals(do: Callable[[], None]) -> None:
    """Call a function in a greenlet of its own at each SIGTERM and SIGINT.

    A handler that schedules the call itself would come too late, or never: the hub goes on sleeping after a handler
    returned (PEP 475), and its list of timers may be in the middle of a change. So the interpreter writes the signal
    into a pipe, which wakes the hub as any other input does.

    Args:
        do: what to call; may switch to other greenlets.
    """
    # Here, because commands import this module before the process is set up for eventlet.
    import eventlet
    from eventlet.green import os as green_os

    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)

    def listen() -> None:
        while True:
            if green_os.read(reader, 1)[0] in (signal.SIGTERM, signal.SIGINT):
                do()

    eventlet.spawn_n(listen)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _do_nothing)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)


def ignore() -> None:
    """Ignore them from now on: one that comes while the interpreter ends would change the status of a clean stop."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Without a handler in Python, a signal has its default effect and is not written to the pipe."""
