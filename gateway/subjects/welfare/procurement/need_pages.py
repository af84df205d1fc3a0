"""The form that raises a need: what is to be bought, for what, in which quantities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.look_ups import line_choices
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, own_unit_choices
from gateway.portal.service_calls import go, submit
from gateway.rpc.calls import call
from services.chassis.plain_text import whole_number
from services.contracts.welfare.procurement.operations import raise_need
from services.contracts.welfare.procurement.requests import MOST_ITEMS, RaiseNeed
from services.contracts.welfare.programmes.operations import get_cycle

PAGES = PageTable()
_SHOWN_ITEMS = 5
_PARTS = ("name", "specification", "quantity", "unit", "package_id")


@PAGES.route("/console/purchases/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_purchase() -> str | Response | tuple[str, int]:
    """Raise a need; opened from a cycle of goods, its packages stand in the lines already."""
    posted = request.form if request.method == "POST" else None
    cycle_id = request.values.get("cycle_id", "")
    cycle = call(get_cycle, {"cycle_id": cycle_id}) if cycle_id else None
    form = Form(RaiseNeed, _fields(cycle is not None), values=_values(cycle), posted=posted)
    items = _posted_items() if posted is not None else _items(cycle)
    page = {"form": form, "items": items, "cycle": cycle, "rows": _rows(items)}
    if posted is None:
        return render_template("portal/console/purchase_new.html", **page)
    source = {"source_type": "cycle", "source_id": cycle["id"]} if cycle else {}
    made = submit(form, raise_need, filled={**form.payload(), "items": items, **source})
    if made is None:
        return render_template("portal/console/purchase_new.html", **page), 422
    flash(gettext("需求已提出，编号 %(number)s。", number=made["number"]), "done")
    return go(url_for("portal.purchase", purchase_id=made["id"]))


def _fields(for_cycle: bool) -> list[Field | str]:
    office = current_principal().has("officer")
    other = [(Field("source_type", choices=_other_sources()))]
    money: list[Field | str] = [
        "funding",
        Field("line_code", choices=line_choices, blank=_l("付款时再定")),
    ]
    return [
        Field("title", wide=True), "kind", *([] if for_cycle else other),
        Field("unit_id", choices=own_unit_choices, blank=_l("校工会") if office else None, required=not office),
        "estimate", *(money if office else []),
        Field("reason", control="textarea", hint=_l("为什么要买、什么时候要。")),
    ]  # fmt: skip


def _other_sources() -> dict[str, Any]:
    return {"activity": _l("活动"), "campaign": _l("送温暖等专项"), "other": _l("其他")}


def _values(cycle: dict[str, Any] | None) -> dict[str, Any]:
    if cycle is None:
        return {"source_type": "other", "kind": "supplies"}
    planned = sum((Decimal(one["price"]) * one["stock"] for one in cycle["packages"]), Decimal(0))
    return {"title": cycle["title"], "kind": "goods", "estimate": f"{planned:.2f}"}


def _items(cycle: dict[str, Any] | None) -> list[dict[str, Any]]:
    packages = cycle["packages"] if cycle else []
    return [
        {"name": one["name"], "specification": one["contents"][:200], "quantity": one["stock"],
         "unit": gettext("份"), "package_id": one["id"]}
        for one in packages
    ]  # fmt: skip


def _rows(items: list[dict[str, Any]]) -> int:
    return min(MOST_ITEMS, max(_SHOWN_ITEMS, len(items) + 2))


def _posted_items() -> list[dict[str, Any]]:
    """Return the lines that were filled in; a quantity that is no number stays as it was written, to be refused."""
    items = []
    for place in range(MOST_ITEMS):
        given = {name: request.form.get(f"{name}-{place}", "").strip() for name in _PARTS}
        if not given["name"] and not given["quantity"]:
            continue
        number = whole_number(given["quantity"]) if given["quantity"].isdecimal() else given["quantity"]
        items.append({**{name: value or None for name, value in given.items()}, "quantity": number})
    return items
