"""Members' pages of activities: the list, one activity with its seats, registering and cancelling."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field
from gateway.portal.listing import ALL, PAGE, chosen, listing
from gateway.portal.page_cache import render_shared, stamp_of
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import PASSED_ON, Part, go, part, part_of, send, tell
from gateway.read_models import activities as activities_view
from gateway.read_models import registrations, viewer_summary
from gateway.rpc.activity_checks import look_at
from gateway.rpc.caching import Stamped, stamped
from gateway.rpc.registration_batches import register_member
from services.chassis.clock import now
from services.chassis.errors import NotFound, Problem, Unavailable
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.calendar.shapes import ACTIVITY_KINDS
from services.contracts.activities.registration.operations import cancel_registration, check_registration

PAGES = PageTable()

SHOW = {"upcoming": _l("将要举办"), "open": _l("正在报名"), "past": _l("已经结束"), "cancelled": _l("已取消")}
FILTERS = (
    Field("q", _l("名称"), "search"),
    Field("show", _l("范围"), "select", choices=SHOW),
    Field("kind", _l("类型"), "select", choices=ACTIVITY_KINDS, blank=ALL),
)


def view_filters(values: dict[str, str]) -> dict[str, Any]:
    """Return the filters of the view of activities from the filters of the page."""
    found: dict[str, Any] = {"q": values.get("q"), "kind": values.get("kind"), "limit": PAGE}
    found["cursor"] = request.args.get("cursor")
    show = values.get("show", "upcoming")
    if show == "upcoming":
        found |= {"starts_from": _this_minute(), "state": "scheduled"}
    elif show == "open":
        found |= {"registration_open": True}
    elif show == "past":
        found |= {"starts_to": _this_minute(), "sort": "-starts_at"}
    else:
        found |= {"state": "cancelled", "sort": "-starts_at"}
    return found


def _this_minute() -> datetime:
    """The present time without seconds, so that readers within a minute share the same page."""
    return now().replace(second=0, microsecond=0)


def _page(filters: dict[str, Any]) -> Stamped:
    return activities_view.remembered(("page", *filters.items()), lambda: stamped(activities_view.page(filters)))


@PAGES.get("/activities")
@only()
def activities() -> str:
    """List activities."""
    values = chosen(FILTERS)
    page = part_of(lambda: _page(view_filters(values)))
    found = listing(page)
    mine = _mine({item["id"] for item in found.items}, values.get("show", "upcoming") in ("upcoming", "open"))
    shown = {"page": stamp_of(page), "values": values, "mine": mine}
    return render_shared("portal/member/activities.html", shown, more=lambda: {"list": found, "filters": FILTERS})


def _mine(activity_ids: set[str], upcoming: bool) -> dict[str, str]:
    """Return the reader's registrations for the activities on the page."""
    account = signed_in()
    if not account.member_id or not activity_ids:
        return {}
    known = viewer_summary.of(account)["registrations"] if upcoming else registrations.of(account.member_id)
    standing = registrations.in_force_after_own(str(account.member_id), known)
    return {item["activity_id"]: item["state"] for item in standing if item["activity_id"] in activity_ids}


def shown_activity(activity_id: UUID) -> Part:
    """Return the present state of one activity; from the view while its service is away."""
    exact = part(get_activity, {"activity_id": str(activity_id)})
    return exact if exact.problem is None else _from_view(activity_id, exact.problem)


def _from_view(activity_id: UUID, problem: Problem) -> Part:
    try:
        return Part(data=activities_view.get(activity_id), problem=problem)
    except NotFound:
        raise problem from None


@PAGES.get("/activities/<uuid:activity_id>")
@only()
def activity(activity_id: UUID) -> str:
    """Show one activity: what, where, when, seats, and whether the reader may register, or why not."""
    shown, check = _looked_at(activity_id)
    member_id = signed_in().member_id
    own = registrations.mine(member_id, activity_id) if member_id and check.data is None else None
    told = {"activity": shown.data, "exact": shown, "check": check, "registered": own}
    return render_shared("portal/member/activity.html", told)


def _looked_at(activity_id: UUID) -> tuple[Part, Part]:
    """Return the activity and what the reader may do; a draft is shown to its organisers only."""
    member_id = signed_in().member_id
    if member_id is None or not current_principal().has("member"):
        return shown_activity(activity_id), Part()
    try:
        activity, check = look_at(activity_id, member_id)
    except NotFound:
        return shown_activity(activity_id), part(check_registration, {"activity_id": str(activity_id)})
    except Unavailable as problem:
        return _from_view(activity_id, problem), Part(problem=problem)
    return Part(data=activity), Part(data={name: value for name, value in check.items() if name != "member_id"})


@PAGES.get("/activities/<uuid:activity_id>/seats")
@only()
def seats(activity_id: UUID) -> str:
    """Return only the bar of seats, which the page reloads every few seconds."""
    return render_template("portal/member/seats.html", activity=activities_view.get(activity_id))


@PAGES.post("/activities/<uuid:activity_id>/register")
@only("member")
def register(activity_id: UUID) -> Response:
    """Register oneself: a seat, or a place on the waiting list."""
    try:
        reply = register_member(activity_id)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
    else:
        flash(_outcome(reply), "done")
    return go(url_for("portal.activity", activity_id=activity_id))


def _outcome(reply: dict[str, Any]) -> str:
    if reply["state"] == "waitlisted":
        return gettext("名额已满，您排在候补第 %(position)s 位，有人退出会自动递补。", position=reply["position"])
    return gettext("您此前已经报名。") if reply["already"] else gettext("报名成功。")


@PAGES.post("/activities/<uuid:activity_id>/cancel-registration")
@only("member")
def cancel_own_registration(activity_id: UUID) -> Response:
    """Cancel the own registration."""
    try:
        registrations.remember_cancelled(send(cancel_registration, {"activity_id": str(activity_id)}))
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
    else:
        flash(gettext("报名已取消，名额已让给候补的会员。"), "done")
    return go(url_for("portal.activity", activity_id=activity_id))
