"""Requests that must not be joined with who made them: secret votes, anonymous suggestions.

Nothing that names the sender is read or kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request
from werkzeug.http import parse_cookie

_NAMES_SENDER = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_X_CORRELATION_ID", "HTTP_TRACEPARENT")

_OF_BROWSER = frozenset({"gonghui_form", "language", "theme"})
View = TypeVar("View", bound=Callable[..., Any])


def unlinked(view: View) -> View:
    """Mark the view of a page that must not be joined with who opens it."""
    view.unlinked = True  # type: ignore[attr-defined]
    return view


def is_unlinked() -> bool:
    """Whether the request's route answers an operation that is declared unlinked."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "unlinked", False))


def drop_senders(environ: dict[str, Any]) -> None:
    """Remove what says who sent the request, before anything has read it.

    Cookies stay that are of the browser and not of a person: language, colours, and the token of forms.
    """
    kept = [(name, value) for name, value in parse_cookie(environ.get("HTTP_COOKIE")).items() if name in _OF_BROWSER]
    for name in _NAMES_SENDER:
        environ.pop(name, None)
    if kept:
        environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in kept)
    # werkzeug keeps what it has read of them.
    request.__dict__.pop("cookies", None)
