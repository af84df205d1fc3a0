"""A president's pages: who asks to join, members and officers, activities, money, the yearly report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call, whole_names_of
from services.chassis.clock import today
from services.contracts.activities.clubs import clubs as contract
from services.contracts.activities.clubs import members, work

PAGES = PageTable()
SHOWN = 50


@PAGES.get("/clubs/<uuid:club_id>/run")
@only("member")
def run_club(club_id: UUID) -> str:
    """Show the president what waits and what there is; the queries refuse everybody else."""
    ref = {"club_id": str(club_id)}
    found = call(contract.get_club, ref)
    waiting = call(members.list_club_members, {**ref, "state": "applied", "limit": SHOWN})["items"]
    officers = part(members.list_club_officers, {**ref, "limit": SHOWN})
    ids = {one["member_id"] for one in (*waiting, *officers.items) if one["member_id"]}
    return render_template(
        "portal/member/club_run.html",
        club=found,
        waiting=waiting,
        officers=officers,
        people=whole_names_of(ids) if ids else {},
        activities=part(work.list_club_activities, {**ref, "limit": 10}),
        grants=part(work.list_club_grants, {**ref, "limit": 10}),
        reviews=part(work.list_club_reviews, {**ref, "limit": 10}),
    )


@PAGES.post("/clubs/memberships/<uuid:membership_id>/decision")
@only("member", "officer")
def decide_club_member(membership_id: UUID) -> Response:
    """Take somebody who asks to join, or not."""
    take = request.form.get("take") == "1"
    reason = request.form.get("reason", "").strip() or None
    payload = {"membership_id": str(membership_id), "take": take, "reason": None if take else reason}
    done = gettext("已同意，会员已收到消息。") if take else gettext("已登记不同意，会员已收到消息。")
    return act(members.decide_club_member, payload, done=done, then=_back())


@PAGES.post("/clubs/memberships/<uuid:membership_id>/removal")
@only("member", "officer")
def remove_club_member(membership_id: UUID) -> Response:
    """Remove a member with a reason."""
    payload = {"membership_id": str(membership_id), "reason": request.form.get("reason", "").strip()}
    done = gettext("已移出协会，会员已收到消息和原因。")
    return act(members.remove_club_member, payload, done=done, then=_back())


@PAGES.post("/clubs/<uuid:club_id>/officers")
@only("member", "officer")
def appoint_club_officer(club_id: UUID) -> Response:
    """Give a member of the club an office."""
    payload = {
        "club_id": str(club_id),
        "member_id": request.form.get("member_id", ""),
        "post": request.form.get("post", ""),
        "chosen": request.form.get("chosen", "appointed"),
        "starts_on": today().isoformat(),
        "ends_on": request.form.get("ends_on") or None,
    }
    return act(members.appoint_club_officer, payload, done=gettext("已任命。"), then=_back())


@PAGES.route("/clubs/<uuid:club_id>/activities/new", methods=["GET", "POST"])
@only("member")
def draft_club_activity(club_id: UUID) -> str | Response | tuple[str, int]:
    """Plan an activity of the club."""
    club = call(contract.get_club, {"club_id": str(club_id)})
    fields = (
        "title", "kind", "starts_at", "ends_at", "place", "capacity", Field("summary", control="textarea"),
    )  # fmt: skip
    posted = request.form if request.method == "POST" else None
    form = Form(work.DraftClubActivity, fields, posted=posted)
    made = submit(form, work.draft_club_activity, club_id=str(club_id)) if posted is not None else None
    if made is None:
        return form_page(
            form, title=gettext("起草活动"), back=_here(club_id), words=club["name"], frame=_FRAME,
            lead=gettext("活动以草稿存入工会的活动日历，校工会发布后会员可以报名。"), button=gettext("存为草稿"),
        )  # fmt: skip
    flash(gettext("活动已存为草稿，请联系校工会发布。"), "done")
    return go(_here(club_id))


@PAGES.route("/clubs/<uuid:club_id>/report", methods=["GET", "POST"])
@only("member")
def club_report(club_id: UUID) -> str | Response | tuple[str, int]:
    """Hand in the report of a year."""
    club = call(contract.get_club, {"club_id": str(club_id)})
    years = {str(year): _l("%(year)s 年", year=year) for year in (today().year, today().year - 1)}
    wanted = request.args.get("year", "")
    fields = (
        Field("year", control="select", choices=years),
        Field("report", control="textarea", hint=_l("写明活动、经费使用和下一年打算；活动次数和人次由系统统计。")),
    )
    posted = request.form if request.method == "POST" else None
    form = Form(work.HandInClubReview, fields, values={"year": wanted if wanted in years else None}, posted=posted)
    filled = form.payload()
    year = str(filled.pop("year", ""))
    fixed: dict[str, Any] = {"club_id": str(club_id), **({"year": int(year)} if year in years else {})}
    made = submit(form, work.hand_in_club_review, filled=filled, **fixed) if posted is not None else None
    if made is None:
        return form_page(
            form, title=gettext("提交年度总结"), back=_here(club_id), words=club["name"], frame=_FRAME,
            lead=None, button=gettext("提交"),
        )  # fmt: skip
    flash(gettext("年度总结已提交，等待校工会评议。"), "done")
    return go(_here(club_id))


_FRAME = "portal/member.html"


def _here(club_id: Any) -> str:
    return url_for("portal.run_club", club_id=club_id)


def _back() -> str:
    """Return the page on which the button stood."""
    try:
        club_id = UUID(request.form.get("club_id", ""))
    except ValueError:
        return url_for("portal.clubs")
    page = request.form.get("from")
    if page == "console" and current_principal().has("officer"):
        return url_for("portal.console_club", club_id=club_id)
    if page == "list":
        console = current_principal().has("officer") and request.form.get("console") == "1"
        return url_for("portal.club_members" if console else "portal.own_club_members", club_id=club_id)
    return _here(club_id)
