"""Membership's course: transfers, retirement, decisions that end a membership, requests to leave."""

from __future__ import annotations

from gateway.http.routes import Route
from services.contracts.membership.retirement import (
    confirm_retirement,
    confirm_retirements,
    export_retirement_roster,
    member_retirement,
    retirement_roster,
    set_approved_month,
    undo_retirement,
)
from services.contracts.membership.standing.operations import (
    list_leave_requests,
    list_standing_changes,
    member_standing,
    record_decision,
    reinstate_member,
    request_leave,
    take_back_leave,
)
from services.contracts.membership.transfer import (
    decide_transfer,
    get_transfer,
    list_transfers,
    record_transfer_in,
    request_transfer,
    withdraw_transfer,
)

_MEMBER = "/membership/members/<uuid:member_id>"
_TRANSFER = "/membership/transfers/<uuid:transfer_id>"

ROUTES = (
    Route("GET", "/membership/transfers", list_transfers),
    Route("POST", "/membership/transfers", request_transfer, 201, location="/membership/transfers/{id}"),
    Route("GET", _TRANSFER, get_transfer),
    Route("POST", f"{_TRANSFER}/decide", decide_transfer),
    Route("POST", f"{_TRANSFER}/withdraw", withdraw_transfer),
    Route("POST", f"{_MEMBER}/transfer-in", record_transfer_in, 201),
    Route("GET", "/membership/standing", member_standing),
    Route("GET", "/membership/standing-changes", list_standing_changes),
    Route("POST", f"{_MEMBER}/decisions", record_decision, 201),
    Route("POST", f"{_MEMBER}/reinstate", reinstate_member),
    Route("GET", "/membership/retirement", member_retirement),
    Route("GET", "/membership/retirements", retirement_roster),
    Route("POST", "/membership/retirements/confirm", confirm_retirements, 202),
    Route("POST", "/membership/retirements/export", export_retirement_roster, download=True),
    Route("POST", f"{_MEMBER}/retirement-month", set_approved_month),
    Route("POST", f"{_MEMBER}/retirement", confirm_retirement),
    Route("POST", f"{_MEMBER}/retirement/undo", undo_retirement),
    Route("GET", "/membership/leave-requests", list_leave_requests),
    Route("POST", "/membership/leave-requests", request_leave, 201),
    Route("POST", "/membership/leave-requests/<uuid:leave_id>/take-back", take_back_leave),
)
