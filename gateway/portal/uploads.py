"""Files in the portal's forms: what was chosen in a file field, and marking the pages that take one."""

from __future__ import annotations

from typing import Any

from flask import request

from gateway.http.files import file_response, received, takes_file

__all__ = ["file_response", "takes_file", "upload_of"]


def upload_of(name: str) -> dict[str, Any] | None:
    """Return the file chosen in a field as `name`, `media_type` and `content`; None when none was chosen.

    The page's view must be marked with `takes_file`, below the route, or its body may not be larger than others.
    """
    file = request.files.get(name)
    return received(file) if file is not None and file.filename else None
