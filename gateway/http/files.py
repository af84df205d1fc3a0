"""Uploads, downloads, and the size limit of request bodies.

Belongs here: what API and portal share. Services receive files as base64 (`services.contracts.files`).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Response, current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.http import dump_options_header

from gateway.http.request_parsing import BODY_LIMIT, GIVEN_TWICE
from services.chassis.errors import InvalidInput
from services.chassis.files.names import plain_file_name
from services.chassis.input_errors import InputError

View = TypeVar("View", bound=Callable[..., Any])
PART = "file"
"""Name of the part of a multipart body that holds the file."""
_ONE_FILE = InputError("file.missing", f"Send one file, as the part {PART!r}.")
_BESIDE_THE_FILE = 64 * 1024


def takes_file(maximum: int) -> Callable[[View], View]:
    """Allow a file of so many bytes in a view's request bodies, as base64 or as a part."""

    def mark(view: View) -> View:
        view.body_limit = maximum * 4 // 3 + _BESIDE_THE_FILE  # type: ignore[attr-defined]
        return view

    return mark


def body_limit() -> int:
    """Return how many bytes the body of this request may have."""
    view = current_app.view_functions.get(request.endpoint or "")
    return int(getattr(view, "body_limit", BODY_LIMIT))


def is_multipart() -> bool:
    """Whether the body of this request is multipart."""
    return request.mimetype == "multipart/form-data"


def read_parts() -> dict[str, Any]:
    """Return a multipart body as JSON values: the fields, and the file as name, type and base64.

    Raises:
        InvalidInput: there is no file, or more than one.
    """
    files = request.files.getlist(PART)
    if len(files) != 1 or len(list(request.files.items(multi=True))) != 1 or not files[0].filename:
        raise InvalidInput(errors={PART: [_ONE_FILE]})
    values: dict[str, Any] = {}
    for name, text in request.form.items(multi=True):
        if name in values:
            raise InvalidInput(errors={name: [GIVEN_TWICE]})
        values[name] = text
    return values | received(files[0])


def received(file: FileStorage) -> dict[str, Any]:
    """Return an uploaded file as the fields of a request: its name without a path, its type, its bytes as base64."""
    name = plain_file_name((file.filename or "").replace("\\", "/").rpartition("/")[2])
    content = base64.b64encode(file.stream.read()).decode("ascii")
    return {"name": name, "media_type": file.mimetype or "application/octet-stream", "content": content}


def _names(name: str) -> dict[str, str]:
    """Return a file name for Content-Disposition, with an ASCII form for old clients (RFC 6266, 4.3)."""
    plain = name.encode("ascii", "ignore").decode().strip(" _-")
    if plain == name:
        return {"filename": name}
    return {
        "filename": f"file{plain}" if not plain or plain.startswith(".") else plain,
        "filename*": f"UTF-8''{quote(name)}",
    }


def file_response(reply: Mapping[str, Any], *, inline: bool = False) -> Response:
    """Return a file as the answer.

    Args:
        reply: a `FileContent` in JSON form.
        inline: shown in the page instead of saved; only for images.
    """
    response: Response = current_app.response_class(
        base64.b64decode(reply["content"]), mimetype=reply["media_type"], direct_passthrough=False
    )
    kind = "inline" if inline and str(reply["media_type"]).startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = dump_options_header(kind, _names(plain_file_name(reply["name"])))
    response.headers["Cache-Control"] = "private, no-store"
    return response
