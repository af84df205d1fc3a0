"""Places in the console: the list, one with its week, adding and changing, the photo, opening and stopping."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, attempt, go, part, send
from gateway.portal.uploads import takes_file, upload_of
from gateway.rpc.calls import call
from gateway.subjects.activities.places import place_form
from gateway.subjects.activities.places.weeks import cover_of_place, drawn, week_of
from services.chassis.schema import Operation
from services.contracts.activities.places import places as contract
from services.contracts.activities.places.vocabulary import WEEKDAYS
from services.contracts.files import LARGEST

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_OFFERED = {"true": _l("开放预约"), "false": _l("已停用")}


def _hours(item: Any) -> str:
    return gettext("；").join(
        f"{WEEKDAYS.texts[day]} {line}" for day, line in place_form.lines_of(item["hours"]).items() if line
    )


PLACES = PAGES.add_list(
    ListPage(
        "console_places", "/console/places", contract.list_places, _l("场地"),
        columns=(
            "name", "kind", "address", "slot_minutes", "capacity", "waiting_list",
            Column("hours", how="text", value=_hours, on_page=False), Column("units", how="unit", on_page=False),
            Column("employments", on_page=False), Column("about", on_page=False), "offered",
        ),
        roles=("officer", "auditor"),
        filters=(
            Field("q", control="search"), "kind",
            Field("offered", control="select", blank=_l("全部"), choices=_OFFERED),
        ),
        lead=_l("教工之家、球场和活动室：开放时间、时段和谁能预约。"),
        empty=_l("还没有场地，请新增。"),
        icon="geo-alt",
        links=(
            PageLink("new_place", _l("新增场地"), "plus-lg", _OFFICER, first=True),
            PageLink("place_bookings", _l("预约记录"), "list-check"),
            PageLink("place_use", _l("使用统计"), "bar-chart"),
        ),
        link="console_place",
        argument="place_id",
        export=ListExport(personal=False),
        topics=("places",),
    )
)  # fmt: skip


@PAGES.get("/console/places/<uuid:place_id>")
@only("officer", "auditor")
def console_place(place_id: UUID) -> str:
    """Show a place with its week, its blocks and what can be done with it."""
    found = call(contract.get_place, {"place_id": str(place_id)})
    week = week_of(place_id)
    return render_template(
        "portal/console/place.html",
        place=found,
        hours=place_form.lines_of(found["hours"]),
        blocks=part(contract.list_place_blocks, {"place_id": str(place_id), "limit": 50}),
        week=week,
        drawn=drawn(week),
        cover_of_place=cover_of_place,
    )


@PAGES.route("/console/places/new", methods=["GET", "POST"])
@only("officer")
def new_place() -> str | Response | tuple[str, int]:
    """Add a place."""
    return _answer(contract.add_place, None, {})


@PAGES.route("/console/places/<uuid:place_id>/edit", methods=["GET", "POST"])
@only("officer")
def edit_place(place_id: UUID) -> str | Response | tuple[str, int]:
    """Change a place."""
    found = call(contract.get_place, {"place_id": str(place_id)})
    read = request.form.get("version", "")
    version = int(read) if read.isdecimal() and len(read) < 10 else found["version"]
    return _answer(contract.change_place, found, {"place_id": str(place_id), "version": version})


@PAGES.post("/console/places/<uuid:place_id>/offer")
@only("officer")
def offer_place(place_id: UUID) -> Response:
    """Let members book a place, or stop it."""
    offered = request.form.get("offered") == "1"
    done = gettext("已开放预约。") if offered else gettext("已停止预约，已有的预约不变。")
    return act(contract.offer_place, {"place_id": str(place_id), "offered": offered}, done=done, then=_here(place_id))


@PAGES.post("/console/places/<uuid:place_id>/photo")
@takes_file(LARGEST)
@only("officer")
def set_place_photo(place_id: UUID) -> Response:
    """Set the photo of a place."""
    payload = {"place_id": str(place_id), **(upload_of("content") or {})}
    return act(contract.set_place_photo, payload, done=gettext("照片已更新。"), then=_here(place_id))


def _answer(
    operation: Operation, values: dict[str, Any] | None, fixed: dict[str, Any]
) -> str | Response | tuple[str, int]:
    form = place_form.place_form(values)
    lines = place_form.lines_of(values["hours"]) if values else dict.fromkeys(WEEKDAYS, "")
    if form.posted is not None:
        lines = place_form.posted_hours()
        if (made := attempt(form, lambda: _sent(operation, form, lines, fixed))) is not None:
            flash(gettext("场地已保存。"), "done")
            return go(_here(made["id"]))
    page = render_template(
        "portal/console/place_form.html",
        form=form,
        hours=lines,
        weekdays=WEEKDAYS.texts,
        place=values,
        version=fixed.get("version"),
        wrong=form.errors.get("hours", []),
    )
    return (page, 422) if form.posted is not None else page


def _sent(operation: Operation, form: Form, lines: dict[str, str], fixed: dict[str, Any]) -> dict[str, Any]:
    return send(operation, {**form.payload(), "hours": place_form.read_hours(lines), **fixed})


def _here(place_id: Any) -> str:
    return url_for("portal.console_place", place_id=place_id)
