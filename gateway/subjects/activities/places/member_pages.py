"""Places for members: which there are, the week of one, booking, one's own bookings, checking in at the place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.files import file_response
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, part
from gateway.rpc.calls import call
from gateway.subjects.activities.places.weeks import cover_of_place, drawn, week_of
from services.contracts.activities.places import bookings as bookings_contract
from services.contracts.activities.places import codes as codes_contract
from services.contracts.activities.places import places as contract

PAGES = PageTable()

PLACES = PAGES.add_list(
    ListPage(
        "places", "/places", contract.list_places, _l("场地预约"),
        columns=(),
        roles=("member",),
        filters=(Field("q", control="search"), "kind"),
        lead=_l("教工之家、球场和活动室，选好时段就能约。"),
        empty=_l("没有可以预约的场地。"),
        icon="geo-alt",
        links=(PageLink("my_place_bookings", _l("我的预约"), "calendar-event"),),
        back=("me", _l("我的")),
        more=lambda shown: {"cover_of_place": cover_of_place},
        template="portal/member/places.html",
        layout="member",
    )
)  # fmt: skip

BOOKINGS = PAGES.add_list(
    ListPage(
        "my_place_bookings", "/me/place-bookings", bookings_contract.my_place_bookings, _l("我的场地预约"),
        columns=(),
        roles=("member",),
        filters=(Field("show", control="select", blank=None),),
        empty=_l("没有预约。"),
        icon="calendar-event",
        links=(PageLink("places", _l("去预约"), "plus-lg", first=True),),
        back=("me", _l("我的")),
        complete=lambda values: {"show": "coming", **values},
        template="portal/member/place_bookings.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.get("/places/<uuid:place_id>")
@only("member")
def place(place_id: UUID) -> str:
    """Show a place with the slots of a week."""
    week = week_of(place_id)
    return render_template(
        "portal/member/place.html",
        place=call(contract.get_place, {"place_id": str(place_id)}),
        week=week,
        drawn=drawn(week),
        cover_of_place=cover_of_place,
    )


@PAGES.get("/places/<uuid:place_id>/photo")
@only("officer", "chair", "auditor", "member")
def place_photo(place_id: UUID) -> Response:
    """Return the photo of a place."""
    return file_response(call(contract.place_photo, {"place_id": str(place_id)}), inline=True)


@PAGES.post("/places/<uuid:place_id>/book")
@only("member")
def book_place(place_id: UUID) -> Response:
    """Book a slot, or wait for it."""
    payload = {"place_id": str(place_id), "starts_at": request.form.get("starts_at", "")}
    return act(bookings_contract.book_place, payload, done=_outcome, then=_back(place_id))


@PAGES.post("/me/place-bookings/<uuid:booking_id>/cancel")
@only("member")
def cancel_own_place_booking(booking_id: UUID) -> Response:
    """Give one's own booking back."""
    return act(
        bookings_contract.cancel_place_booking,
        {"booking_id": str(booking_id)},
        done=gettext("预约已取消。"),
        then=_back(request.form.get("place_id")),
    )


@PAGES.get("/places/verify/<token>")
@only("member")
def place_check_in(token: str) -> str:
    """Show what the code at a place is for, with the bookings there that one may check in to."""
    told = call(codes_contract.read_place_code, {"token": token})
    mine = part(bookings_contract.my_place_bookings, {"show": "coming", "limit": 20})
    here = [one for one in mine.items if one["place_id"] == told["subject_id"] and one["state"] == "booked"]
    return render_template("portal/member/place_check_in.html", told=told, here=here, token=token)


@PAGES.post("/places/verify/<token>")
@only("member")
def check_in_at_place(token: str) -> Response:
    """Check in to the booking that begins now."""
    done = gettext("签到成功，祝您愉快。")
    then = url_for("portal.my_place_bookings", show="all")
    return act(bookings_contract.check_in_place, {"code": token}, done=done, then=then)


def page_of_code(reading: Any) -> tuple[str, Any] | None:
    """Return the page that goes on with a scanned code of a place."""
    return url_for("portal.place_check_in", token=reading["token"]), _l("到场签到")


def _outcome(reply: dict[str, Any]) -> str:
    if reply["state"] == "waiting":
        return gettext(
            "这个时段已约满，您排在候补第 %(position)s 位，有人取消会自动轮到您。", position=reply["position"]
        )
    return gettext("预约成功，请准时到场签到。")


def _back(place_id: Any) -> str:
    """Return the page of a place in the week that was shown, or one's own bookings."""
    if not place_id:
        return url_for("portal.my_place_bookings")
    try:
        named = UUID(str(place_id))
    except ValueError:
        return url_for("portal.my_place_bookings")
    shown: dict[str, Any] = {"day": day} if (day := request.form.get("day", "")) else {}
    return url_for("portal.place", place_id=named, **shown)
