"""The organisation: units with their history, merged, split and moved; posts and who holds them."""

from __future__ import annotations

from gateway.http.rate_limits import SNAPSHOTS
from gateway.http.routes import Route
from services.contracts.membership.organisation.operations import (
    assign_post,
    create_unit,
    end_post,
    get_unit,
    list_posts,
    list_units,
    unit_figures,
    update_unit,
)
from services.contracts.membership.organisation.unit_changes import (
    merge_unit,
    move_unit,
    preview_merge,
    preview_split,
    split_unit,
    unit_history,
)
from services.contracts.membership.snapshot import snapshot_units

_UNIT = "/membership/units/<uuid:unit_id>"

ROUTES = (
    Route("GET", "/membership/units", list_units),
    Route("POST", "/membership/units", create_unit, 201, location="/membership/units/{id}"),
    Route("GET", "/membership/units/figures", unit_figures),
    Route("GET", "/membership/units/snapshot", snapshot_units, limit=SNAPSHOTS),
    Route("GET", _UNIT, get_unit),
    Route("PATCH", _UNIT, update_unit),
    Route("GET", f"{_UNIT}/history", unit_history),
    Route("GET", f"{_UNIT}/merge-preview", preview_merge),
    Route("POST", f"{_UNIT}/merge", merge_unit),
    # POST, though it changes nothing: who goes to which part does not fit into an address.
    Route("POST", f"{_UNIT}/split-preview", preview_split),
    Route("POST", f"{_UNIT}/split", split_unit),
    Route("POST", f"{_UNIT}/move", move_unit),
    Route("GET", "/membership/posts", list_posts),
    Route("POST", "/membership/posts", assign_post, 201),
    Route("POST", "/membership/posts/<uuid:post_id>/end", end_post),
)
