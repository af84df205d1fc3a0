"""Requests that must not be joined with who made them: secret votes. Nothing that names the sender is read or kept."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

_NAMES_SENDER = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_X_CORRELATION_ID", "HTTP_TRACEPARENT")


def is_unlinked() -> bool:
    """Whether the request's route answers an operation that is declared unlinked."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "unlinked", False))


def drop_senders(environ: dict[str, Any]) -> None:
    """Remove what says who sent the request, before anything has read it."""
    for name in _NAMES_SENDER:
        environ.pop(name, None)
    # werkzeug keeps what it has read of them.
    request.__dict__.pop("cookies", None)
