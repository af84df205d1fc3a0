"""Readings for the tests of the process that reads foreign files: one echoes, one tells, one does harm."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from services.chassis.errors import Problem

MEGABYTE = 1024 * 1024


def echo(content: bytes, times: int = 1) -> Iterator[Any]:
    """Yield the file again."""
    for _ in range(times):
        yield bytes(content)


def tell(content: bytes) -> Iterator[Any]:
    """Yield what the process sees of its surroundings."""
    descriptors = [os.readlink(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd") if _is_open(one)]
    yield {
        "pid": os.getpid(),
        "environment": sorted(os.environ),
        "descriptors": descriptors,
        "cwd": os.getcwd(),
        "ended_first": Path("/proc/self/oom_score_adj").read_text().strip(),
    }


def _is_open(descriptor: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{descriptor}")


def hostile(content: bytes) -> Iterator[Any]:
    """Do what the file says."""
    yield _DEEDS.get(bytes(content), lambda: b"nothing")()


def _compute() -> NoReturn:
    while True:
        pass


def _lie() -> NoReturn:
    raise _Lie("A problem that no file can be.")


class _Lie(Problem):
    pass


_DEEDS: dict[bytes, Any] = {
    b"memory": lambda: len(bytearray(1024 * MEGABYTE)),
    b"compute": _compute,
    b"abort": os.abort,
    b"kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    b"sleep": lambda: time.sleep(3600),
    b"much": lambda: b"x" * 3 * MEGABYTE,
    b"write": lambda: os.write(os.open("/tmp/written-by-a-reader", os.O_CREAT | os.O_WRONLY), b"x" * 100),
    b"lie": _lie,
}
