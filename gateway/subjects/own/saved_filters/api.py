"""Saved filters: the filters and the order of a list page under a name, the own ones."""

from __future__ import annotations

from functools import partial

from gateway.http.routes import Route
from gateway.subjects.own.saved_filters.answers import answer
from services.contracts.gateway.saved_filters import (
    delete_saved_filter,
    list_saved_filters,
    rename_saved_filter,
    save_filter,
)

_ONE = "/me/saved-filters/<uuid:saved_filter_id>"

ROUTES = (
    Route("GET", "/me/saved-filters", list_saved_filters, answer=partial(answer, list_saved_filters)),
    Route("POST", "/me/saved-filters", save_filter, 201, answer=partial(answer, save_filter)),
    Route("PATCH", _ONE, rename_saved_filter, answer=partial(answer, rename_saved_filter)),
    Route("DELETE", _ONE, delete_saved_filter, 204, answer=partial(answer, delete_saved_filter)),
)
