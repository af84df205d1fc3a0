"""Reads HTTP/1.1 strictly by RFC 9112: refuses ambiguous requests and slow clients.

eventlet's own server accepts a blank before the colon of `Content-Length`, two differing lengths (the last one counts),
folded headers, lengths such as `+5`, and waits without limit for a client that sends a byte a minute. A proxy that
reads such a request differently can be made to pass a second, hidden one (request smuggling).
"""

from __future__ import annotations

import re
from email import errors
from http import HTTPStatus
from typing import Any

import eventlet
import eventlet.wsgi

from services.chassis.web.chunks import StrictInput

IDLE_SECONDS = 75
"""Seconds a connection may be silent between two requests and between two parts of one."""
HEADER_SECONDS = 20
"""Seconds that all headers of one request may take."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH = re.compile(r"[0-9]{1,15}")
# The library parses headers as those of a mail and reports missing parts of a multipart body, which come later.
_MALFORMED = (
    errors.FirstHeaderLineIsContinuationDefect,
    errors.InvalidHeaderDefect,
    errors.MalformedHeaderDefect,
    errors.MissingHeaderBodySeparatorDefect,
)
_BARE = re.compile(rb"\r(?!\n)|\x00")
_ONCE = ("content-length", "transfer-encoding", "host")


class _Lines:
    """Reads header lines, and records whether one has characters that parsers may treat as a line end or a text end."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.odd = False

    def readline(self, size: int = -1) -> bytes:
        """Return the next line."""
        line: bytes = self._file.readline(size)
        self.odd = self.odd or _BARE.search(line) is not None
        return line


class StrictProtocol(eventlet.wsgi.HttpProtocol):
    """One connection of a client; see the module's docstring."""

    rfile: Any

    def _read_request_line(self) -> bytes:
        lines: list[bytes] = []
        with eventlet.Timeout(IDLE_SECONDS, False):
            lines.append(super()._read_request_line())
        return b"".join(lines)

    def parse_request(self) -> bool:
        """Read the request line and the headers; False when they were refused and the answer was sent."""
        in_time = False
        self.rfile = lines = _Lines(self.rfile)
        with eventlet.Timeout(HEADER_SECONDS, False):
            if not super().parse_request():
                return False
            in_time = True
        if not in_time:
            return self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        if lines.odd or self._is_ambiguous():
            return self._refuse(HTTPStatus.BAD_REQUEST)
        return True

    def _is_ambiguous(self) -> bool:
        """Whether another parser could read these headers differently (RFC 9112, sections 3.2, 5 and 6)."""
        headers = self.headers
        if self.request_version not in ("HTTP/1.1", "HTTP/1.0"):
            return True
        if any(isinstance(defect, _MALFORMED) for defect in headers.defects):
            return True
        if any(not _TOKEN.fullmatch(name) or "\n" in value for name, value in headers.items()):
            return True
        if any(len(headers.get_all(name, ())) > 1 for name in _ONCE):
            return True
        length, encoding = headers.get("content-length"), headers.get("transfer-encoding")
        if length is not None and not _LENGTH.fullmatch(length.strip(" \t")):
            return True
        if encoding is not None and (encoding.strip(" \t").lower() != "chunked" or self.request_version != "HTTP/1.1"):
            return True
        return self.request_version == "HTTP/1.1" and "host" not in headers

    def get_environ(self) -> dict[str, Any]:
        """Return the WSGI environment, with a body that is read as strictly as the headers."""
        environ: dict[str, Any] = super().get_environ()
        body = environ["eventlet.input"]
        environ["wsgi.input"] = environ["eventlet.input"] = StrictInput(
            body.rfile, body.content_length, body.get_socket(), body.wfile, body.wfile_line, body.chunked_input
        )
        return environ

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer requests that the library refuses briefly, without writing to standard error."""
        self._refuse(HTTPStatus(code))

    def _refuse(self, status: HTTPStatus) -> bool:
        self.close_connection = True
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        self.wfile.write(head.encode())
        self.wfile.flush()
        return False
