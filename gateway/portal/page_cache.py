"""A cache of rendered pages: readers who see the same content share it; each reader's own values are filled in.

Rendering a list of twenty activities takes fifty times as long as reading it, and before a registration opens hundreds
of people load the same page. The key of a page is everything it shows; the layout and the keys of forms, which differ
between answers, are added afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from flask import current_app, g, request, session
from flask_babel.speaklater import LazyString

from gateway.portal.languages import selected_language
from gateway.portal.layout import Insides, put_in_frame
from gateway.portal.placeholders import hole, left_open
from gateway.portal.service_calls import Part
from gateway.rpc.caching import MicroCache, Stamped
from services.chassis.clock import now
from services.chassis.errors import Problem

_pages: MicroCache[Any, Insides] = MicroCache(seconds=30, largest=300)


def render_shared(
    template: str,
    shown: Mapping[str, Any],
    *,
    more: Callable[[], Mapping[str, Any]] = dict,
    own: Mapping[str, str] | None = None,
) -> str:
    """Return a page, drawn anew only when something it shows has changed.

    Args:
        template: it may use `english`, what is given here, the present minute, and nothing else of the request.
        shown: what the page shows, known by its contents.
        more: what else the template needs, if it follows from `shown` and the address; asked for only to draw.
        own: texts that are the reader's own; the template may only write them, not judge by them.
    """
    own = dict(own or {})

    def draw() -> Insides:
        return _drawn(template, {**shown, **more(), **{name: hole(name) for name in own}})

    told = bool(session.get("_flashes"))
    insides = draw() if told else _pages.get(_key(template, shown), draw)
    return put_in_frame(insides, own)


def stamp_of(part: Part) -> Any:
    """Return what tells a part of a page from others: the stamp of a remembered answer, else all it holds."""
    return part.data.stamp if isinstance(part.data, Stamped) else part


def _drawn(template: str, shown: Mapping[str, Any]) -> Insides:
    """Draw what goes into the frame, with nothing in reach that is one reader's own."""
    g.portal_insides = None
    try:
        with left_open():
            current_app.jinja_env.get_template(template).render(**shown, english=selected_language() == "en")
        insides: Insides = g.portal_insides
        return insides
    finally:
        g.pop("portal_insides")


def _key(template: str, shown: Mapping[str, Any]) -> tuple[Any, ...]:
    minute = int(now().timestamp()) // 60
    return template, selected_language(), request.full_path, minute, _contents(shown)


def _plain(value: Any) -> Any:
    """Return what JSON can write of a value; what is not known by its contents must not be shown on a shared page."""
    if isinstance(value, Problem):
        return value.to_wire()
    if isinstance(value, str | LazyString):
        return str(value)
    raise TypeError(f"a shared page can't show a {type(value).__name__}")


_contents = msgspec.json.Encoder(enc_hook=_plain).encode
