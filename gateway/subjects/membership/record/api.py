"""Membership: members' records. Organisation, joining and standing have tables of their own."""

from __future__ import annotations

from gateway.http.rate_limits import SNAPSHOTS
from gateway.http.routes import Route
from services.contracts.membership.record.operations import (
    admit_members,
    change_unit,
    export_members,
    get_member,
    list_members,
    member_accesses,
    member_history,
    unmask_member,
    update_member,
)
from services.contracts.membership.snapshot import snapshot_members

_MEMBER = "/membership/members/<uuid:member_id>"

ROUTES = (
    Route("GET", "/membership/members", list_members),
    Route("POST", "/membership/members", admit_members, 201),
    Route("POST", "/membership/members/export", export_members),
    Route("GET", "/membership/members/snapshot", snapshot_members, limit=SNAPSHOTS),
    Route("GET", _MEMBER, get_member),
    Route("PATCH", _MEMBER, update_member),
    Route("POST", f"{_MEMBER}/unmask", unmask_member),
    Route("POST", f"{_MEMBER}/change-unit", change_unit),
    Route("GET", f"{_MEMBER}/history", member_history),
    Route("GET", f"{_MEMBER}/accesses", member_accesses),
)
