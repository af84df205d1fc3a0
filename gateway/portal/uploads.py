"""Files in the portal's forms: reading an uploaded file, and marking views that accept one."""

from __future__ import annotations

from typing import Any

from flask import request

from gateway.http.files import file_response, received, takes_file

__all__ = ["file_response", "takes_file", "upload_of"]


def upload_of(name: str) -> dict[str, Any] | None:
    """Return the file chosen in a field as `name`, `media_type` and `content`; None when none was chosen.

    The view must be decorated with `takes_file`, below the route; else the usual limit of bodies applies.
    """
    file = request.files.get(name)
    return received(file) if file is not None and file.filename else None
