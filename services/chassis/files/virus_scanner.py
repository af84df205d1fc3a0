"""Asks a ClamAV daemon whether an uploaded file is harmful, where one is configured.

The file is streamed over clamd's socket (INSTREAM); it is never written to a disk. Only a verdict in time lets a file
pass. Never call it inside a transaction.

Source: clamd(8), "INSTREAM".
"""

from __future__ import annotations

import socket
import struct
import time
from contextlib import suppress
from urllib.parse import urlsplit

from services.chassis.errors import Unavailable, refuse_first
from services.chassis.files import attachment_rules as rules
from services.chassis.process import logs, metrics
from services.chassis.process.settings import settings

_PIECE = 64 * 1024
_LONGEST_ANSWER = 1024
_CLEAN, _FOUND = b"stream: OK", b" FOUND"

log = logs.get_logger(__name__)


def require_clean(content: bytes) -> None:
    """Return when the scanner finds nothing in a file, or none is configured.

    Raises:
        Refused: it finds something.
        Unavailable: it can't be reached, does not answer in time, or gives no verdict.
    """
    config = settings()
    if not config.clamd_url:
        return
    try:
        answer = _answer(config.clamd_url, content, time.monotonic() + config.clamd_seconds)
    except OSError as error:
        raise _no_verdict(type(error).__name__) from None
    if answer == _CLEAN:
        metrics.file_scanned("clean")
        return
    if answer.endswith(_FOUND):
        metrics.file_scanned("harmful")
        log.warning("uploaded_file_harmful", answer=_shown(answer), size=len(content))
        refuse_first(rules.file_is_clean(False))
    raise _no_verdict(_shown(answer))


def _no_verdict(why: str) -> Unavailable:
    metrics.file_scanned("no_verdict")
    log.error("file_scanner_gave_no_verdict", why=why)
    return Unavailable(
        "The file could not be scanned and was not accepted; try again in a moment.",
        code="scanner_away",
        rule="files.file_is_scanned",
    )


def _answer(url: str, content: bytes, end_at: float) -> bytes:
    """Return what clamd says of a file, at most so many bytes of it. Raises `OSError`, also when the time is over."""
    with _connected(url, _left(end_at)) as line:
        # clamd ends a stream that is longer than it takes, and says so.
        with suppress(BrokenPipeError, ConnectionResetError):
            _send(line, content, end_at)
        answer = bytearray()
        while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
            line.settimeout(_left(end_at))
            received = line.recv(_LONGEST_ANSWER)
            if not received:
                break
            answer += received
    return bytes(answer).partition(b"\0")[0]


def _connected(url: str, seconds: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port), timeout=seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, content: bytes, end_at: float) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), _PIECE):
        piece = content[start : start + _PIECE]
        line.settimeout(_left(end_at))
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))


def _left(end_at: float) -> float:
    left = end_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _shown(answer: bytes) -> str:
    """Return an answer for the log; it names the signature found, or what clamd did not like, never a file."""
    return answer.decode("ascii", "replace")[:200] or "no answer"
