"""Saved filters: the filters and the order of a list page under a name, the own ones."""

from __future__ import annotations

from gateway.http.routes import answered_by
from gateway.subjects.own.saved_filters.answers import answer
from services.contracts.gateway.saved_filters import (
    delete_saved_filter,
    list_saved_filters,
    rename_saved_filter,
    save_filter,
)

_ONE = "/me/saved-filters/<uuid:saved_filter_id>"

_route = answered_by(answer)

ROUTES = (
    _route("GET", "/me/saved-filters", list_saved_filters),
    _route("POST", "/me/saved-filters", save_filter, 201),
    _route("PATCH", _ONE, rename_saved_filter),
    _route("DELETE", _ONE, delete_saved_filter, 204),
)
