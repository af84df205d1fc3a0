"""Synchronisation with the campus HR system: what it delivers, the differences, what is done about them."""

from __future__ import annotations

from gateway.http.routes import Route
from services.contracts.membership.hr import (
    apply_hr_difference,
    apply_hr_differences,
    dismiss_hr_difference,
    get_hr_difference,
    list_hr_differences,
    list_hr_rounds,
    pull_hr_changes,
    push_hr_changes,
)

_HR = "/membership/hr"
_RECORD = f"{_HR}/differences/<uuid:record_id>"

ROUTES = (
    Route("POST", f"{_HR}/changes", push_hr_changes),
    Route("POST", f"{_HR}/pull", pull_hr_changes, 202),
    Route("GET", f"{_HR}/rounds", list_hr_rounds),
    Route("GET", f"{_HR}/differences", list_hr_differences),
    Route("POST", f"{_HR}/differences/apply", apply_hr_differences, 202),
    Route("GET", _RECORD, get_hr_difference),
    Route("POST", f"{_RECORD}/apply", apply_hr_difference),
    Route("POST", f"{_RECORD}/dismiss", dismiss_hr_difference),
)
