"""Pages are compressed for readers who come from the portal itself.

An answer that holds a secret and repeats what a request sent tells by its compressed length whether the two are alike
(BREACH). To use that, one must have somebody's browser send thousands of requests from another site. Browsers
say where a request comes from (`Sec-Fetch-Site`, Fetch Metadata), and pages are compressed only where it is the portal
or the person; to requests from elsewhere, and of programs, they are sent as they are.
"""

from __future__ import annotations

import zlib

from flask import Flask, Response, request

LEAST = 1024
"""Bytes below which compressing gains nothing: they fit into one packet."""
_FROM_HERE = frozenset({"same-origin", "none"})
_LEVEL = 5
_GZIP = 16 + zlib.MAX_WBITS


def install(app: Flask) -> None:
    """Compress the pages of an app."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype != "text/html":
        return response
    response.headers.add("Vary", "Accept-Encoding, Sec-Fetch-Site")
    if (
        not _is_wanted()
        or response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
    ):
        return response
    content = response.get_data()
    if len(content) >= LEAST:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        response.set_data(packer.compress(content) + packer.flush())
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_wanted() -> bool:
    return request.headers.get("Sec-Fetch-Site") in _FROM_HERE and request.accept_encodings["gzip"] > 0
