"""The process that parses untrusted files: one at a time, with limits of memory and time, without secrets.

Started by `parser_process`, which communicates with it over its standard input, a socket. It has no secrets in its
environment and no other socket, starts no processes and writes no files. It ends when the socket closes, also while it
reads a file (by an alarm). Its errors and crashes are results about the file; the parent goes on.

A frame is a letter, the length of the content (4 bytes, network order), and the content.
"""

from __future__ import annotations

import json
import resource
import signal
import socket
import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from services.chassis.errors import Problem

FRAME = struct.Struct("!cI")
ASKED, CONTENT = b"?", b"f"
BEGUN, VALUE, BYTES, REFUSED, BROKEN, ENDED = b"a", b"j", b"b", b"p", b"x", b"e"
IDLE_SECONDS = 60
"""How long it waits for the next file before it ends, which frees its memory."""
_OVERHEAD = 256 * 1024 * 1024
"""Address space for code and other mappings, in addition to the memory a file may take."""


def main() -> None:
    """Read files until the socket closes, no file comes for a while, or a file exceeded a limit."""
    _forgo()
    with socket.socket(fileno=0) as line:
        while _one_file(line):
            pass


def _forgo() -> None:
    """Drop rights that reading does not need, and ignore signals of a terminal: only the parent ends this process."""
    with suppress(OSError):
        # If memory runs out all the same, the kernel should end this process first.
        Path("/proc/self/oom_score_adj").write_text("1000")
    for what, most in (("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0), ("RLIMIT_NPROC", 0), ("RLIMIT_NOFILE", 64)):
        resource.setrlimit(getattr(resource, what), (most, most))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _one_file(line: socket.socket) -> bool:
    line.settimeout(IDLE_SECONDS)
    try:
        asked = json.loads(_receive(line, ASKED))
    except (TimeoutError, EOFError):
        return False
    line.settimeout(None)
    _send(line, BEGUN)
    signal.alarm(asked["seconds"])
    content = bytes(_receive(line, CONTENT))
    _limit(asked["memory"], asked["cpu_seconds"])
    try:
        module, _, name = asked["function"].partition(":")
        function: Callable[..., Iterable[Any]] = getattr(import_module(module), name)
        for piece in function(content, **asked["options"]):
            if isinstance(piece, bytes):
                _send(line, BYTES, piece)
            else:
                _send_json(line, VALUE, piece)
    except Problem as problem:
        _send_json(line, REFUSED, problem.to_wire())
    except BaseException as error:
        # A panic of a library written in Rust is no Exception. The process is not used again after it.
        _send_json(line, BROKEN, type(error).__name__)
        return False
    signal.alarm(0)
    _send_json(line, ENDED, _resident())
    return True


def _resident() -> int:
    """Return the bytes of memory in use; the peak that the system reports includes the parent's before exec."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _limit(memory: int, cpu_seconds: int) -> None:
    """Limit what the next file may take, in addition to what this process uses already."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_DATA, memory)
    _lower(resource.RLIMIT_AS, memory + _OVERHEAD)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + cpu_seconds + 1)


def _lower(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _receive(line: socket.socket, kind: bytes) -> bytearray:
    found, length = FRAME.unpack(_exactly(line, FRAME.size))
    if found != kind:
        raise EOFError
    return _exactly(line, length)


def _exactly(line: socket.socket, length: int) -> bytearray:
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        read = line.recv_into(view)
        if not read:
            raise EOFError
        view = view[read:]
    return buffer


def _send_json(line: socket.socket, kind: bytes, value: Any) -> None:
    _send(line, kind, json.dumps(value, ensure_ascii=False).encode())


def _send(line: socket.socket, kind: bytes, body: bytes = b"") -> None:
    line.sendall(FRAME.pack(kind, len(body)) + body)


if __name__ == "__main__":
    main()
