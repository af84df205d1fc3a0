"""Accepting deliveries on a phone: one counts, another confirms; and the sheet that both sign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import act
from gateway.rpc.calls import call
from gateway.subjects.welfare.procurement.purchase_pages import about
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.welfare.procurement import operations as contract

PAGES = PageTable()
_PATH = "/console/purchases/<uuid:purchase_id>/acceptance"


@PAGES.get(_PATH)
@only(*CONSOLE_ROLES)
def acceptance(purchase_id: UUID) -> str:
    """Show what is still to come, with the form to count it, or what waits for the second person."""
    found = call(contract.get_purchase, {"purchase_id": str(purchase_id)})
    waiting = next((one for one in found["acceptances"] if one["state"] == "waiting"), None)
    return render_template("portal/console/acceptance.html", **about(found), waiting=waiting, now=today().isoformat())


@PAGES.post(_PATH)
@only("officer", "chair")
def count_delivery(purchase_id: UUID) -> Response:
    """Count a delivery, as the first of two."""
    found = call(contract.get_purchase, {"purchase_id": str(purchase_id)})
    lines = [line for line in map(_line, found["items"]) if line["accepted"] != 0 or line["rejected"] != 0]
    payload = {"purchase_id": str(purchase_id), "received_on": request.form.get("received_on", ""), "lines": lines}
    done = gettext("已登记，请另一位同志打开本页确认。")
    return act(contract.count_delivery, payload, done=done, then=_here(purchase_id))


def _line(item: dict[str, Any]) -> dict[str, Any]:
    reason = request.form.get(f"reason-{item['id']}", "").strip() or None
    counts = {name: _number(f"{name}-{item['id']}") for name in ("accepted", "rejected")}
    return {"item_id": item["id"], **counts, "reason": reason}


def _number(name: str) -> int | str:
    text = request.form.get(name, "").strip()
    return whole_number(text) if text.isdecimal() else text or 0


@PAGES.post(f"{_PATH}/<uuid:acceptance_id>/confirm")
@only("officer", "chair")
def confirm_delivery(purchase_id: UUID, acceptance_id: UUID) -> Response:
    """Confirm what another person counted."""
    payload = {"purchase_id": str(purchase_id), "acceptance_id": str(acceptance_id)}
    return act(contract.confirm_delivery, payload, done=gettext("验收已由两人完成。"), then=_here(purchase_id))


@PAGES.post(f"{_PATH}/<uuid:acceptance_id>/withdraw")
@only("officer", "chair")
def withdraw_count(purchase_id: UUID, acceptance_id: UUID) -> Response:
    """Withdraw a count that nobody confirmed."""
    payload = {"purchase_id": str(purchase_id), "acceptance_id": str(acceptance_id),
               "reason": request.form.get("reason", "").strip()}  # fmt: skip
    return act(contract.withdraw_count, payload, done=gettext("已撤回，可以重新登记。"), then=_here(purchase_id))


@PAGES.get(f"{_PATH}/sheet")
@only(*CONSOLE_ROLES)
def acceptance_sheet(purchase_id: UUID) -> str:
    """Show the acceptance on paper, to be signed by two."""
    found = call(contract.get_purchase, {"purchase_id": str(purchase_id)})
    return render_template("portal/console/acceptance_sheet.html", **about(found))


def _here(purchase_id: UUID) -> str:
    return url_for("portal.acceptance", purchase_id=purchase_id)
