"""Fixtures and standings for the phone, and as a poster to put up."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Answer

from gateway.http.files import file_response
from gateway.pdf.printing import printed
from gateway.portal.formats import as_moment, day
from gateway.portal.list_pages import ListPage
from gateway.portal.listing import every_item
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.subjects.activities.sports.naming import score_words
from services.chassis.clock import SHANGHAI
from services.chassis.errors import NotFound
from services.contracts.activities.sports import fixtures as fixtures_contract
from services.contracts.activities.sports import tournaments as contract

PAGES = PageTable()
_READERS = ("officer", "chair", "auditor", "member")

TOURNAMENTS = PAGES.add_list(
    ListPage(
        "tournaments", "/tournaments", contract.list_tournaments, _l("赛程与积分榜"),
        columns=(),
        roles=("member",),
        empty=_l("现在没有赛事。"),
        icon="diagram-3",
        back=("me", _l("我的")),
        template="portal/member/tournaments.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.get("/activities/<uuid:activity_id>/tournament/begin")
@only(*_READERS)
def begin_fixtures(activity_id: UUID) -> Answer:
    """Go to the fixtures of an activity; back to it where there are none."""
    there = url_for("portal.tournament", activity_id=activity_id)
    try:
        call(contract.get_tournament, {"activity_id": str(activity_id)})
    except NotFound:
        flash(gettext("这个活动没有安排赛程。"), "done")
        there = url_for("portal.activity", activity_id=activity_id)
    return redirect(there)


@PAGES.get("/activities/<uuid:activity_id>/tournament")
@only(*_READERS)
def tournament(activity_id: UUID) -> str:
    """Show fixtures by day and standings, of all teams or one."""
    found = _whole(activity_id)
    team = request.args.get("team", "")
    chosen = team if team in {one["id"] for one in found["teams"]} else None
    shown = [one for one in found["matches"] if chosen in (None, one["home_id"], one["away_id"])]
    return render_template(
        "portal/member/tournament.html", it=found["it"], teams=found["teams"], table=found["table"], chosen=chosen,
        days=[(label, list(ones)) for label, ones in groupby(shown, key=_day)], clock=_clock, score=score_words,
        has_team=bool(found["matches"]),
    )  # fmt: skip


@PAGES.get("/activities/<uuid:activity_id>/tournament.pdf")
@only(*_READERS)
def tournament_poster(activity_id: UUID) -> Response:
    """Return fixtures and standings as a document to print and put up."""
    found = _whole(activity_id)
    headings = [gettext("场次"), gettext("时间"), gettext("场地"), gettext("阶段"), gettext("对阵"), gettext("比分")]
    blocks: list[tuple[str, Any]] = []
    for label, ones in groupby(found["matches"], key=_day):
        rows = [
            [str(one["number"]), _clock(one), one["court"] or "", _stage(one), _pair(one), score_words(one)]
            for one in ones
        ]
        blocks += [("heading", label), ("table", [headings, rows, [8, 10, 12, 18, 34, 24]])]
    if found["table"]:
        columns = ["rank", "name", "played", "won", "lost", "points", "sets_won", "sets_lost"]
        titles = [gettext("名次"), gettext("队名"), gettext("场数"), gettext("胜"), gettext("负"), gettext("积分"),
                  gettext("胜局"), gettext("负局")]  # fmt: skip
        for group, ones in groupby(found["table"], key=lambda one: one["group"]):
            lines = [[str(one[name]) for name in columns] for one in ones]
            blocks += [
                ("heading", gettext("第 %(group)s 组积分榜", group=group)),
                ("table", [titles, lines, [8, 30, 8, 8, 8, 8, 8, 8]]),
            ]
    title, subtitle = found["it"]["title"], gettext("赛程与积分榜")
    content = base64.b64encode(printed("document", title, subtitle, blocks)).decode()
    return file_response({"name": f"{title}.pdf", "media_type": "application/pdf", "content": content})


def _whole(activity_id: UUID) -> dict[str, Any]:
    ref = {"activity_id": str(activity_id)}
    matches = every_item(fixtures_contract.list_fixtures, ref)["items"]
    return {
        "it": call(contract.get_tournament, ref),
        "teams": call(contract.list_sports_teams, ref)["items"],
        "table": call(fixtures_contract.standings, ref)["items"],
        "matches": [one for one in matches if one["state"] != "bye"],
    }


def _day(fixture: Mapping[str, Any]) -> str:
    starts_at = as_moment(fixture["starts_at"])
    return str(day(starts_at.astimezone(SHANGHAI).date())) if starts_at else gettext("时间待定")


def _clock(fixture: Mapping[str, Any]) -> str:
    starts_at = as_moment(fixture["starts_at"])
    return f"{starts_at.astimezone(SHANGHAI):%H:%M}" if starts_at else "—"


def _stage(fixture: Mapping[str, Any]) -> str:
    if fixture["group"] is not None:
        return gettext("第 %(group)s 组", group=fixture["group"])
    return gettext("%(stage)s第 %(round)s 轮", stage=words(fixture["stage"], "fixture_stage"), round=fixture["round"])


def _pair(fixture: Mapping[str, Any]) -> str:
    open_ = gettext("待定")
    return f"{fixture['home_name'] or open_} — {fixture['away_name'] or open_}"
