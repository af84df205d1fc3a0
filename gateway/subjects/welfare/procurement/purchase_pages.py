"""One purchase: where it stands, quotes beside each other, decision, contract, deliveries, invoices, files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.look_ups import line_choices
from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, names, only
from gateway.portal.service_calls import act, go, submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import file_response, takes_file, upload_of
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.schema import Operation
from services.contracts.welfare.procurement import operations as contract
from services.contracts.welfare.procurement.requests import (
    LARGEST_PAPER,
    DecidePurchase,
    RecordContract,
    RecordInvoice,
    RequestPayment,
)
from services.contracts.welfare.procurement.vocabulary import PURCHASE_STAGES, PURCHASE_STATES

PAGES = PageTable()
_PATH = "/console/purchases/<uuid:purchase_id>"
FILE = Field("file", control="file", hint=_l("PDF 或照片，10 MB 以内。"), required=False)
PRESENT = Field("present", control="textarea", hint=_l("集体决定时填写，每行一人。"), required=False)
DECISION = ("decided_on", "tender_number", PRESENT, Field("reason", control="textarea"), FILE)
CONTRACT = ("contract_number", "signed_on", FILE)
INVOICE = (
    Field("invoice_number", wide=True), Field("invoice_code", hint=_l("全电发票没有代码，不填。")), "amount",
    "issued_on", "buyer_name", "buyer_tax_number", FILE,
)  # fmt: skip
_BACK = {
    "undo-decision": (contract.undo_decision, _l("决定已撤销，可以重新比价。")),
    "undo-contract": (contract.undo_contract, _l("合同已撤销。")),
    "finish": (contract.finish_delivery, _l("已结束到货，可以登记发票。")),
    "cancel": (contract.cancel_purchase, _l("采购已取消。")),
}


@PAGES.get(_PATH)
@only(*CONSOLE_ROLES)
def purchase(purchase_id: UUID) -> str:
    """Show a purchase."""
    return purchase_page(purchase_id)


def purchase_page(purchase_id: UUID, **forms: Form) -> str:
    """Draw the page of a purchase.

    Args:
        purchase_id: which one.
        forms: those that were refused, by name.
    """
    found = call(contract.get_purchase, {"purchase_id": str(purchase_id)})
    shown = {**_forms(found), **forms}
    return render_template("portal/console/purchase.html", **about(found), forms=shown)


def about(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what pages and sheets show of a purchase."""
    state = "payment_requested" if found["state"] == "refused" else found["state"]
    stages = PURCHASE_STAGES if found["contract_number"] or found["way"] not in ("alone", None) else _WITHOUT_CONTRACT
    people = [found["decision"] or {}, *found["acceptances"]]
    return {
        "purchase": found,
        "way": steps_of(stages, state, PURCHASE_STATES),
        "warnings": [say_rule(one["rule"], one["params"]) for one in found["warnings"]],
        "people": names(people, "member_id", "first_member_id", "second_member_id"),
        "items": {item["id"]: item for item in found["items"]},
        "prices": {quote["id"]: {line["item_id"]: line for line in quote["lines"]} for quote in found["quotes"]},
    }


_WITHOUT_CONTRACT = PURCHASE_STAGES.only(*(state for state in PURCHASE_STAGES if state != "contracted"))


def _forms(found: Mapping[str, Any]) -> dict[str, Form]:
    now = today().isoformat()
    can = found["actions"]
    title = call(contract.get_invoice_title, {}) if "invoice" in can else {}
    buyer = {"buyer_name": title.get("name"), "buyer_tax_number": title.get("tax_number")}
    rest = Decimal(found["accepted_amount"]) - Decimal(found["invoiced_amount"])
    forms = {
        "decision": Form(DecidePurchase, DECISION, values={"decided_on": now}),
        "contract": Form(RecordContract, CONTRACT, values={"signed_on": now}),
        "invoice": Form(RecordInvoice, INVOICE, values={"issued_on": now, "amount": f"{rest:.2f}", **buyer}),
    }
    if "request_payment" in can:
        forms["payment"] = Form(RequestPayment, (_LINE,), values={"line_code": found["line_code"]})
    return forms


_LINE = Field("line_code", choices=line_choices, blank=_l("请选择"))


