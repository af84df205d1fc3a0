"""One trip in the console: publishing it, whether it takes place, who came, settlement, the list of travellers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.exporting import as_file, written
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, names, only, unit_name
from gateway.portal.service_calls import PASSED_ON, act, go, part, tell
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.contracts.welfare.payment_operations import get_money_of_source
from services.contracts.welfare.recuperation import operations as contract

PAGES = PageTable()


def _of_trip(shown: Shown) -> dict[str, Any]:
    """Return the round of the trip, and whom one may name as absent."""
    trip = shown.about
    over = trip["state"] == "confirmed" and trip["ends_on"] < today().isoformat()
    asked = {"trip_id": trip["id"], "state": "confirmed", "limit": 100}
    going = part(contract.list_people_on_trip, asked).items if over else []
    round_ = part(contract.get_recuperation_round, {"round_id": trip["round_id"]}).data or {}
    above = url_for("portal.recuperation_round", round_id=trip["round_id"])
    return {
        "title": f"{trip['route']['name']} {trip['starts_on']}",
        "back": (above, round_.get("title", gettext("疗休养"))),
        "going": going,
        "going_names": names(going, "member_id"),
        "money": _money(trip),
    }


def _money(trip: dict[str, Any]) -> Any:
    """Return what the trip reserved and paid, to who may read it; None before it is confirmed."""
    reads = current_principal().has(*OFFICE_ROLES) and trip["state"] in ("confirmed", "travelled", "settled")
    return part(get_money_of_source, {"source_type": "trip", "source_id": trip["id"]}) if reads else None


TRIP = PAGES.add_list(
    ListPage(
        "trip", "/console/trips/<uuid:trip_id>", contract.list_people_on_trip, _l("疗休养团"),
        columns=(
            "member_id", "unit_id", "persons", "position", "amount", Column("cost", optional=True),
            Column("own_cost", optional=True), Column("rating", optional=True), Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        empty=_l("这个团还没有人。"),
        icon="people",
        about=contract.get_trip,
        more=_of_trip,
        template="portal/console/trip.html",
        export=ListExport(name="trip_people", title=_l("疗休养团人员")),
    )
)  # fmt: skip


def _here(trip_id: UUID) -> str:
    return url_for("portal.trip", trip_id=trip_id)


@PAGES.post("/console/trips/<uuid:trip_id>/publish")
@only("officer")
def publish_trip(trip_id: UUID) -> Response:
    """Publish a trip."""
    payload, done = {"trip_id": str(trip_id)}, gettext("团已发布，会员可以报名。")
    return act(contract.publish_trip, payload, done=done, then=_here(trip_id))


@PAGES.post("/console/trips/<uuid:trip_id>/cancel")
@only("officer")
def cancel_trip(trip_id: UUID) -> Response:
    """Cancel a trip that was not published."""
    return act(contract.cancel_trip, {"trip_id": str(trip_id)}, done=gettext("团已取消。"), then=_here(trip_id))


@PAGES.post("/console/trips/<uuid:trip_id>/decide")
@only("officer")
def decide_trip(trip_id: UUID) -> Response:
    """Confirm a trip, or fail it and move its people."""

    def done(reply: Any) -> str:
        if reply["trip"]["state"] == "confirmed":
            return gettext("人数够，已成团。")
        figures = {"moved": reply["moved"], "waiting": reply["waiting"]}
        return gettext("人数不足，未成团：%(moved)s 份报名调到其他志愿，%(waiting)s 份进入候补。", **figures)

    return act(contract.decide_trip, {"trip_id": str(trip_id)}, done=done, then=_here(trip_id))


@PAGES.post("/console/trips/<uuid:trip_id>/travelled")
@only("officer")
def note_travelled(trip_id: UUID) -> Response:
    """Record who did not come."""
    payload = {"trip_id": str(trip_id), "no_shows": request.form.getlist("no_shows")}
    return act(contract.note_travelled, payload, done=gettext("出行情况已登记。"), then=_here(trip_id))


@PAGES.post("/console/trips/<uuid:trip_id>/settle")
@only("officer")
def settle_trip(trip_id: UUID) -> Response:
    """Settle a trip."""
    cost, loss = (plain_amount(request.form.get(name, "")).strip() for name in ("cost", "loss"))
    payload = {"trip_id": str(trip_id), "cost": cost, "loss": loss or None}
    return act(contract.settle_trip, payload, done=gettext("已结算。"), then=_here(trip_id))


@PAGES.post("/console/trips/<uuid:trip_id>/travellers")
@only("officer")
def travellers(trip_id: UUID) -> Response:
    """Hand out the list for agency and insurer, for a purpose that is logged."""
    payload = {"trip_id": str(trip_id), "purpose": request.form.get("purpose", "").strip()}
    try:
        items = call(contract.read_travellers, payload)["items"]
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(trip_id))
    people = names(items, "member_id")
    columns = [
        ("name", gettext("姓名")), ("unit", gettext("分工会")), ("with", gettext("随行家属")),
        ("persons", gettext("人数")),
    ]  # fmt: skip
    rows = [
        {
            "name": people.get(one["member_id"], ""),
            "unit": unit_name(one["unit_id"]),
            "with": gettext("、").join(one["family"]),
            "persons": one["persons"],
        }
        for one in items
    ]
    return file_response(as_file(gettext("疗休养出行名单"), "xlsx", written(columns, rows, "xlsx")))
