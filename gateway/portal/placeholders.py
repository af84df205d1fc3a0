"""Placeholders in shared pages, which each answer replaces by its reader's own values.

A placeholder is an unguessable text, so that no user's text can look like one. Pages rendered for one reader contain
the values directly.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import current_app, g, session
from flask_wtf.csrf import generate_csrf

from gateway.portal.service_calls import page_key
from gateway.rpc.caching import MicroCache

_SECRET = secrets.token_hex(12)
_HOLE = re.compile(rf"{_SECRET}-(\w+);")
_TOKEN, _KEY = "form_token", "form_key"

Pieces = tuple[str, ...]
"""A text split at its placeholders: texts, with the name of a placeholder between each two."""

_tokens: MicroCache[tuple[Any, str], str] = MicroCache(seconds=60, largest=5_000)


def hole(name: str) -> str:
    """Return the text of a placeholder, for a shared page."""
    return f"{_SECRET}-{name};"


def cut(text: str) -> Pieces:
    """Split a rendered text at its placeholders."""
    return tuple(_HOLE.split(text))


def fill(pieces: Pieces, own: Mapping[str, str]) -> str:
    """Return the text with the reader's own values; `own` is HTML already."""
    if len(pieces) == 1:
        return pieces[0]
    filled = list(pieces)
    for at in range(1, len(pieces), 2):
        name = pieces[at]
        filled[at] = _own_token() if name == _TOKEN else page_key() if name == _KEY else own[name]
    return "".join(filled)


@contextmanager
def left_open() -> Iterator[None]:
    """Render placeholders for the keys of forms in the block."""
    before = g.get("portal_left_open", False)
    g.portal_left_open = True
    try:
        yield
    finally:
        g.portal_left_open = before


def form_token() -> str:
    """Return the CSRF token of a form."""
    return hole(_TOKEN) if g.get("portal_left_open") else _own_token()


def form_key() -> str:
    """Return the idempotency key of a form."""
    return hole(_KEY) if g.get("portal_left_open") else page_key()


def _own_token() -> str:
    """Sign the secret of the reader's session; the result is reused for a minute."""
    secret = session.get("csrf_token")
    if not isinstance(secret, str):
        return str(generate_csrf())
    return _tokens.get((current_app.secret_key, secret), generate_csrf)
