"""Counselling in the console: slots of each kind, who comes, and counts by month."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions, only_in_file
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, signed_in
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from gateway.portal.service_calls import act, go, part, submit
from services.chassis.errors import NotFound
from services.contracts.welfare.requests import appointments as contract
from services.contracts.welfare.requests.types import list_request_types

PAGES = PageTable()


COUNTS = PAGES.add_list(
    ListPage(
        "counselling", "/console/counselling", contract.counselling_counts, _l("咨询预约"),
        columns=only_in_file("month", "type_name", "count"),
        roles=("officer", "auditor", "handler"),
        lead=_l("预约结束后记录即删除，只保留各月人次。"),
        empty=_l("还没有咨询记录。"),
        icon="calendar-event",
        back=("requests", _l("诉求办理")),
        more=lambda shown: {"kinds": _kinds(), "picture": _by_month(shown.found.items)},
        template="portal/console/counselling.html",
        export=ListExport(personal=False, title=_l("咨询人次")),
    )
)  # fmt: skip


def _of_type(shown: Shown) -> dict[str, Any]:
    """Return the kind that the slots belong to, and who comes to each."""
    found = _kind(shown.named["type_id"])
    if found is None:
        return {"visitors": {}}
    visitors = _visitors(found, shown.found.items)
    people = names([one for coming in visitors.values() for one in coming], "member_id")
    told = {
        slot_id: gettext("、").join(people.get(one["member_id"], "—") for one in coming)
        for slot_id, coming in visitors.items()
    }
    return {"title": found["name"], "visitors": told}


SLOTS = PAGES.add_list(
    ListPage(
        "counselling_type", "/console/counselling/<uuid:type_id>", contract.list_counselling_slots, _l("咨询时段"),
        columns=(
            "starts_at", "ends_at", "place", "capacity", "taken",
            Column("visitors", _l("预约的人"), macro="coming", in_file=False), actions("of_slot"),
        ),
        roles=("officer", "handler"),
        lead=_l("预约名单只有咨询人能看，时段结束后删除。"),
        empty=_l("还没有时段。"),
        icon="calendar-event",
        back=("counselling", _l("咨询预约")),
        more=_of_type,
        template="portal/console/counselling_type.html",
        macros="portal/parts/counselling.html",
        export=ListExport(name="counselling_slots", personal=False),
    )
)  # fmt: skip


@PAGES.route("/console/counselling/<uuid:type_id>/slots/new", methods=["GET", "POST"])
@only("officer", "handler")
def new_counselling_slot(type_id: UUID) -> str | Response | tuple[str, int]:
    """Add a slot of a kind."""
    found, here = _kind(str(type_id)), url_for("portal.counselling_type", type_id=type_id)
    posted = request.form if request.method == "POST" else None
    form = Form(contract.AddCounsellingSlot, ["starts_at", "ends_at", "place", "capacity"], posted=posted)
    if posted is not None and submit(form, contract.add_counselling_slot, type_id=str(type_id)) is not None:
        flash(gettext("时段已新增。"), "done")
        return go(here)
    return form_page(form, title=gettext("新增时段"), back=here, words=found["name"] if found else gettext("咨询预约"))


@PAGES.post("/console/counselling/<uuid:type_id>/slots/<uuid:slot_id>/remove")
@only("officer", "handler")
def remove_counselling_slot(type_id: UUID, slot_id: UUID) -> Response:
    """Remove a slot in which nobody has an appointment."""
    then = url_for("portal.counselling_type", type_id=type_id)
    return act(contract.remove_counselling_slot, {"slot_id": str(slot_id)}, done=gettext("时段已删除。"), then=then)


def _kinds() -> list[dict[str, Any]]:
    return [one for one in part(list_request_types).items if one["counted_only"]]


def _kind(type_id: str) -> dict[str, Any] | None:
    """Return a kind of counselling, None while the kinds can't be read. Raises `NotFound` where there is none."""
    types = part(list_request_types)
    found = next((one for one in types.items if one["counted_only"] and one["id"] == type_id), None)
    if found is None and types.problem is None:
        raise NotFound("There is no such counselling.")
    return found


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
