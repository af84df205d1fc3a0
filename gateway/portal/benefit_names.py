"""Names of benefits: fixed ones of shipped benefits, those of the union's own from their occasion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, has_request_context
from flask_babel import gettext

from gateway.portal.formats import name_of
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from gateway.rpc.deadlines import names_seconds
from services.chassis.errors import Problem
from services.contracts.vocabulary import BENEFITS
from services.contracts.welfare.visits.types import list_visit_types


def benefit_words(key: str | None) -> str:
    """Return the name of a benefit; its key if the reader may not see it or welfare is away."""
    if not key:
        return "—"
    return str(texts_of(BENEFITS)[key] if key in BENEFITS else _own().get(key, key))


def benefit_choices() -> Mapping[str, Any]:
    """Return every benefit as a choice: shipped ones, then the union's own."""
    return {**texts_of(BENEFITS), **{key: name for key, name in _own().items() if key not in BENEFITS}}


def _own() -> dict[str, str]:
    """Return the names of the benefits of visit types, looked up once per request."""
    if not has_request_context():
        return {}
    if "portal_benefits" not in g:
        try:
            types = call(list_visit_types, {}, seconds=names_seconds())["items"]
        except Problem:
            types = []
        names = {one["benefit_key"]: gettext("%(occasion)s慰问", occasion=name_of(one)) for one in reversed(types)}
        g.portal_benefits = names
    found: dict[str, str] = g.portal_benefits
    return found
