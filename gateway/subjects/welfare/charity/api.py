"""Charity drives: drives and gifts, lists and counts, the payroll office, hand-over and disclosure."""

from gateway.http.routes import Route
from gateway.subjects.welfare.charity.certificates import certificate_of
from services.contracts.files import LARGEST
from services.contracts.gateway.papers import gift_certificate
from services.contracts.welfare.charity import operations as contract

_DRIVES = "/welfare/drives"
_DRIVE = f"{_DRIVES}/<uuid:drive_id>"
_GIFT = f"{_DRIVES}/gifts/<uuid:gift_id>"
_OWN = "/me/gifts/<uuid:gift_id>"

ROUTES = (
    Route("GET", _DRIVES, contract.list_drives),
    Route("POST", _DRIVES, contract.prepare_drive, 201, location=f"{_DRIVES}/{{id}}"),
    Route("GET", _DRIVE, contract.get_drive),
    Route("PUT", _DRIVE, contract.change_drive),
    Route("GET", f"{_DRIVE}/outstanding", contract.drive_outstanding),
    Route("POST", f"{_DRIVE}/open", contract.open_drive),
    Route("POST", f"{_DRIVE}/close", contract.close_drive),
    Route("POST", f"{_DRIVE}/cancel", contract.cancel_drive),
    Route("POST", f"{_DRIVE}/hand-over", contract.hand_over_drive, upload=LARGEST),
    Route("GET", f"{_DRIVE}/receipt", contract.charity_receipt, download=True),
    Route("POST", f"{_DRIVE}/disclose", contract.disclose_drive),
    Route("GET", f"{_DRIVE}/pledge", contract.my_pledge),
    Route("PUT", f"{_DRIVE}/pledge", contract.pledge_to_drive),
    Route("DELETE", f"{_DRIVE}/pledge", contract.withdraw_pledge),
    Route("GET", f"{_DRIVE}/gifts", contract.list_gifts),
    Route("POST", f"{_DRIVE}/gifts", contract.give_to_drive, 201),
    Route("POST", f"{_DRIVE}/claims", contract.claim_gift),
    Route("POST", f"{_DRIVE}/lists", contract.enter_gifts),
    Route("GET", f"{_DRIVE}/counts", contract.list_cash_counts),
    Route("POST", f"{_DRIVE}/counts", contract.count_cash),
    Route("POST", f"{_DRIVE}/payroll-list", contract.read_payroll_list),
    Route("POST", f"{_DRIVE}/payroll-list/confirm", contract.confirm_payroll),
    Route("POST", f"{_DRIVE}/receipt-list", contract.read_receipt_list),
    Route("POST", f"{_GIFT}/confirm", contract.confirm_gift),
    Route("POST", f"{_GIFT}/withdraw", contract.withdraw_gift),
    Route("POST", f"{_GIFT}/receipt", contract.give_receipt),
    Route("GET", "/me/gifts", contract.my_gifts),
    Route("GET", "/me/pledges", contract.my_pledges),
    Route("GET", _OWN, contract.my_gift),
    Route("POST", f"{_OWN}/receipt", contract.ask_receipt),
    Route("GET", f"{_OWN}/certificate.pdf", gift_certificate, answer=certificate_of, download=True),
)
