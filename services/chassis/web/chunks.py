"""Reads chunked bodies strictly by RFC 9112, section 7.1, with limits on chunk headers and trailers.

eventlet's own reader accepts lines of any length for a chunk's size and for trailers, so that one request can fill the
memory of the process. It also accepts sizes such as `-1`, `0x5` or `5_0`, and any bytes between the end of a chunk and
the next line end.
"""

from __future__ import annotations

import re
from typing import Any

from eventlet.wsgi import ChunkReadError, Input

LONGEST_LINE = 4096
"""Limit of a line with a chunk's size, or of a trailer, in bytes."""
MOST_TRAILERS = 64
MOST_DISCARDED = 16 * 1024 * 1024
"""Bytes of an unread body that are skipped so that the connection can be used again; with more it is closed."""
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")


class StrictInput(Input):
    """The body of one request. Raises `ChunkReadError` for malformed chunks, also in all further reads."""

    rfile: Any
    chunk_length: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._broken: ChunkReadError | None = None
        self._left: int | None = None

    def _chunked_read(self, rfile: Any, length: int | None = None, use_readline: bool = False) -> bytes:
        if self._broken is not None:
            raise self._broken
        if self.should_send_hundred_continue:
            self.send_hundred_continue_response()
            self.is_hundred_continue_response_sent = True
        try:
            return self._read(length if length is not None and length >= 0 else None, use_readline)
        except ChunkReadError as error:
            self._broken = error
            raise

    def _read(self, length: int | None, use_readline: bool) -> bytes:
        parts: list[bytes] = []
        while length is None or length > 0:
            if not self._left and not self._next_chunk():
                break
            left = self._left or 0
            part = (self.rfile.readline if use_readline else self.rfile.read)(
                left if length is None else min(left, length)
            )
            if not part:
                raise ChunkReadError("the connection ended within a chunk")
            parts.append(part)
            self._left = left - len(part)
            length = None if length is None else length - len(part)
            if not self._left and self._line() != b"\r\n":
                raise ChunkReadError("a chunk is longer than it says")
            if use_readline and part.endswith(b"\n"):
                break
        return b"".join(parts)

    def _next_chunk(self) -> bool:
        """Read the size of the next chunk; False at the end of the body, whose trailers are read too."""
        if self.chunk_length == 0:
            return False
        told = _SIZE.fullmatch(self._line())
        if told is None:
            raise ChunkReadError("no size of a chunk")
        self.chunk_length = self._left = int(told.group(1), 16)
        if self.chunk_length:
            return True
        for _ in range(MOST_TRAILERS):
            if self._line() == b"\r\n":
                return False
        raise ChunkReadError("too many trailers")

    def _line(self) -> bytes:
        line: bytes = self.rfile.readline(LONGEST_LINE)
        if not line.endswith(b"\r\n"):
            raise ChunkReadError("a line that does not end")
        return line

    def discard(self, buffer_size: int = 16 << 10) -> None:
        """Skip the unread rest up to the limit; the connection is closed when this raises."""
        for _ in range(MOST_DISCARDED // buffer_size):
            if not self.read(buffer_size):
                return
        raise ChunkReadError("more than is worth reading")
