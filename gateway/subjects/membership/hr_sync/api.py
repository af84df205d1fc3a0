"""Synchronisation with the campus HR system: what it delivers, the differences, what is done about them."""

from gateway.http.routes import Route
from services.contracts.membership import hr as contract

_HR = "/membership/hr"
_RECORD = f"{_HR}/differences/<uuid:record_id>"

ROUTES = (
    Route("POST", f"{_HR}/changes", contract.push_hr_changes),
    Route("POST", f"{_HR}/pull", contract.pull_hr_changes, 202),
    Route("GET", f"{_HR}/rounds", contract.list_hr_rounds),
    Route("GET", f"{_HR}/differences", contract.list_hr_differences),
    Route("POST", f"{_HR}/differences/apply", contract.apply_hr_differences, 202),
    Route("GET", _RECORD, contract.get_hr_difference),
    Route("POST", f"{_RECORD}/apply", contract.apply_hr_difference),
    Route("POST", f"{_RECORD}/dismiss", contract.dismiss_hr_difference),
)
