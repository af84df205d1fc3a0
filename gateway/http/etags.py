"""ETags: on answers, If-None-Match answered with 304, If-Match as the version that a command changes.

An ETag is `"v<version>-<digest>"` for resources that count versions and `"<digest>"` for others; the digest is of the
answer itself, so that two people who see different fields never share one.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from flask import request

from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.chassis.schema import Operation

_ETAG = re.compile(r'\A(?:W/)?"(?:v([0-9]{1,9})-)?[0-9a-f]{16}"\Z')


def etag_of(body: bytes, reply: Any) -> str:
    """Return the strong ETag of an answer, quotes included."""
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    version = reply.get("version") if isinstance(reply, dict) else None
    return f'"v{version}-{digest}"' if isinstance(version, int) else f'"{digest}"'


def is_fresh(etag: str) -> bool:
    """Whether the client has this answer already."""
    header = request.headers.get("If-None-Match")
    if header is None:
        return False
    return header.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in header.split(","))


def apply_if_match(operation: Operation, payload: dict[str, Any]) -> None:
    """Put the version of an If-Match header into the payload of a command that takes one.

    Raises:
        InvalidInput: the header is no ETag of ours, contradicts the body, or the command knows no versions.
    """
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return
    match = _ETAG.match(header.strip())
    version = int(match.group(1)) if match and match.group(1) else None
    if version is None or "version" not in operation.request_schema.fields:
        detail = "If-Match must be the ETag of the resource to change."
        raise InvalidInput(InputError("input.etag_unknown", detail), field="If-Match")
    if payload.setdefault("version", version) not in (version, None):
        detail = "If-Match and version contradict each other."
        raise InvalidInput(InputError("input.etag_contradicts", detail), field="If-Match")
    payload["version"] = version
