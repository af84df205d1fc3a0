"""Tournaments in the console: the list, one with its fixtures, standings and teams, settings, teams, the draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.formats import as_moment, title_of
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import leads_unit, names, only, unit_choices
from gateway.portal.service_calls import act, attempt, go, part, send, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.sports.naming import score_words, teams_of
from services.chassis.clock import SHANGHAI
from services.chassis.errors import InvalidInput, NotFound
from services.chassis.input_errors import InputError
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.sports import fixtures as fixtures_contract
from services.contracts.activities.sports import tournaments as contract

PAGES = PageTable()
LOOKS = ("officer", "chair", "auditor")
_ONE = "/console/activities/<uuid:activity_id>/tournament"
_FIELDS: tuple[Field | str, ...] = (
    "format", "groups", Field("advance", hint=_l("只用于“先分组循环，再淘汰”。")), "sets_to_win", "win_points",
    "loss_points", "walk_over_points", "match_minutes", Field("tie_breaks", control="checks"),
)  # fmt: skip
_PERIOD = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})\s+(\d{1,2}:\d{2})\s*[-–—~至]\s*(\d{1,2}:\d{2})")

TOURNAMENTS = PAGES.add_list(
    ListPage(
        "console_tournaments", "/console/tournaments", contract.list_tournaments, _l("球类赛事"),
        columns=("title", "starts_at", "format", "groups", Column("state", state=True)),
        roles=LOOKS,
        filters=("state",),
        lead=_l("循环赛和淘汰赛；在活动页点“赛程”设定新的赛事。"),
        empty=_l("还没有赛事。打开一个活动，点“赛程”。"),
        icon="diagram-3",
        link="console_tournament",
        argument="activity_id",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _score(item: Mapping[str, Any]) -> str | None:
    return score_words(item) or None


def _beside(shown: Shown) -> dict[str, Any]:
    """Return what the page shows beside the fixtures."""
    teams = part(contract.list_sports_teams, shown.named)
    return {
        "title": shown.about["title"],
        "teams": teams,
        "contacts": names(teams.items, "contact_id"),
        "ranking": part(fixtures_contract.standings, shown.named),
        "may": leads_unit(shown.about["organiser_unit_id"]) and current_principal().has("officer", "chair"),
    }


TOURNAMENT = PAGES.add_list(
    ListPage(
        "console_tournament", _ONE, fixtures_contract.list_fixtures, _l("赛程"),
        columns=(
            "number", "starts_at", "court", "stage", Column("group", optional=True), "round", "home_name", "away_name",
            Column("sets", how="text", value=_score), Column("winner_name", optional=True),
            Column("state", state=True), Column("reason", optional=True, wide=True), actions("of_fixture"),
        ),
        roles=LOOKS,
        filters=("stage", Field("team_id", control="select", choices=teams_of, blank=_l("全部")), "state"),
        empty=_l("还没有编排赛程。"),
        icon="diagram-3",
        back=("console_tournaments", _l("球类赛事")),
        about=contract.get_tournament,
        more=_beside,
        template="portal/console/tournament.html",
        macros="portal/parts/fixtures.html",
        export=ListExport(personal=False, name="fixtures"),
    )
)  # fmt: skip


@PAGES.get(f"{_ONE}/begin")
@only(*LOOKS)
def begin_tournament(activity_id: UUID) -> Response:
    """Go to the tournament of an activity, or to setting it up where there is none."""
    there = url_for("portal.console_tournament", activity_id=activity_id)
    try:
        call(contract.get_tournament, {"activity_id": str(activity_id)})
    except NotFound:
        if not current_principal().has("officer", "chair"):
            raise
        there = url_for("portal.tournament_settings", activity_id=activity_id)
    return redirect(there)


@PAGES.route(f"{_ONE}/settings", methods=["GET", "POST"])
@only("officer", "chair")
def tournament_settings(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Say how teams play."""
    ref = {"activity_id": str(activity_id)}
    activity, found = call(get_activity, ref), _found(ref)
    posted = request.form if request.method == "POST" else None
    values = {**found, "courts": "\n".join(found["courts"]), "periods": _lines(found)} if found else _begun(activity)
    form = Form(contract.SetTournament, _FIELDS, values=values, posted=posted)
    lines = {name: (posted or values).get(name, "") for name in ("courts", "periods")}
    version = posted.get("version", "0") if posted is not None else str(found.get("version", 0))
    if posted is not None:
        fixed = {**ref, "version": int(version) if version.isdecimal() and len(version) < 10 else 0}
        if attempt(form, lambda: _sent(form, lines, fixed)) is not None:
            flash(gettext("赛制已保存。"), "done")
            return go(url_for("portal.console_tournament", activity_id=activity_id))
    page = render_template(
        "portal/console/tournament_settings.html", form=form, lines=lines, title=title_of(activity), version=version,
        activity_id=str(activity_id), exists=bool(found),
    )  # fmt: skip
    return (page, 422) if posted is not None else page


