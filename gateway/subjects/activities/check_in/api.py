"""Check-in and attendance over HTTP."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route, forward
from gateway.subjects.activities.check_in.certificates import certificate_of
from gateway.subjects.activities.check_in.scans import with_person
from services.contracts.activities.check_in import operations as contract
from services.contracts.gateway.papers import attendance_certificate

_ACTIVITY = "/activities/<uuid:activity_id>"
_CHECK_INS = f"{_ACTIVITY}/check-ins"
_ATTENDANCE = f"{_ACTIVITY}/attendance"
_SCANS = "600/minute"


def _check_in(payload: dict[str, Any]) -> dict[str, Any]:
    """Record who came; the code of a membership card is asked about first."""
    return forward(contract.check_in, with_person(payload))


ROUTES = (
    Route("GET", _CHECK_INS, contract.get_check_in),
    Route("PUT", _CHECK_INS, contract.set_check_in),
    Route("POST", _CHECK_INS, contract.check_in, answer=_check_in, limit=_SCANS),
    Route("GET", f"{_CHECK_INS}/code", contract.my_check_in_code),
    Route("GET", f"{_CHECK_INS}/list", contract.desk_list),
    Route("POST", f"{_CHECK_INS}/sync", contract.sync_check_ins),
    Route("POST", f"{_CHECK_INS}/undo", contract.undo_check_in),
    Route("GET", _ATTENDANCE, contract.list_attendance),
    Route("POST", _ATTENDANCE, contract.mark_attendance),
    Route("GET", f"{_ATTENDANCE}/units", contract.attendance_by_unit),
    Route("POST", f"{_ATTENDANCE}/close", contract.close_attendance),
    Route("POST", f"{_ATTENDANCE}/reopen", contract.reopen_attendance),
    Route("GET", "/me/attendance", contract.my_attendance),
    Route("GET", "/me/attendance/<uuid:attendance_id>", contract.my_certificate),
    Route(
        "GET", "/me/attendance/<uuid:attendance_id>/certificate.pdf", attendance_certificate, answer=certificate_of,
        download=True,
    ),
)  # fmt: skip
