"""Reading codes for programs: typed or scanned ones, and photos of them."""

from __future__ import annotations

import base64
from typing import Any

from gateway.http.routes import Route
from gateway.subjects.own.codes.limits import PHOTOS, SCANS
from gateway.subjects.own.codes.reading import read, read_photo, reply_of, wanted_kind
from services.contracts.gateway.codes import LARGEST_PHOTO, read_code, read_code_photo


def _read(payload: dict[str, Any]) -> dict[str, Any]:
    return reply_of(read(payload["text"], wanted_kind(payload.get("wanted"))))


def _read_photo(payload: dict[str, Any]) -> dict[str, Any]:
    content = base64.b64decode(payload["content"])
    return reply_of(read_photo(content, wanted_kind(payload.get("wanted"))))


ROUTES = (
    Route("POST", "/codes/read", read_code, answer=_read, limit=SCANS),
    Route("POST", "/codes/read-photo", read_code_photo, answer=_read_photo, limit=PHOTOS, upload=LARGEST_PHOTO),
)
