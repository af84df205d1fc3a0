"""eventlet, made ready the same way in every process. Import this before anything that imports eventlet.

eventlet's own resolver of names brings 20 MB and 300 modules into a process, reads the configuration once
and knows no local names. The resolver of the system does, but would stop all green threads: it is asked in a thread.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import warnings
from typing import Any

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
with warnings.catch_warnings(action="ignore"):  # eventlet announces its own retirement at every import
    import eventlet
    import eventlet.green.socket
    from eventlet import tpool

_resolve = socket.getaddrinfo


def patch() -> None:
    """Make the standard library green."""
    eventlet.monkey_patch()
    socket.getaddrinfo = addresses_of
    eventlet.green.socket.getaddrinfo = addresses_of
    _let_every_thread_log()


def _let_every_thread_log() -> None:
    """Give logging native locks: a green one that a native thread waits for is never handed over to it.

    Libraries log in native threads, such as the one that cuts fonts for a PDF; after one of them had met a green thread
    at a handler's lock, nothing of the process could log any more, and each request that tried stood still.
    """
    native: Any = eventlet.patcher.original("threading")
    logs: Any = logging
    logs.threading = native
    logs._lock = native.RLock()
    for handler in [reference() for reference in logs._handlerList]:
        if handler is not None:
            handler.createLock()


def addresses_of(host: Any, *rest: Any, **more: Any) -> Any:
    """Return what `socket.getaddrinfo` does; other green threads go on while a name is looked up."""
    if host is None or _is_address(host):
        return _resolve(host, *rest, **more)
    return tpool.execute(_resolve, host, *rest, **more)


def _is_address(host: str | bytes) -> bool:
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return True
