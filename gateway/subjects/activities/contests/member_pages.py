"""Contests for members: one's own, the results, the live board for a hall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.list_pages import ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import Part, part
from gateway.rpc.calls import call
from gateway.subjects.activities.contests.naming import criteria_words
from services.chassis.errors import NotAllowed, NotFound
from services.contracts.activities.contests import entries as contract
from services.contracts.activities.contests import settings

PAGES = PageTable()
_READERS = ("officer", "chair", "auditor", "member")

MINE = PAGES.add_list(
    ListPage(
        "my_contests", "/me/contests", settings.my_contests, _l("我的比赛和评审"),
        columns=(),
        roles=("member",),
        empty=_l("您现在没有参加比赛，也没有担任评委。"),
        icon="trophy",
        back=("me", _l("我的")),
        template="portal/member/contests.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.get("/activities/<uuid:activity_id>/contest")
@only(*_READERS)
def contest_results(activity_id: UUID) -> str:
    """Show the results, or that they are not there yet."""
    return render_template("portal/member/contest_results.html", **_shown(activity_id))


@PAGES.get("/activities/<uuid:activity_id>/contest/begin")
@only(*_READERS)
def begin_results(activity_id: UUID) -> Response:
    """Go to the results of an activity; back to it where it is not judged."""
    there = url_for("portal.contest_results", activity_id=activity_id)
    try:
        call(settings.get_contest, {"activity_id": str(activity_id)})
    except NotFound:
        flash(gettext("这个活动没有安排评分。"), "done")
        there = url_for("portal.activity", activity_id=activity_id)
    return redirect(there)


@PAGES.get("/activities/<uuid:activity_id>/contest/board")
@only(*_READERS)
def contest_board(activity_id: UUID) -> str:
    """Show the scores in a hall; alone the part that changes, for a page that is open."""
    alone = request.headers.get("HX-Request")
    template = "portal/parts/contest_board.html" if alone else "portal/member/contest_board.html"
    return render_template(template, **_shown(activity_id))


def _shown(activity_id: UUID) -> dict[str, Any]:
    ref = {"activity_id": str(activity_id)}
    contest, results = call(settings.get_contest, ref), Part(data={"items": [], "final": False})
    if contest["may_look"]:
        try:
            results = part(contract.contest_results, ref)
        except NotAllowed:
            contest["may_look"] = False  # Taken back between the two questions.
    return {
        "contest": contest,
        "results": results,
        "people": names(results.items, "member_id"),
        "by_group": [
            (group, [one for one in results.items if one["group"] == group["number"]]) for group in contest["groups"]
        ],
        "criteria": criteria_words(contest),
    }
