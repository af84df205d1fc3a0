"""Operations of requests and counselling, and their recurring work."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every
from services.chassis.files.attachments import examined_before, paper_of
from services.contracts.welfare.requests import appointments, operations, types
from services.welfare.requests.use_cases import counselling, documents, handling, reading, turns
from services.welfare.requests.use_cases import types as type_cases


@answers(
    (types.list_request_types, type_cases.list_request_types),
    (types.add_request_type, type_cases.add_request_type),
    (types.change_request_type, type_cases.change_request_type),
    (types.offer_request_type, type_cases.offer_request_type),
    (operations.submit_request, handling.submit_request),
    (operations.my_requests, reading.my_requests),
    (operations.list_requests, reading.list_requests),
    (operations.get_request, reading.get_request),
    (operations.accept_request, handling.accept_request),
    (operations.advance_request, handling.advance_request),
    (operations.finish_request, handling.finish_request),
    (operations.decline_request, handling.decline_request),
    (operations.withdraw_request, handling.withdraw_request),
    (appointments.list_counselling_slots, counselling.list_counselling_slots),
    (appointments.add_counselling_slot, counselling.add_counselling_slot),
    (appointments.remove_counselling_slot, counselling.remove_counselling_slot),
    (appointments.list_visitors, counselling.list_visitors),
    (appointments.my_appointments, counselling.my_appointments),
    (appointments.counselling_counts, counselling.counselling_counts),
)
@answers(
    (operations.attach_request_document, documents.attach_request_document),
    prepare=examined_before(documents.may_attach, paper_of),
)
# A stored reply would keep the words, a document, or that somebody went to counselling.
@answers(
    (operations.unmask_request, reading.unmask_request),
    (operations.open_request_document, documents.open_request_document),
    (appointments.book_appointment, counselling.book_appointment),
    (appointments.cancel_appointment, counselling.cancel_appointment),
    store_reply=False,
)
class RequestEntrypoints:
    """Requests and counselling over RPC."""

    count_and_forget_counselling = every(60, "counselling-counts", counselling.count_and_forget)
    tell_overdue_requests = every(300, "requests-overdue", turns.tell_overdue)
    forget_ended_requests = every(300, "requests-forgotten", turns.forget_ended)
