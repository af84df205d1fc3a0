"""Reads untrusted files in a separate process: if a malicious file makes that process fail, the file is refused.

There is one child process for each kind of reading. It is started when first needed, used again for the next file, and
ended when it was idle for a minute or uses too much memory. Call it from green threads, never from native ones.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from services.chassis.errors import InvalidInput, Problem, Refused, Unavailable
from services.chassis.files.parser_child import ASKED, BEGUN, BROKEN, BYTES, CONTENT, ENDED, FRAME, REFUSED, VALUE
from services.chassis.process import logs, metrics

MEGABYTE = 1024 * 1024
_GRACE = 5
"""Seconds beyond a file's own limit that its child gets to end by itself."""
_PATIENCE = 30
"""Seconds to wait while the child reads other files."""
_MOST_FILES = 100
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "TZ")

log = logs.get_logger(__name__)


@dataclass(frozen=True)
class Reading:
    """A kind of reading and what one file of it may take.

    Args:
        name: in logs and metrics.
        memory: bytes of data.
        cpu_seconds: of computing.
        seconds: from the first byte to the last, also on a busy machine.
        most_answer: bytes of all results.
        kept: bytes; a child that uses more after a file is ended, because freed memory is not always returned.
        unreadable: returns the refusal for a file that can't be read; gets the reason in words.
    """

    name: str
    memory: int
    cpu_seconds: int
    seconds: int
    most_answer: int
    unreadable: Callable[[str], Problem]
    kept: int = 96 * MEGABYTE

    def __post_init__(self) -> None:
        metrics.expect_reading(self.name)


class _Ended(Exception):
    """The child ended, or was ended, before its answer was complete."""


def parsed(reading: Reading, function: Callable[..., Iterable[Any]], content: bytes, **options: Any) -> list[Any]:
    """Return what a function yields for a file: bytes and JSON values.

    Args:
        reading: the limits.
        function: of a module, by name; it runs in the child as `function(content, **options)`. The child imports only
            what this module imports.
        content: of the file.
        options: JSON values.

    Raises:
        Problem: what the function raised, or `reading.unreadable` when it failed or took too much memory or time.
        Unavailable: too many files wait.
    """
    lane = _lanes.setdefault(reading.name, _Lane())
    if not lane.turn.acquire(timeout=_PATIENCE):
        raise Unavailable("Too many files are being read; try again in a moment.", rule="file.is_its_turn")
    try:
        return lane.read(reading, f"{function.__module__}:{function.__qualname__}", content, options)
    finally:
        lane.turn.release()


class _Lane:
    """The child of one kind of reading, and the queue for it."""

    def __init__(self) -> None:
        self.turn = BoundedSemaphore()
        self.child: _Child | None = None

    def read(self, reading: Reading, function: str, content: bytes, options: dict[str, Any]) -> list[Any]:
        head = {
            "function": function, "options": options, "memory": reading.memory, "cpu_seconds": reading.cpu_seconds,
            "seconds": reading.seconds,
        }  # fmt: skip
        try:
            child = self._begun(head, reading)
            answer = child.answer(content, reading.most_answer)
        except BaseException as error:
            how = self._end()
            if not isinstance(error, (_Ended, OSError, EOFError)):
                raise
            why = "time" if isinstance(error, TimeoutError) or how in _OUT_OF_TIME else str(error) or "memory"
            metrics.file_unreadable(reading.name)
            log.warning("foreign_file_unreadable", reading=reading.name, why=why, ended=how, size=len(content))
            raise reading.unreadable(_WORDS.get(why, _WORDS["broken"])) from None
        if child.files >= _MOST_FILES or child.resident > reading.kept:
            self._end()
        if isinstance(answer, Problem):
            raise answer
        return answer

    def _begun(self, head: dict[str, Any], reading: Reading) -> _Child:
        """Return a child that has started reading; one that had ended while idle is replaced."""
        if self.child is not None:
            try:
                self.child.begin(head, reading.seconds + _GRACE)
                return self.child
            except (_Ended, OSError, EOFError):
                self._end()
        self.child = _Child()
        self.child.begin(head, reading.seconds + _GRACE)
        return self.child

    def _end(self) -> int | None:
        child, self.child = self.child, None
        return child.end() if child is not None else None


_lanes: dict[str, _Lane] = {}
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM)
_WORDS = {
    "time": "The file can't be read: it takes more time than a file of its kind may.",
    "memory": "The file can't be read: it takes more memory than a file of its kind may.",
    "broken": "The file can't be read: it is damaged or made in a way that is not known.",
}


class _Child:
    """One process and the socket to it."""

    def __init__(self) -> None:
        self.files = 0
        self.resident = 0
        self._end_at = 0.0
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", "services.chassis.files.parser_child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
                cwd="/",
                start_new_session=True,
            )

    def begin(self, head: dict[str, Any], seconds: float) -> None:
        self._end_at = time.monotonic() + seconds
        self._send(ASKED, json.dumps(head).encode())
        if self._frame(0)[0] != BEGUN:
            raise _Ended("broken")

    def answer(self, content: bytes, most: int) -> list[Any] | Problem:
        """Send the file and return the answer of the child, enforcing all limits here, too."""
        self._send(CONTENT, content)
        self.files += 1
        values: list[Any] = []
        refused: Problem | None = None
        while True:
            kind, body = self._frame(most)
            most -= len(body)
            if kind == BYTES:
                values.append(body)
            elif kind == VALUE:
                values.append(_json(body))
            elif kind == ENDED:
                self.resident = int(_json(body))
                return refused or values
            elif kind == REFUSED:
                refused = _refusal(_json(body))
            else:
                raise _Ended("memory" if kind == BROKEN and _json(body) == "MemoryError" else "broken")

    def end(self) -> int | None:
        """End it; return its exit status, or the signal that ended it."""
        self.line.close()
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout=0.5)
        self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout=5)
        return None

    def _send(self, kind: bytes, body: bytes) -> None:
        self._set_deadline()
        self.line.sendall(FRAME.pack(kind, len(body)))
        self.line.sendall(body)

    def _frame(self, most: int) -> tuple[bytes, bytes]:
        kind, length = FRAME.unpack(self._exactly(FRAME.size))
        if length > most + 64 * 1024:
            raise _Ended("memory")
        return kind, self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        buffer = bytearray(length)
        view = memoryview(buffer)
        while view:
            self._set_deadline()
            read = self.line.recv_into(view)
            if not read:
                raise _Ended
            view = view[read:]
        return bytes(buffer)

    def _set_deadline(self) -> None:
        left = self._end_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.line.settimeout(left)


def _refusal(wire: Any) -> Problem:
    try:
        problem = Problem.from_wire(wire)
    except (KeyError, TypeError, AttributeError):
        raise _Ended("broken") from None
    if not isinstance(problem, (InvalidInput, Refused)):
        raise _Ended("broken")
    return problem


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise _Ended("broken") from None
