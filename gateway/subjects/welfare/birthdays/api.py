"""Birthday care: the month's list, vouchers, what was given."""

from __future__ import annotations

from gateway.http.routes import Route
from services.contracts.welfare.birthdays import (
    collect_birthday_voucher,
    draw_up_birthday_list,
    get_birthday_list,
    get_birthday_run,
    issue_birthday_vouchers,
    list_birthday_grants,
    list_birthday_runs,
    stop_birthday_run,
    withdraw_birthday_grant,
)

_MONTH = "/welfare/birthdays/<int:year>/<int:month>"

ROUTES = (
    Route("GET", _MONTH, get_birthday_list),
    Route("POST", _MONTH, draw_up_birthday_list),
    Route("GET", f"{_MONTH}/grants", list_birthday_grants),
    Route("POST", f"{_MONTH}/vouchers", issue_birthday_vouchers, 201),
    Route("POST", "/welfare/birthday-vouchers/collect", collect_birthday_voucher),
    Route("POST", "/welfare/birthday-grants/<uuid:grant_id>/withdraw", withdraw_birthday_grant),
    Route("GET", "/welfare/birthday-runs", list_birthday_runs),
    Route("GET", "/welfare/birthday-runs/<uuid:run_id>", get_birthday_run),
    Route("POST", "/welfare/birthday-runs/<uuid:run_id>/stop", stop_birthday_run),
)
