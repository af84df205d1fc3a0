"""Entering and withdrawing quotes, and attaching further files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, ask_again, go, part, submit
from gateway.portal.uploads import takes_file, upload_of
from gateway.rpc.calls import call
from gateway.subjects.welfare.procurement.purchase_pages import FILE, here, with_file
from services.chassis.amounts import plain_amount
from services.contracts.welfare.procurement import operations as contract
from services.contracts.welfare.procurement.requests import LARGEST_PAPER, AddQuote

PAGES = PageTable()
_PATH = "/console/purchases/<uuid:purchase_id>"
_MOST_OFFERED = 100


def supplier_choices() -> dict[str, str]:
    """Return the suppliers that can sell, by name."""
    found = part(contract.list_suppliers, {"blocked": False, "limit": _MOST_OFFERED})
    return {one["id"]: one["name"] for one in found.items}


@PAGES.route(f"{_PATH}/quotes/new", methods=["GET", "POST"])
@takes_file(LARGEST_PAPER)
@only("officer")
def new_quote(purchase_id: UUID) -> str | Response | tuple[str, int]:
    """Enter a supplier's quote, a price for each item."""
    posted = request.form if request.method == "POST" else None
    supplier = Field("supplier_id", choices=supplier_choices, blank=_l("请选择"), wide=True)
    form = Form(AddQuote, (supplier, "tax_rate", "valid_until", "note", FILE), values={"tax_rate": "13"}, posted=posted)
    found = call(contract.get_purchase, {"purchase_id": str(purchase_id)})
    page = {"form": form, "purchase": found, "given": request.form}
    if posted is None:
        return render_template("portal/console/quote_new.html", **page)
    filled = {**with_file(form.payload()), "lines": [_line(item) for item in found["items"]]}
    if submit(form, contract.add_quote, filled=filled, purchase_id=str(purchase_id)) is None:
        return render_template("portal/console/quote_new.html", **page), 422
    flash(gettext("报价已登记。"), "done")
    return go(here(purchase_id))


def _line(item: dict[str, Any]) -> dict[str, Any]:
    price = request.form.get(f"price-{item['id']}", "").strip()
    return {
        "item_id": item["id"],
        "unit_price": plain_amount(price),
        "paired_aid": f"aid-{item['id']}" in request.form,
    }


@PAGES.post(f"{_PATH}/quotes/<uuid:quote_id>/withdraw")
@only("officer")
def withdraw_quote(purchase_id: UUID, quote_id: UUID) -> Response:
    """Withdraw a quote."""
    payload = {"purchase_id": str(purchase_id), "quote_id": str(quote_id)}
    return act(contract.withdraw_quote, payload, done=gettext("报价已撤回。"), then=here(purchase_id))


@PAGES.post(f"{_PATH}/papers")
@takes_file(LARGEST_PAPER)
@only("officer", "chair")
def attach_purchase_paper(purchase_id: UUID) -> Response:
    """Attach a file."""
    chosen = upload_of("file")
    back = request.form.get("back")
    then = url_for("portal.acceptance", purchase_id=purchase_id) if back == "acceptance" else here(purchase_id)
    if chosen is None:
        ask_again(gettext("请先选择文件。"))
        return go(then)
    kind, _, about_id = request.form.get("kind", "").partition("/")
    payload = {"purchase_id": str(purchase_id), "kind": kind, "about_id": about_id or None, **chosen}
    return act(contract.attach_purchase_paper, payload, done=gettext("文件已上传。"), then=then)
