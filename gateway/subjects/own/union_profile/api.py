"""The union's profile over HTTP."""

from __future__ import annotations

from gateway.http.routes import answered_by
from gateway.subjects.own.union_profile.answers import answer
from services.contracts.gateway.union_profile import (
    LARGEST_EMBLEM,
    change_union_profile,
    get_union_profile,
    remove_union_emblem,
    set_union_emblem,
)

_PROFILE = "/union-profile"
_EMBLEM = f"{_PROFILE}/emblem"

_route = answered_by(answer)

ROUTES = (
    _route("GET", _PROFILE, get_union_profile),
    _route("PUT", _PROFILE, change_union_profile),
    _route("PUT", _EMBLEM, set_union_emblem, limit="30/minute", upload=LARGEST_EMBLEM),
    _route("DELETE", _EMBLEM, remove_union_emblem),
)
