"""Birthday care: the month's list, vouchers, what was given."""

from gateway.http.routes import Route
from services.contracts.membership import birthdays as calendars
from services.contracts.welfare import birthdays as contract

_MONTH = "/welfare/birthdays/<int:year>/<int:month>"

ROUTES = (
    Route("GET", "/me/birthday-calendar", calendars.my_birthday_calendar),
    Route("PUT", "/me/birthday-calendar", calendars.choose_birthday_calendar),
    Route("GET", _MONTH, contract.get_birthday_list),
    Route("POST", _MONTH, contract.draw_up_birthday_list),
    Route("GET", f"{_MONTH}/grants", contract.list_birthday_grants),
    Route("POST", f"{_MONTH}/vouchers", contract.issue_birthday_vouchers, 201),
    Route("POST", "/welfare/birthday-vouchers/collect", contract.collect_birthday_voucher),
    Route("POST", "/welfare/birthday-grants/<uuid:grant_id>/withdraw", contract.withdraw_birthday_grant),
    Route("GET", "/welfare/birthday-runs", contract.list_birthday_runs),
    Route("GET", "/welfare/birthday-runs/<uuid:run_id>", contract.get_birthday_run),
    Route("POST", "/welfare/birthday-runs/<uuid:run_id>/stop", contract.stop_birthday_run),
)
