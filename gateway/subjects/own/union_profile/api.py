"""The union's profile over HTTP."""

from __future__ import annotations

from gateway.http.routes import answered_by
from gateway.subjects.own.union_profile.answers import answer
from services.contracts.gateway.union_profile import change_union_profile, get_union_profile

_PROFILE = "/union-profile"

_route = answered_by(answer)

ROUTES = (
    _route("GET", _PROFILE, get_union_profile),
    _route("PUT", _PROFILE, change_union_profile),
)