def with_file(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what was filled in, with the chosen file as the request's own."""
    left = {name: value for name, value in payload.items() if name not in ("media_type", "content", "file")}
    if "content" in payload:
        left.pop("name", None)
    chosen = upload_of("file")
    return {**left, **({"file": chosen} if chosen else {})}


@PAGES.post(f"{_PATH}/decide")
@takes_file(LARGEST_PAPER)
@only("officer")
def decide_purchase(purchase_id: UUID) -> Response | tuple[str, int]:
    """Take the quote that was chosen in the comparison."""
    form = Form(DecidePurchase, DECISION, posted=request.form)
    filled = with_file(form.payload())
    filled["present"] = [name.strip() for name in (filled.get("present") or "").splitlines() if name.strip()]
    quote_id, _, amount = request.form.get("quote", "").partition("/")
    ref = {"purchase_id": str(purchase_id), "quote_id": quote_id, "amount": amount}
    if submit(form, contract.decide_purchase, filled=filled, **ref) is None:
        return purchase_page(purchase_id, decision=form), 422
    flash(gettext("供应商已确定。"), "done")
    return go(here(purchase_id))


@PAGES.post(f"{_PATH}/contract")
@takes_file(LARGEST_PAPER)
@only("officer")
def record_contract(purchase_id: UUID) -> Response | tuple[str, int]:
    """Record the contract."""
    return _filed(purchase_id, "contract", Form(RecordContract, CONTRACT, posted=request.form),
                  contract.record_contract, gettext("合同已登记。"))  # fmt: skip


@PAGES.post(f"{_PATH}/invoices")
@takes_file(LARGEST_PAPER)
@only("officer")
def record_invoice(purchase_id: UUID) -> Response | tuple[str, int]:
    """Record an invoice."""
    return _filed(purchase_id, "invoice", Form(RecordInvoice, INVOICE, posted=request.form),
                  contract.record_invoice, gettext("发票已登记。"))  # fmt: skip


def _filed(purchase_id: UUID, name: str, form: Form, operation: Operation, done: str) -> Response | tuple[str, int]:
    if submit(form, operation, filled=with_file(form.payload()), purchase_id=str(purchase_id)) is None:
        return purchase_page(purchase_id, **{name: form}), 422
    flash(done, "done")
    return go(here(purchase_id))


@PAGES.post(f"{_PATH}/request-payment")
@only("officer")
def request_purchase_payment(purchase_id: UUID) -> Response | tuple[str, int]:
    """Ask for the payment of the sum that was shown."""
    form = Form(RequestPayment, (_LINE,), posted=request.form)
    amount = request.form.get("amount", "")
    if submit(form, contract.request_purchase_payment, purchase_id=str(purchase_id), amount=amount) is None:
        return purchase_page(purchase_id, payment=form), 422
    flash(gettext("已申请付款，等待经费入账。"), "done")
    return go(here(purchase_id))


@PAGES.post(f"{_PATH}/<any('undo-decision','undo-contract',finish,cancel):what>")
@only("officer", "chair")
def step_back_of_purchase(purchase_id: UUID, what: str) -> Response:
    """Take a step back, or end the purchase, with the reason."""
    operation, done = _BACK[what]
    payload = {"purchase_id": str(purchase_id), "reason": request.form.get("reason", "").strip()}
    return act(operation, payload, done=str(done), then=here(purchase_id))


@PAGES.post(f"{_PATH}/invoices/<uuid:invoice_id>/reverse")
@only("officer")
def reverse_invoice(purchase_id: UUID, invoice_id: UUID) -> Response:
    """Reverse an invoice."""
    payload = {"purchase_id": str(purchase_id), "invoice_id": str(invoice_id),
               "reason": request.form.get("reason", "").strip()}  # fmt: skip
    return act(contract.reverse_invoice, payload, done=gettext("发票已冲红。"), then=here(purchase_id))


@PAGES.get(f"{_PATH}/papers/<uuid:paper_id>")
@only(*CONSOLE_ROLES)
def purchase_paper(purchase_id: UUID, paper_id: UUID) -> Response:
    """Return a file."""
    ref = {"purchase_id": str(purchase_id), "paper_id": str(paper_id)}
    return file_response(call(contract.open_purchase_paper, ref))


@PAGES.post(f"{_PATH}/papers/<uuid:paper_id>/remove")
@only("officer")
def remove_purchase_paper(purchase_id: UUID, paper_id: UUID) -> Response:
    """Remove a file."""
    payload = {"purchase_id": str(purchase_id), "paper_id": str(paper_id),
               "reason": request.form.get("reason", "").strip()}  # fmt: skip
    return act(contract.remove_purchase_paper, payload, done=gettext("文件已删除。"), then=here(purchase_id))


@PAGES.get(f"{_PATH}/comparison")
@only(*OFFICE_ROLES)
def comparison_sheet(purchase_id: UUID) -> str:
    """Show the comparison of quotes on paper, to be signed by those who decide."""
    found = call(contract.get_purchase, {"purchase_id": str(purchase_id)})
    return render_template("portal/console/comparison_sheet.html", **about(found))


def here(purchase_id: UUID) -> str:
    """Return the address of a purchase's page."""
    return url_for("portal.purchase", purchase_id=purchase_id)
