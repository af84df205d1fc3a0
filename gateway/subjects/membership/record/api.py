"""Membership: members' records. Organisation, joining and standing have tables of their own."""

from gateway.http.rate_limits import SNAPSHOTS
from gateway.http.routes import Route
from services.contracts.membership.record import operations as contract
from services.contracts.membership.record.ages import member_ages
from services.contracts.membership.record.figures import member_figures
from services.contracts.membership.record.numbers import members_by_number
from services.contracts.membership.snapshot import snapshot_members

_MEMBER = "/membership/members/<uuid:member_id>"

ROUTES = (
    Route("GET", "/membership/members", contract.list_members),
    Route("POST", "/membership/members", contract.admit_members, 201),
    Route("POST", "/membership/members/export", contract.export_members),
    Route("GET", "/membership/members/figures", member_figures),
    Route("GET", "/membership/members/snapshot", snapshot_members, limit=SNAPSHOTS),
    Route("GET", "/membership/members/ages", member_ages),
    Route("POST", "/membership/members/by-number", members_by_number),
    Route("GET", _MEMBER, contract.get_member),
    Route("PATCH", _MEMBER, contract.update_member),
    Route("POST", f"{_MEMBER}/unmask", contract.unmask_member),
    Route("POST", f"{_MEMBER}/change-unit", contract.change_unit),
    Route("GET", f"{_MEMBER}/history", contract.member_history),
    Route("GET", f"{_MEMBER}/accesses", contract.member_accesses),
)
