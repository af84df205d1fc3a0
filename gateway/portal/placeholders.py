"""What a page drawn for many leaves open: each answer fills the holes with its reader's own.

A hole is a mark nobody can guess, so that no text of a person is ever taken for one. While a page is drawn for one
reader only, the keys of its forms stand in it at once.
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
"""A text cut at its holes: texts, and between each two the name of a hole."""

_tokens: MicroCache[tuple[Any, str], str] = MicroCache(seconds=60, largest=5_000)


def hole(name: str) -> str:
    """Return the mark of a hole, to stand in a page that is drawn for many."""
    return f"{_SECRET}-{name};"


def cut(text: str) -> Pieces:
    """Return a drawn text in pieces that can be filled."""
    return tuple(_HOLE.split(text))


def fill(pieces: Pieces, own: Mapping[str, str]) -> str:
    """Return the text with what is the reader's own in its holes; `own` is HTML already."""
    if len(pieces) == 1:
        return pieces[0]
    filled = list(pieces)
    for at in range(1, len(pieces), 2):
        name = pieces[at]
        filled[at] = _own_token() if name == _TOKEN else page_key() if name == _KEY else own[name]
    return "".join(filled)


@contextmanager
def left_open() -> Iterator[None]:
    """Leave holes for the keys of forms in what is drawn while the block runs."""
    before = g.get("portal_left_open", False)
    g.portal_left_open = True
    try:
        yield
    finally:
        g.portal_left_open = before


def form_token() -> str:
    """Return what a form proves its origin by."""
    return hole(_TOKEN) if g.get("portal_left_open") else _own_token()


def form_key() -> str:
    """Return the key by which sending a form twice acts once."""
    return hole(_KEY) if g.get("portal_left_open") else page_key()


def _own_token() -> str:
    """Sign the secret of the reader's session; the result is reused for a minute."""
    secret = session.get("csrf_token")
    if not isinstance(secret, str):
        return str(generate_csrf())
    return _tokens.get((current_app.secret_key, secret), generate_csrf)
