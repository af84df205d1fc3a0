"""A client for the part of RabbitMQ's management API that sets up an installation."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from urllib.request import Request, urlopen

SECONDS = 30.0


def vhost_of(amqp_url: str) -> str:
    """Return the vhost of a broker's URL, quoted for a path."""
    return quote(unquote(urlsplit(amqp_url).path[1:]) or "/", safe="")


def put(management_url: str, path: str, body: dict[str, Any]) -> None:
    """Set one resource; safe to repeat.

    Args:
        management_url: `http://user:password@host:15672`.
        path: below `/api/`, its parts quoted.
        body: its content.

    Raises:
        OSError: the API cannot be reached, or refuses.
    """
    parts = urlsplit(management_url)
    if parts.scheme not in ("http", "https"):
        raise OSError(f"no address of a management API: its scheme is {parts.scheme!r}")
    credentials = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    request = Request(  # noqa: S310 - the scheme was checked
        f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}/api/{path}",
        method="PUT",
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Basic {base64.b64encode(credentials.encode()).decode()}",
        },
    )
    with urlopen(request, timeout=SECONDS):  # noqa: S310
        pass
