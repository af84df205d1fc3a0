"""Recuperation in the console: rounds with their trips, draw and applications; routes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.welfare.recuperation import operations as contract
from services.contracts.welfare.recuperation import requests
from services.contracts.welfare.recuperation.vocabulary import ROUND_STATES

PAGES = PageTable()
_OFFICER = frozenset({"officer"})

ROUNDS = PAGES.add_list(
    ListPage(
        "recuperation", "/console/recuperation", contract.list_recuperation_rounds, _l("疗休养"),
        columns=(
            "title", Column("year", how="text"), "apply_from", "apply_until", "applications", "placed", "waiting",
            Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("state",),
        lead=_l("一个批次里的团一起报名、一起抽签；抽签过程公示，任何人都能核验。"),
        empty=_l("还没有疗休养批次。"),
        icon="suitcase",
        links=(
            PageLink("new_recuperation_round", _l("新建批次"), "plus-lg", _OFFICER, first=True),
            PageLink("recuperation_routes", _l("线路"), "map", frozenset({"officer", "auditor"})),
        ),
        link="recuperation_round",
        argument="round_id",
        topics=("recuperation",),
        export=ListExport(personal=False),
    )
)  # fmt: skip

ROUTES = PAGES.add_list(
    ListPage(
        "recuperation_routes", "/console/recuperation/routes", contract.list_recuperation_routes, _l("疗休养线路"),
        columns=(
            "name", "destination", "days", "price", "insured", "agency", Column("about", on_page=False), "offered",
            actions("end_route"),
        ),
        roles=("officer", "auditor"),
        empty=_l("还没有线路。"),
        icon="map",
        links=(PageLink("new_recuperation_route", _l("新增线路"), "plus-lg", _OFFICER, first=True),),
        back=("recuperation", _l("疗休养")),
        macros="portal/parts/recuperation.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _of_round(shown: Shown) -> dict[str, Any]:
    """Return the trips and the steps of the round that the page is about."""
    trips = part(contract.list_trips, {"round_id": shown.named["round_id"], "limit": 100})
    names = {trip["id"]: f"{trip['route']['name']} {trip['starts_on']}" for trip in trips.items}
    return {
        "title": shown.about["title"],
        "trips": trips,
        "trip_names": names,
        "published": [trip for trip in trips.items if trip["state"] not in ("draft", "cancelled")],
        "way": steps_of(ROUND_STATES, shown.about["state"], ROUND_STATES),
        "today": today().isoformat(),
    }


APPLICATIONS = PAGES.add_list(
    ListPage(
        "recuperation_round", "/console/recuperation/rounds/<uuid:round_id>", contract.list_trip_applications,
        _l("疗休养报名"),
        columns=(
            "member_id", "unit_id", "persons", Column("choices", macro="choices", in_file=False),
            Column("trip_id", macro="trip", in_file=False), "lots", "position", "amount",
            Column("applied_at", on_page=False), Column("cost", on_page=False), Column("own_cost", on_page=False),
            Column("state", state=True), actions("of_application"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("unit_id", choices=unit_choices), "state"),
        empty=_l("没有符合条件的报名。"),
        icon="people",
        back=("recuperation", _l("疗休养")),
        about=contract.get_recuperation_round,
        more=_of_round,
        template="portal/console/recuperation_round.html",
        macros="portal/parts/recuperation.html",
        export=ListExport(name="trip_applications", title=_l("疗休养报名")),
    )
)  # fmt: skip


def _round(round_id: Any) -> str:
    return url_for("portal.recuperation_round", round_id=round_id)


@PAGES.route("/console/recuperation/routes/new", methods=["GET", "POST"])
@only("officer")
def new_recuperation_route() -> str | Response | tuple[str, int]:
    """Add a route."""
    fields: list[Field | str] = [
        "name", "destination", "days", "price", "insured", "agency", Field("about", control="textarea"),
    ]  # fmt: skip
    form = Form(requests.AddRoute, fields, posted=request.form if request.method == "POST" else None)
    back = url_for("portal.recuperation_routes")
    lead = gettext("线路确定后不能修改，需要调整时停用后另建。")
    if form.posted is not None and submit(form, contract.add_recuperation_route) is not None:
        flash(gettext("线路已新增。"), "done")
        return go(back)
    return form_page(form, title=gettext("新增线路"), lead=lead, back=back, words=gettext("疗休养线路"))


@PAGES.route("/console/recuperation/new", methods=["GET", "POST"])
@only("officer")
def new_recuperation_round() -> str | Response | tuple[str, int]:
    """Open a round."""
    year = today().year
    values = {"year": year, "period_from": year, "period_to": year, "apply_from": today().isoformat()}
    fields = ["title", "year", "period_from", "period_to", "apply_from", "apply_until", "most_choices"]
    form = Form(requests.OpenRound, fields, values=values, posted=request.form if request.method == "POST" else None)
    back = url_for("portal.recuperation")
    if form.posted is not None:
        made = submit(form, contract.open_recuperation_round)
        if made is not None:
            flash(gettext("批次已建立，请添加团并发布。"), "done")
            return go(_round(made["id"]))
    return form_page(form, title=gettext("新建批次"), back=back, words=gettext("疗休养"))


@PAGES.route("/console/recuperation/rounds/<uuid:round_id>/trips/new", methods=["GET", "POST"])
@only("officer")
def new_trip(round_id: UUID) -> str | Response | tuple[str, int]:
    """Add a trip to a round."""
    about = call(contract.get_recuperation_round, {"round_id": str(round_id)})
    offered = part(contract.list_recuperation_routes, {"offered": True, "limit": 100}).items
    routes = {route["id"]: route["name"] for route in offered}
    least = gettext("留空则按现行规定。")
    fields: list[Field | str] = [
        Field("route_id", choices=routes), "starts_on", "places", Field("minimum", hint=least),
    ]  # fmt: skip
    form = Form(requests.AddTrip, fields, posted=request.form if request.method == "POST" else None)
    units = unit_choices()
    terms: dict[str, Any] = {"round_id": str(round_id), "quotas": _quotas()}
    if form.posted is not None and submit(form, contract.add_trip, **terms) is not None:
        flash(gettext("团已添加，发布后会员才能报名。"), "done")
        return go(_round(round_id))
    return form_page(
        form, title=gettext("添加团"), back=_round(round_id), words=about["title"], units=units,
        template="portal/console/trip_new.html",
    )  # fmt: skip


def _quotas() -> list[dict[str, Any]]:
    """Return the quotas that were filled in; what is no number is left to the contract to refuse."""
    filled = {
        name.removeprefix("quota-"): value.strip() for name, value in request.form.items() if name.startswith("quota-")
    }
    return [{"unit_id": unit_id, "most": _number(most)} for unit_id, most in filled.items() if most]


def _number(text: str) -> int | str:
    try:
        return whole_number(text)
    except ValueError:
        return text


@PAGES.post("/console/recuperation/routes/<uuid:route_id>/end")
@only("officer")
def end_recuperation_route(route_id: UUID) -> Response:
    """Offer a route no more."""
    then = url_for("portal.recuperation_routes")
    return act(contract.end_recuperation_route, {"route_id": str(route_id)}, done=gettext("线路已停用。"), then=then)


@PAGES.post("/console/recuperation/rounds/<uuid:round_id>/close")
@only("officer")
def close_trip_entries(round_id: UUID) -> Response:
    """Close the entries and publish their list."""
    payload, done = {"round_id": str(round_id)}, gettext("报名已截止，清单已公示。")
    return act(contract.close_trip_entries, payload, done=done, then=_round(round_id))


@PAGES.post("/console/recuperation/rounds/<uuid:round_id>/commit")
@only("officer")
def commit_draw(round_id: UUID) -> Response:
    """Commit the secret."""
    payload = {
        "round_id": str(round_id),
        "public_source": request.form.get("public_source", "").strip(),
        "public_example": request.form.get("public_example", "").strip(),
        "public_day": request.form.get("public_day", ""),
    }
    return act(contract.commit_draw, payload, done=gettext("密钥已封存，哈希值已公布。"), then=_round(round_id))


@PAGES.post("/console/recuperation/rounds/<uuid:round_id>/value")
@only("officer", "auditor")
def enter_public_value(round_id: UUID) -> Response:
    """Enter the public value; the second person draws."""
    payload = {
        "trip_id": request.form.get("trip_id", ""),
        "public_value": request.form.get("public_value", "").strip(),
        "replace_reason": request.form.get("replace_reason", "").strip() or None,
    }

    def done(reply: Any) -> str:
        drawn = reply["state"] == "drawn"
        return gettext("抽签已完成，结果已公布。") if drawn else gettext("已录入，请另一位干部或经审人员录入同一数值。")

    return act(contract.enter_public_value, payload, done=done, then=_round(round_id))


@PAGES.post("/console/trip-applications/<uuid:application_id>/grounds")
@only("officer")
def confirm_grounds(application_id: UUID) -> Response:
    """Confirm grounds of priority."""
    payload = {"application_id": str(application_id), "grounds": request.form.getlist("grounds")}
    then = _round(request.form.get("round_id", type=UUID))
    return act(contract.confirm_priority_grounds, payload, done=gettext("优先情形已确认。"), then=then)


@PAGES.post("/console/trip-applications/<uuid:application_id>/move")
@only("officer")
def move_trip_application(application_id: UUID) -> Response:
    """Move an application to another of its choices."""
    payload = {
        "application_id": str(application_id),
        "trip_id": request.form.get("trip_id", ""),
        "reason": request.form.get("reason", "").strip(),
    }
    then = _round(request.form.get("round_id", type=UUID))
    return act(contract.move_trip_application, payload, done=gettext("已调整。"), then=then)


@PAGES.post("/console/trip-applications/<uuid:application_id>/withdraw")
@only("officer")
def withdraw_for_member(application_id: UUID) -> Response:
    """Withdraw an application for the member."""
    payload = {"application_id": str(application_id), "reason": request.form.get("reason", "").strip() or None}
    then = _round(request.form.get("round_id", type=UUID))
    return act(contract.withdraw_trip_application, payload, done=gettext("已退出。"), then=then)
