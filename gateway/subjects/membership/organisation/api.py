"""The organisation: units with their history, merged, split and moved; posts and who holds them."""

from gateway.http.rate_limits import SNAPSHOTS
from gateway.http.routes import Route
from services.contracts.membership.organisation import delegations, unit_changes
from services.contracts.membership.organisation import operations as contract
from services.contracts.membership.snapshot import snapshot_units

_UNIT = "/membership/units/<uuid:unit_id>"

ROUTES = (
    Route("GET", "/membership/units", contract.list_units),
    Route("POST", "/membership/units", contract.create_unit, 201, location="/membership/units/{id}"),
    Route("GET", "/membership/units/figures", contract.unit_figures),
    Route("GET", "/membership/units/snapshot", snapshot_units, limit=SNAPSHOTS),
    Route("GET", _UNIT, contract.get_unit),
    Route("PATCH", _UNIT, contract.update_unit),
    Route("GET", f"{_UNIT}/history", unit_changes.unit_history),
    Route("GET", f"{_UNIT}/merge-preview", unit_changes.preview_merge),
    Route("POST", f"{_UNIT}/merge", unit_changes.merge_unit),
    # POST, though it changes nothing: who goes to which part does not fit into an address.
    Route("POST", f"{_UNIT}/split-preview", unit_changes.preview_split),
    Route("POST", f"{_UNIT}/split", unit_changes.split_unit),
    Route("POST", f"{_UNIT}/move", unit_changes.move_unit),
    Route("GET", "/membership/posts", contract.list_posts),
    Route("POST", "/membership/posts", contract.assign_post, 201),
    Route("POST", "/membership/posts/<uuid:post_id>/end", contract.end_post),
    Route("GET", "/membership/delegations", delegations.list_delegations),
    Route("POST", "/membership/delegations", delegations.give_delegation, 201),
    Route("POST", "/membership/delegations/<uuid:delegation_id>/end", delegations.end_delegation),
)
