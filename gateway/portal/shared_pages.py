"""Pages that look the same for everybody who is shown the same: drawn once, handed out with each reader's own keys.

Drawing a list of twenty activities costs fifty times what reading it costs, and before a registration opens hundreds
of people load the same page. A page is remembered under everything it was drawn from; what differs from answer to
answer, the keys of its forms, is put in afterwards.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import current_app, render_template, request, session
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import generate_csrf

from gateway.caching import MicroCache
from gateway.portal.languages import selected_language
from gateway.portal.seams import page_key
from services.chassis.clock import now
from services.chassis.errors import Problem

_CSRF, _ONCE = (f"{secrets.token_hex(12)}-{name}" for name in ("csrf", "once"))
_OWN_KEYS = re.compile(f"{_CSRF}|{_ONCE}")
_pages: MicroCache[bytes, str] = MicroCache(seconds=30, largest=500)


def render_shared(template: str, **shown: Any) -> str:
    """Return a page, drawn anew only when something it shows has changed.

    Args:
        template: it may use what is given here, the frame, the present minute, and nothing else of the request.
        shown: what the page shows.
    """
    if session.get("_flashes"):
        return render_template(template, **shown)
    page = _pages.get(
        _key(template, shown),
        lambda: render_template(template, **shown, csrf_token=lambda: _CSRF, new_key=lambda: _ONCE),
    )
    return _OWN_KEYS.sub(lambda found: generate_csrf() if found[0] == _CSRF else page_key(), page)


def _key(template: str, shown: dict[str, Any]) -> bytes:
    frame: dict[str, Any] = {}
    current_app.update_template_context(frame)
    known = {name: value for name, value in frame.items() if name not in ("g", "request", "session", "account")}
    minute = now().replace(second=0, microsecond=0)
    parts = [template, selected_language(), request.full_path, minute, known, shown]
    return hashlib.blake2b(json.dumps(parts, default=_plain).encode(), digest_size=20).digest()


def _plain(value: Any) -> Any:
    """Return what JSON can write of a value; what is not known by its contents must not be shown on a shared page."""
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Problem):
        return value.to_wire()
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, date | UUID | Decimal | LazyString):
        return str(value)
    if callable(value):
        return value.__qualname__
    raise TypeError(f"a shared page can't show a {type(value).__name__}")