@PAGES.route(f"{_ONE}/teams/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_sports_team(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Enter a team."""
    found, sought = call(contract.get_tournament, {"activity_id": str(activity_id)}), sought_member(optional=True)
    fields = (
        "name", Field("unit_id", control="select", choices=unit_choices, blank=_l("没有")),
        Field("contact_id", control="select", choices=sought.choices, blank=_l("没有"),
              hint=_l("先查找会员；领队会收到赛程和改期的消息。")),
        Field("seed", hint=_l("强队填 1、2、3……，抽签时分开；没有种子就不填。")),
    )  # fmt: skip
    form = Form(contract.AddTeam, fields, posted=request.form if request.method == "POST" else None)
    here = url_for("portal.console_tournament", activity_id=activity_id)
    if form.posted is None or submit(form, contract.add_sports_team, activity_id=str(activity_id)) is None:
        return form_page(
            form, title=gettext("登记参赛队"), back=here, words=found["title"], sought=sought, button=gettext("登记")
        )
    flash(gettext("参赛队已登记。"), "done")
    return go(here)


@PAGES.post(f"{_ONE}/teams/<uuid:team_id>/remove")
@only("officer", "chair")
def remove_sports_team(activity_id: UUID, team_id: UUID) -> Response:
    """Take a team out."""
    payload = {"activity_id": str(activity_id), "team_id": str(team_id)}
    then = url_for("portal.console_tournament", activity_id=activity_id)
    return act(contract.remove_sports_team, payload, done=gettext("参赛队已撤下。"), then=then)


@PAGES.post(f"{_ONE}/draw")
@only("officer", "chair")
def draw_fixtures(activity_id: UUID) -> Response:
    """Draw the next stage."""
    then = url_for("portal.console_tournament", activity_id=activity_id)
    done = gettext("赛程已编排，领队会收到消息。")
    return act(fixtures_contract.draw_fixtures, {"activity_id": str(activity_id)}, done=done, then=then)


def _found(ref: dict[str, str]) -> dict[str, Any]:
    try:
        return call(contract.get_tournament, ref)
    except NotFound:
        return {}


def _begun(activity: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the form of a new tournament: the time of the activity, two courts."""
    return {"courts": gettext("1 号场") + "\n" + gettext("2 号场"), "periods": _lines({"periods": [activity]})}


def _lines(found: Mapping[str, Any]) -> str:
    told = []
    for one in found["periods"]:
        begins, ends = (as_moment(one[name]) for name in ("starts_at", "ends_at"))
        if begins and ends:
            told.append(f"{begins.astimezone(SHANGHAI):%Y-%m-%d %H:%M}-{ends.astimezone(SHANGHAI):%H:%M}")
    return "\n".join(told)


def _sent(form: Form, lines: Mapping[str, str], fixed: dict[str, Any]) -> dict[str, Any]:
    """Send the settings. Raises `InvalidInput`: a line of the periods can't be read."""
    courts = [line.strip() for line in lines["courts"].splitlines() if line.strip()]
    periods, wrong = [], []
    for number, line in enumerate(lines["periods"].splitlines(), start=1):
        if not line.strip():
            continue
        try:
            periods.append(_period(line))
        except ValueError:
            wrong.append(InputError("sports.periods_are_written", "Write a day and times.", line=number))
    if wrong:
        raise InvalidInput(errors={"periods": wrong})
    return send(contract.set_tournament, {**form.payload(), "courts": courts, "periods": periods, **fixed})


def _period(line: str) -> dict[str, str]:
    match = _PERIOD.fullmatch(unicodedata.normalize("NFKC", line.strip()))
    if match is None:
        raise ValueError(line)
    moments = (f"{match[1]} {clock} +0800" for clock in match.groups()[1:])
    begins, ends = (datetime.strptime(one, "%Y-%m-%d %H:%M %z").isoformat() for one in moments)
    return {"starts_at": begins, "ends_at": ends}
