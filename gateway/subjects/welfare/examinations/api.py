"""Examinations: campaigns with packages and slots, bookings, coverage, hospitals."""

from gateway.http.routes import Route
from services.contracts.welfare.examinations import operations as contract

_HOSPITALS = "/welfare/examination-hospitals"
_ALL = "/welfare/examinations"
_ONE = f"{_ALL}/<uuid:examination_id>"
_SLOT = "/welfare/examination-slots/<uuid:slot_id>"

ROUTES = (
    Route("GET", _HOSPITALS, contract.list_examination_hospitals),
    Route("POST", _HOSPITALS, contract.add_examination_hospital, 201),
    Route("POST", f"{_HOSPITALS}/<uuid:hospital_id>/end", contract.end_examination_hospital),
    Route("GET", _ALL, contract.list_examinations),
    Route("POST", _ALL, contract.create_examination, 201, location=f"{_ALL}/{{id}}"),
    Route("GET", _ONE, contract.get_examination),
    Route("POST", f"{_ONE}/packages", contract.add_examination_package, 201),
    Route("POST", f"{_ONE}/slots", contract.add_examination_slot, 201),
    Route("POST", f"{_ONE}/open", contract.open_examination),
    Route("POST", f"{_ONE}/cancel", contract.cancel_examination),
    Route("POST", f"{_ONE}/close", contract.close_examination),
    Route("POST", f"{_ONE}/funding", contract.fund_examination_again),
    Route("GET", f"{_ONE}/bookings", contract.list_examinees),
    Route("POST", f"{_ONE}/bookings", contract.book_examination),
    Route("GET", f"{_ONE}/not-eligible", contract.list_not_eligible),
    Route("GET", f"{_ONE}/coverage/units", contract.list_unit_coverage),
    Route("GET", f"{_ONE}/unbooked", contract.list_unbooked_examinees),
    Route("POST", f"{_ONE}/reminders", contract.remind_unbooked),
    Route("GET", f"{_ONE}/coverage", contract.examination_coverage),
    Route("GET", f"{_ONE}/bookings/<uuid:member_id>", contract.look_up_examinee),
    Route("POST", f"{_ONE}/bookings/<uuid:member_id>/mark", contract.mark_examinee),
    Route("POST", f"{_ONE}/hospital-list", contract.read_hospital_list),
    Route("POST", f"{_SLOT}/capacity", contract.set_slot_capacity),
    Route("POST", f"{_SLOT}/mark", contract.mark_examination_slot),
    Route("POST", "/welfare/examination-bookings/<uuid:examinee_id>/cancel", contract.cancel_examination_booking),
    Route("GET", "/me/examinations", contract.my_examinations),
)
