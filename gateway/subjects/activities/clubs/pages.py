"""Clubs in the console: the register, one club, what the union decides about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, hand_out, part
from gateway.rpc.calls import call
from services.chassis.schema import Operation
from services.contracts.activities.clubs import clubs as contract
from services.contracts.activities.clubs import members, work
from services.contracts.activities.clubs.vocabulary import CLUB_VERDICTS

PAGES = PageTable()
SHOWN = 50
_STOPS: dict[str, tuple[Operation, Any]] = {
    "suspend": (contract.suspend_club, _l("协会已暂停活动，会长已收到消息。")),
    "resume": (contract.resume_club, _l("协会已恢复活动，会长已收到消息。")),
    "dissolve": (contract.dissolve_club, _l("协会已解散，会员已收到消息。")),
}

CLUBS = PAGES.add_list(
    ListPage(
        "console_clubs", "/console/clubs", contract.list_clubs, _l("协会"),
        columns=(
            "name", "kind", Column("state", state=True), Column("president_id", how="member"), "members", "waiting",
            "joining", "founded_on", Column("aim", on_page=False), Column("units", how="unit", on_page=False),
            Column("employments", on_page=False), Column("ended_on", on_page=False), Column("note", on_page=False),
        ),
        roles=("officer", "auditor"),
        filters=(Field("q", control="search"), "kind", "state"),
        lead=_l("文体协会的名册：章程、负责人、会员、经费和年度评议。"),
        empty=_l("还没有协会。会员在门户的“文体协会”里申请成立。"),
        icon="people",
        links=(
            PageLink("club_grants", _l("活动经费"), "cash-stack"),
            PageLink("club_reviews", _l("年度评议"), "clipboard-check"),
        ),
        link="console_club",
        argument="club_id",
        export=ListExport(),
        topics=("clubs",),
    )
)  # fmt: skip


@PAGES.get("/console/clubs/<uuid:club_id>")
@only("officer", "auditor")
def console_club(club_id: UUID) -> str:
    """Show a club with its officers, activities, grants and reviews, and what can be decided about it."""
    ref = {"club_id": str(club_id)}
    found = call(contract.get_club, ref)
    officers = part(members.list_club_officers, {**ref, "limit": SHOWN})
    return render_template(
        "portal/console/club.html",
        club=found,
        officers=officers,
        people=names([*officers.items, found], "member_id", "president_id", "applicant_id"),
        waiting=part(members.list_club_members, {**ref, "state": "applied", "limit": SHOWN}),
        activities=part(work.list_club_activities, {**ref, "limit": 20}),
        grants=part(work.list_club_grants, {**ref, "limit": SHOWN}),
        reviews=part(work.list_club_reviews, {**ref, "limit": SHOWN}),
        verdicts=CLUB_VERDICTS.texts,
    )


@PAGES.post("/console/clubs/<uuid:club_id>/decision")
@only("officer")
def decide_club(club_id: UUID) -> Response:
    """Found a club, or refuse it."""
    found = request.form.get("found") == "1"
    payload = {"club_id": str(club_id), "found": found, "note": request.form.get("note", "").strip()}
    done = gettext("协会已成立，发起人是会长。") if found else gettext("已登记不予批准，发起人已收到消息。")
    return act(contract.decide_club, payload, done=done, then=here(club_id))


@PAGES.post("/console/clubs/<uuid:club_id>/<any(suspend,resume,dissolve):action>")
@only("officer")
def stop_club(club_id: UUID, action: str) -> Response:
    """Suspend a club, let it go on, or dissolve it."""
    operation, done = _STOPS[action]
    payload = {"club_id": str(club_id), "reason": request.form.get("reason", "").strip()}
    return act(operation, payload, done=str(done), then=here(club_id))


@PAGES.get("/clubs/<uuid:club_id>/charter")
@only("officer", "auditor", "chair", "member")
def club_charter(club_id: UUID) -> Response:
    """Hand out the charter."""
    then = url_for("portal.club", club_id=club_id)
    return hand_out(contract.club_charter, {"club_id": str(club_id)}, otherwise=then)


@PAGES.post("/console/clubs/offices/<uuid:office_id>/end")
@only("officer")
def end_club_office(office_id: UUID) -> Response:
    """End an office."""
    payload = {"office_id": str(office_id), "end": request.form.get("end", "")}
    return act(
        members.end_club_office,
        payload,
        done=gettext("任职已结束。"),
        then=url_for("portal.console_clubs"),
        opens=lambda made: here(made["club_id"]),
    )


@PAGES.post("/console/clubs/<uuid:club_id>/reviews/<uuid:review_id>")
@only("officer")
def decide_club_review(club_id: UUID, review_id: UUID) -> Response:
    """Judge a club's year, or return the report."""
    payload = {
        "review_id": str(review_id),
        "verdict": request.form.get("verdict") or None,
        "note": request.form.get("note", "").strip(),
    }
    done = gettext("已评议。") if payload["verdict"] else gettext("已退回，会长已收到消息。")
    return act(work.decide_club_review, payload, done=done, then=here(club_id))


def here(club_id: Any) -> str:
    """Return the address of a club in the console."""
    return url_for("portal.console_club", club_id=club_id)
