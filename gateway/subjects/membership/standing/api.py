"""Membership's course: transfers, retirement, decisions that end a membership, requests to leave."""

from gateway.http.routes import Route
from services.contracts.membership import retirement, transfer
from services.contracts.membership.standing import operations as contract

_MEMBER = "/membership/members/<uuid:member_id>"
_TRANSFER = "/membership/transfers/<uuid:transfer_id>"

ROUTES = (
    Route("GET", "/membership/transfers", transfer.list_transfers),
    Route("POST", "/membership/transfers", transfer.request_transfer, 201, location="/membership/transfers/{id}"),
    Route("GET", _TRANSFER, transfer.get_transfer),
    Route("POST", f"{_TRANSFER}/decide", transfer.decide_transfer),
    Route("POST", f"{_TRANSFER}/withdraw", transfer.withdraw_transfer),
    Route("POST", f"{_MEMBER}/transfer-in", transfer.record_transfer_in, 201),
    Route("GET", "/membership/standing", contract.member_standing),
    Route("GET", "/membership/standing-changes", contract.list_standing_changes),
    Route("POST", f"{_MEMBER}/decisions", contract.record_decision, 201),
    Route("POST", f"{_MEMBER}/reinstate", contract.reinstate_member),
    Route("GET", "/membership/retirement", retirement.member_retirement),
    Route("GET", "/membership/retirements", retirement.retirement_roster),
    Route("POST", "/membership/retirements/confirm", retirement.confirm_retirements, 202),
    Route("POST", "/membership/retirements/export", retirement.export_retirement_roster, download=True),
    Route("POST", f"{_MEMBER}/retirement-month", retirement.set_approved_month),
    Route("POST", f"{_MEMBER}/retirement", retirement.confirm_retirement),
    Route("POST", f"{_MEMBER}/retirement/undo", retirement.undo_retirement),
    Route("GET", "/membership/leave-requests", contract.list_leave_requests),
    Route("POST", "/membership/leave-requests", contract.request_leave, 201),
    Route("POST", "/membership/leave-requests/<uuid:leave_id>/take-back", contract.take_back_leave),
)
