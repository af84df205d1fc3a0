"""What benefits are called: those that ship by fixed words, the union's own by the occasion that gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, has_request_context
from flask_babel import gettext

from gateway.portal.formats import name_of
from gateway.portal.fund_words import BENEFIT
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.contracts.welfare.visits.types import list_visit_types

_SECONDS = 1.5
"""How long a page waits for names: less than for what it is about."""


def benefit_words(key: str | None) -> str:
    """Return what a benefit is called; its key where nobody here may see, or welfare is away."""
    if not key:
        return "—"
    return str(BENEFIT[key] if key in BENEFIT else _own().get(key, key))


def benefit_choices() -> Mapping[str, Any]:
    """Return every benefit as a choice: those that ship, then the union's own."""
    return {**BENEFIT, **{key: name for key, name in _own().items() if key not in BENEFIT}}


def _own() -> dict[str, str]:
    """Return the names of what visit types give, asked for once per request."""
    if not has_request_context():
        return {}
    if "portal_benefits" not in g:
        try:
            types = call(list_visit_types, {}, seconds=_SECONDS)["items"]
        except Problem:
            types = []
        names = {one["benefit_key"]: gettext("%(occasion)s慰问", occasion=name_of(one)) for one in reversed(types)}
        g.portal_benefits = names
    found: dict[str, str] = g.portal_benefits
    return found
