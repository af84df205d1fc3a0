"""Suppliers, and purchases from the need to the payment."""

from gateway.http.routes import Route
from services.contracts.welfare.procurement import operations as contract
from services.contracts.welfare.procurement.requests import LARGEST_PAPER

_SUPPLIER = "/welfare/suppliers/<uuid:supplier_id>"
_PURCHASE = "/welfare/purchases/<uuid:purchase_id>"
_DELIVERY = f"{_PURCHASE}/deliveries/<uuid:acceptance_id>"
_PAPER = f"{_PURCHASE}/papers/<uuid:paper_id>"

ROUTES = (
    Route("GET", "/welfare/suppliers", contract.list_suppliers),
    Route("POST", "/welfare/suppliers", contract.add_supplier, 201, location="/welfare/suppliers/{id}"),
    Route("GET", _SUPPLIER, contract.get_supplier),
    Route("PUT", _SUPPLIER, contract.change_supplier),
    Route("POST", f"{_SUPPLIER}/block", contract.block_supplier),
    Route("POST", f"{_SUPPLIER}/admit", contract.admit_supplier),
    Route("GET", "/welfare/invoice-title", contract.get_invoice_title),
    Route("PUT", "/welfare/invoice-title", contract.set_invoice_title),
    Route("GET", "/welfare/purchases", contract.list_purchases),
    Route("POST", "/welfare/purchases", contract.raise_need, 201, location="/welfare/purchases/{id}"),
    Route("GET", _PURCHASE, contract.get_purchase),
    Route("POST", f"{_PURCHASE}/cancel", contract.cancel_purchase),
    Route("POST", f"{_PURCHASE}/quotes", contract.add_quote, 201, upload=LARGEST_PAPER),
    Route("DELETE", f"{_PURCHASE}/quotes/<uuid:quote_id>", contract.withdraw_quote),
    Route("POST", f"{_PURCHASE}/decide", contract.decide_purchase, upload=LARGEST_PAPER),
    Route("POST", f"{_PURCHASE}/undo-decision", contract.undo_decision),
    Route("POST", f"{_PURCHASE}/contract", contract.record_contract, upload=LARGEST_PAPER),
    Route("POST", f"{_PURCHASE}/undo-contract", contract.undo_contract),
    Route("POST", f"{_PURCHASE}/deliveries", contract.count_delivery, 201),
    Route("POST", f"{_DELIVERY}/confirm", contract.confirm_delivery),
    Route("POST", f"{_DELIVERY}/withdraw", contract.withdraw_count),
    Route("POST", f"{_PURCHASE}/finish-delivery", contract.finish_delivery),
    Route("POST", f"{_PURCHASE}/invoices", contract.record_invoice, 201, upload=LARGEST_PAPER),
    Route("POST", f"{_PURCHASE}/invoices/<uuid:invoice_id>/reverse", contract.reverse_invoice),
    Route("POST", f"{_PURCHASE}/request-payment", contract.request_purchase_payment),
    Route("POST", f"{_PURCHASE}/papers", contract.attach_purchase_paper, 201, upload=LARGEST_PAPER),
    Route("GET", _PAPER, contract.open_purchase_paper, download=True),
    Route("POST", f"{_PAPER}/remove", contract.remove_purchase_paper),
)
