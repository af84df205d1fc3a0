"""Bookings in the console: the list of all, cancelling, recording who came, figures of use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions, only_in_file
from gateway.portal.formats import as_moment
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from gateway.portal.service_calls import act, part
from gateway.portal.words import texts_of
from services.chassis.clock import now
from services.contracts.activities.places import bookings as contract
from services.contracts.activities.places.places import list_places
from services.contracts.activities.places.vocabulary import WEEKDAYS

PAGES = PageTable()
_MONTHS = {str(count): _l("%(count)s 个月", count=count) for count in (3, 6, 12, 24)}


def place_choices() -> dict[str, Any]:
    """Return the places by id."""
    return {one["id"]: one["name"] for one in part(list_places, {"limit": 100}).items}


BOOKINGS = PAGES.add_list(
    ListPage(
        "place_bookings", "/console/place-bookings", contract.list_place_bookings, _l("场地预约记录"),
        columns=(
            "place_name", "starts_at", "ends_at", "member_id", "unit_id", Column("state", state=True),
            Column("booked_at", on_page=False), Column("checked_in_at", on_page=False), Column("cause", on_page=False),
            Column("note", optional=True), actions("of_booking"),
        ),
        roles=("officer", "auditor"),
        filters=(
            Field("show", control="select", blank=None), "state", Field("place_id", choices=place_choices),
            Field("unit_id", choices=unit_choices), "from_day", "to_day",
        ),
        lead=_l("默认列出将要到来的预约；到场、未到场可以在开始后更正。"),
        empty=_l("没有符合条件的预约。"),
        icon="list-check",
        back=("console_places", _l("场地")),
        complete=lambda values: {"show": "coming", **values},
        more=lambda shown: {"begun": _begun},
        macros="portal/parts/place_bookings.html",
        export=ListExport(title=_l("场地预约记录")),
    )
)  # fmt: skip


@PAGES.post("/console/place-bookings/<uuid:booking_id>/cancel")
@only("officer")
def cancel_place_booking(booking_id: UUID) -> Response:
    """Cancel a member's booking with a reason."""
    payload = {"booking_id": str(booking_id), "reason": request.form.get("reason", "").strip() or None}
    done = gettext("预约已取消，会员已收到消息。")
    return act(contract.cancel_place_booking, payload, done=done, then=_back())


@PAGES.post("/console/place-bookings/<uuid:booking_id>/arrival")
@only("officer")
def record_arrival(booking_id: UUID) -> Response:
    """Record whether a member came."""
    came = request.form.get("came") == "1"
    payload = {"booking_id": str(booking_id), "came": came, "note": request.form.get("note", "").strip()}
    done = gettext("已登记到场。") if came else gettext("已登记未到场。")
    return act(contract.record_arrival, payload, done=done, then=_back())


def _begun(item: Mapping[str, Any]) -> bool:
    """Whether the slot of a booking has begun."""
    starts_at = as_moment(item["starts_at"])
    return starts_at is not None and starts_at <= now()


def _pictures(shown: Shown) -> dict[str, Any]:
    return {"by_place": _by_place(shown.found.items), "by_hour": _by_hour((shown.found.data or {}).get("hours", []))}


USE = PAGES.add_list(
    ListPage(
        "place_use", "/console/places/use", contract.place_use, _l("场地使用统计"),
        columns=only_in_file("month", "place_name", "offered_slots", "booked", "attended", "missed", "cancelled"),
        roles=("officer", "auditor"),
        filters=(
            Field("months", control="select", choices=_MONTHS, blank=None),
            Field("place_id", choices=place_choices),
        ),
        lead=_l("开放份数按现在的开放时间计算，到今天为止。"),
        empty=_l("还没有场地。"),
        icon="bar-chart",
        back=("console_places", _l("场地")),
        complete=lambda values: {"months": "6", **values},
        more=_pictures,
        template="portal/console/place_use.html",
        export=ListExport(personal=False, title=_l("场地使用统计")),
    )
)  # fmt: skip


def _by_place(months: list[dict[str, Any]]) -> Bars:
    """Return a bar for each place and month: who came, who did not, of what was offered."""
    rows = [
        BarRow(
            f"{one['month']} {one['place_name']}",
            (one["attended"], one["missed"]),
            gettext("到场 %(attended)s，未到 %(missed)s，开放 %(offered)s", attended=one["attended"],
                    missed=one["missed"], offered=one["offered_slots"]),
            whole=one["booked"],
        )
        for one in months[:24]
    ]  # fmt: skip
    headings = [gettext("月份"), gettext("场地"), gettext("开放份数"), gettext("预约"), gettext("到场"),
                gettext("未到场"), gettext("取消")]  # fmt: skip
    names = ("month", "place_name", "offered_slots", "booked", "attended", "missed", "cancelled")
    return Bars(
        name="place-use", title=gettext("各场地各月使用"), level=2,
        series=[Series(gettext("到场"), "first"), Series(gettext("未到场"), "second")],
        rows=rows, table=Table(headings, [[one[name] for name in names] for one in months]),
        empty=gettext("还没有预约。"),
    )  # fmt: skip


def _by_hour(hours: list[dict[str, Any]]) -> Bars:
    """Return a bar for each hour of a weekday in which something was booked, the busiest first."""
    weekdays = texts_of(WEEKDAYS)
    busiest = sorted(hours, key=lambda one: -one["booked"])
    told = [(f"{weekdays[str(one['weekday'])]} {one['hour']:02}:00", one["booked"]) for one in busiest]
    return Bars(
        name="place-hours", title=gettext("最常预约的时刻"), level=2, series=[Series(gettext("预约"), "first")],
        rows=[BarRow(words, (count,), str(count)) for words, count in told[:12]],
        table=Table([gettext("时刻"), gettext("预约")], [[words, count] for words, count in told]),
        empty=gettext("还没有预约。"),
    )  # fmt: skip


def _back() -> str:
    """Return the list as it was filtered."""
    kept = ("place_id", "show", "state", "from_day", "to_day")
    values: dict[str, Any] = {name: v for name in kept if (v := request.form.get(f"kept-{name}"))}
    return url_for("portal.place_bookings", **values)
