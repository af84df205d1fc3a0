"""Counselling in the console: slots of each kind, who comes, and counts by month."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, signed_in
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from gateway.portal.service_calls import act, go, part, submit
from services.chassis.errors import NotFound
from services.contracts.welfare.requests import appointments as contract
from services.contracts.welfare.requests.types import list_request_types

PAGES = PageTable()


@PAGES.get("/console/counselling")
@only("officer", "auditor", "handler")
def counselling() -> str:
    """Show the kinds of counselling, and how many came in each month."""
    counts = part(contract.counselling_counts)
    kinds = [one for one in part(list_request_types).items if one["counted_only"]]
    return render_template(
        "portal/console/counselling.html", kinds=kinds, counts=counts, picture=_by_month(counts.items)
    )


@PAGES.route("/console/counselling/<uuid:type_id>", methods=["GET", "POST"])
@only("officer", "handler")
def counselling_type(type_id: UUID) -> str | Response | tuple[str, int]:
    """Show the slots of a kind with who comes; add one."""
    found = next((one for one in part(list_request_types).items if one["id"] == str(type_id)), None)
    if found is None or not found["counted_only"]:
        raise NotFound("There is no such counselling.")
    posted = request.form if request.method == "POST" else None
    form = Form(contract.AddCounsellingSlot, ["starts_at", "ends_at", "place", "capacity"], posted=posted)
    if posted is not None and submit(form, contract.add_counselling_slot, type_id=str(type_id)) is not None:
        flash(gettext("时段已新增。"), "done")
        return go(url_for("portal.counselling_type", type_id=type_id))
    slots = part(contract.list_counselling_slots, {"type_id": str(type_id), "limit": 100})
    visitors = _visitors(found, slots.items)
    people = names([one for coming in visitors.values() for one in coming], "member_id")
    page = render_template(
        "portal/console/counselling_type.html", it=found, form=form, slots=slots, visitors=visitors, people=people
    )
    return (page, 422) if posted is not None else page


@PAGES.post("/console/counselling/<uuid:type_id>/slots/<uuid:slot_id>/remove")
@only("officer", "handler")
def remove_counselling_slot(type_id: UUID, slot_id: UUID) -> Response:
    """Remove a slot in which nobody has an appointment."""
    then = url_for("portal.counselling_type", type_id=type_id)
    return act(contract.remove_counselling_slot, {"slot_id": str(slot_id)}, done=gettext("时段已删除。"), then=then)


def _visitors(found: dict[str, Any], slots: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return who comes to each slot, where the reader is who counsels."""
    principal = current_principal()
    own = found["handler_id"] == str(signed_in().member_id) and principal.has("handler")
    if not own and (found["handler_id"] or not principal.has("officer")):
        return {}
    taken = [slot["id"] for slot in slots if slot["taken"]]
    return {slot_id: part(contract.list_visitors, {"slot_id": slot_id}).items for slot_id in taken}


def _by_month(counts: list[dict[str, Any]]) -> Bars:
    rows = [(f"{one['month']} {one['type_name']}", one["count"]) for one in counts[:24]]
    return Bars(
        name="counselling-counts",
        title=gettext("各月咨询人次"),
        level=2,
        series=[Series(gettext("人次"), "first")],
        rows=[BarRow(words, (count,), str(count)) for words, count in rows],
        table=Table([gettext("月份"), gettext("人次")], [[words, count] for words, count in rows]),
        empty=gettext("还没有咨询记录。"),
    )
