"""Requests and counselling over HTTP."""

from gateway.http.routes import Route
from services.contracts.files import LARGEST
from services.contracts.welfare.requests import appointments, operations, types

_TYPES = "/welfare/request-types"
_TYPE = f"{_TYPES}/<uuid:type_id>"
_REQUEST = "/welfare/requests/<uuid:request_id>"
_SLOT = "/welfare/counselling-slots/<uuid:slot_id>"

ROUTES = (
    Route("GET", _TYPES, types.list_request_types),
    Route("POST", _TYPES, types.add_request_type, 201),
    Route("PUT", _TYPE, types.change_request_type),
    Route("POST", f"{_TYPE}/offer", types.offer_request_type),
    Route("GET", "/welfare/requests", operations.list_requests),
    Route("POST", "/welfare/requests", operations.submit_request, 201, location="/welfare/requests/{id}"),
    Route("GET", _REQUEST, operations.get_request),
    Route("POST", f"{_REQUEST}/unmask", operations.unmask_request),
    Route("POST", f"{_REQUEST}/accept", operations.accept_request),
    Route("POST", f"{_REQUEST}/advance", operations.advance_request),
    Route("POST", f"{_REQUEST}/finish", operations.finish_request),
    Route("POST", f"{_REQUEST}/decline", operations.decline_request),
    Route("POST", f"{_REQUEST}/withdraw", operations.withdraw_request),
    Route("POST", f"{_REQUEST}/documents", operations.attach_request_document, 201, upload=LARGEST),
    Route("POST", f"{_REQUEST}/documents/<uuid:document_id>/open", operations.open_request_document, download=True),
    Route("GET", f"{_TYPE}/slots", appointments.list_counselling_slots),
    Route("POST", f"{_TYPE}/slots", appointments.add_counselling_slot, 201),
    Route("DELETE", _SLOT, appointments.remove_counselling_slot),
    Route("GET", f"{_SLOT}/visitors", appointments.list_visitors),
    Route("POST", f"{_SLOT}/book", appointments.book_appointment),
    Route("POST", f"{_SLOT}/cancel", appointments.cancel_appointment),
    Route("GET", "/welfare/counselling-counts", appointments.counselling_counts),
    Route("GET", "/me/requests", operations.my_requests),
    Route("GET", "/me/appointments", appointments.my_appointments),
)
