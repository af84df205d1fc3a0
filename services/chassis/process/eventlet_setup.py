"""Sets up eventlet in the same way in every process. Import this before anything that imports eventlet.

eventlet's own DNS resolver needs 20 MB and 300 modules, reads the configuration only once and does not know local
names. The system's resolver is used instead, in a native thread, because it would block all green threads.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import warnings
from typing import Any

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
with warnings.catch_warnings(action="ignore"):  # eventlet warns at every import that it is deprecated
    import eventlet
    import eventlet.green.socket
    from eventlet import tpool

_resolve = socket.getaddrinfo


def patch() -> None:
    """Patch the standard library for eventlet."""
    eventlet.monkey_patch()
    socket.getaddrinfo = addresses_of
    eventlet.green.socket.getaddrinfo = addresses_of
    _let_every_thread_log()


def _let_every_thread_log() -> None:
    """Give logging native locks: a native thread that waits for a green lock is never woken.

    Libraries log in native threads, such as the one that subsets fonts for a PDF. After one of them had waited for a
    handler's lock held by a green thread, no thread of the process could log, and each request that tried to hung.
    """
    native: Any = eventlet.patcher.original("threading")
    logs: Any = logging
    logs.threading = native
    logs._lock = native.RLock()
    for handler in [reference() for reference in logs._handlerList]:
        if handler is not None:
            handler.createLock()


def addresses_of(host: Any, *rest: Any, **more: Any) -> Any:
    """Like `socket.getaddrinfo`; other green threads run during the look-up."""
    if host is None or _is_address(host):
        return _resolve(host, *rest, **more)
    return tpool.execute(_resolve, host, *rest, **more)


def _is_address(host: str | bytes) -> bool:
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return True
