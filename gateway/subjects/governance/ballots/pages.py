"""Ballots in the console: the list, one ballot with what is to be done, its roll and the votes of named ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices
from gateway.portal.rule_messages.figures import name_of_figure
from gateway.portal.service_calls import act, part
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.governance.ballots.secret_part import scrutiny
from gateway.subjects.governance.ballots.words import option_words, result_bars, turnout_bars, vote_words
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.governance.ballots import operations as contract
from services.contracts.governance.ballots.vocabulary import BALLOT_STAGES, BALLOT_STATES, SECRET_BALLOT_STAGES
from services.contracts.membership.record.numbers import members_by_number

PAGES = PageTable()
_PATH = "/console/ballots/<uuid:ballot_id>"
RUNS = frozenset({"officer", "chair"})


PAGES.add_list(
    ListPage(
        "ballots", "/console/ballots", contract.list_ballots, _l("表决和选举"),
        columns=(
            "title", "kind", Column("secrecy", wide=True), "body", Column("opens_at", on_page=False), "closes_at",
            "entitled", "outcome", Column("state", state=True),
        ),
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=("q", "state", "kind", "secrecy", "body", Field("unit_id", choices=unit_choices)),
        lead=_l("名册在开始时固定，结束后才计票；通过的票数和参加的人数按现行规定。"),
        empty=_l("没有符合条件的表决。"),
        icon="card-checklist",
        links=(PageLink("new_ballot", _l("发起表决"), "plus-lg", RUNS, first=True),),
        link="ballot",
        argument="ballot_id",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _about_ballot(shown: Shown) -> dict[str, Any]:
    return {"title": shown.about["title"]}


PAGES.add_list(
    ListPage(
        "ballot_voters", f"{_PATH}/voters", contract.list_voters, _l("投票人名册"),
        columns=(
            "member_id", "unit_id", Column("voted"), "cast_at", Column("present", _l("到会"), optional=True),
            Column("proxy_id", how="member", optional=True),
        ),
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=("show", Field("unit_id", choices=unit_choices)),
        lead=_l("开始时固定的名册；之后离会的仍在册，新入会的不在册。"),
        empty=_l("没有符合条件的投票人。"),
        icon="people",
        back=("ballots", _l("表决和选举")),
        about=contract.get_ballot,
        more=_about_ballot,
        export=ListExport(name="ballot-voters", title=_l("投票人名册")),
    )
)  # fmt: skip


def chosen_words(item: Mapping[str, Any]) -> str:
    """Return what somebody voted, in words."""
    return vote_words(item["choices"], option_words(item["chosen"]), item["kind"])


VOTES = (
    "member_id", "unit_id", Column("choices", value=chosen_words, how="text"), "cast_at",
    "by_proxy",
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "ballot_votes", f"{_PATH}/votes", contract.list_votes, _l("记名投票"),
        columns=VOTES,
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=(Field("unit_id", choices=unit_choices),),
        lead=_l("每个人所投的内容；投票人也能看到。"),
        empty=_l("没有人投票。"),
        icon="card-checklist",
        back=("ballots", _l("表决和选举")),
        about=contract.get_ballot,
        more=_about_ballot,
        export=ListExport(name="ballot-votes", title=_l("记名投票")),
    )
)  # fmt: skip


@PAGES.get(_PATH)
@only(*CONSOLE_ROLES)
def ballot(ballot_id: UUID) -> str:
    """Show a ballot with what is to be done."""
    found = call(contract.get_ballot, {"ballot_id": str(ballot_id)})
    return render_template("portal/console/ballot.html", **about(found), **_preview(found))


def about(found: dict[str, Any]) -> dict[str, Any]:
    """Return what pages show of a ballot."""
    options, result = option_words(found["options"]), found["result"]
    stages = SECRET_BALLOT_STAGES if found["secrecy"] == "secret" else BALLOT_STAGES
    rules = [{**rule, "name": name_of_figure(rule["key"])} for rule in found["rules"]]
    return {
        "it": {**found, "rules": rules},
        "options": options,
        "way": steps_of(stages, found["state"], BALLOT_STATES),
        "bars": result_bars(found, options) if result else None,
        "turnout": turnout_bars(result["units"]) if result else None,
        "blocked": say(Problem.from_wire(found["blocked"])) if found["blocked"] else None,
        "people": names([found["mine"], *found["mine"]["represents"]], "proxy_id", "member_id"),
        **scrutiny(found),
    }


@PAGES.post(f"{_PATH}/open")
@only(*RUNS)
def open_ballot(ballot_id: UUID) -> Response:
    """Open a ballot for as many as were shown."""
    expected = request.form.get("expected", type=whole_number)
    payload = {"ballot_id": str(ballot_id), "expected": expected}
    return act(contract.open_ballot, payload, done=_opened, then=_here(ballot_id))


@PAGES.post(f"{_PATH}/close")
@only(*RUNS)
def close_ballot(ballot_id: UUID) -> Response:
    """Close a ballot and count it."""
    return act(contract.close_ballot, {"ballot_id": str(ballot_id)}, done=_closed, then=_here(ballot_id))


@PAGES.post(f"{_PATH}/cancel")
@only(*RUNS)
def cancel_ballot(ballot_id: UUID) -> Response:
    """Cancel a ballot with the reason."""
    payload = {"ballot_id": str(ballot_id), "reason": request.form.get("reason", "").strip()}
    return act(contract.cancel_ballot, payload, done=gettext("表决已取消。"), then=_here(ballot_id))


@PAGES.post(f"{_PATH}/round")
@only(*RUNS)
def call_round(ballot_id: UUID) -> Response:
    """Call the next round, and show it."""
    return act(
        contract.call_round, {"ballot_id": str(ballot_id)}, done=gettext("再次投票已建立，请核对后开始。"),
        then=_here(ballot_id), opens=lambda made: url_for("portal.ballot", ballot_id=made["id"]),
    )  # fmt: skip


@PAGES.post(f"{_PATH}/proxies")
@only("officer")
def set_ballot_proxy(ballot_id: UUID) -> Response:
    """Register who represents a member, both by number; without a proxy it ends."""
    numbers = [request.form.get(name, "").strip() for name in ("member", "proxy")]
    found = part(members_by_number, {"numbers": [one for one in numbers if one]}).items
    ids = {one["number"]: one["member_id"] for one in found}
    payload = {
        "ballot_id": str(ballot_id), "member_id": ids.get(numbers[0], ""),
        "proxy_id": ids.get(numbers[1], "") if numbers[1] else None,
    }  # fmt: skip
    return act(contract.set_proxy, payload, done=gettext("委托已登记。"), then=_here(ballot_id))


def _preview(found: dict[str, Any]) -> dict[str, Any]:
    """Return how many may vote, where that is not fixed yet."""
    if "open" not in found["actions"] or found["electorate"] in ("called", "roll"):
        return {"expected": None}
    asked = {name: found[name] for name in ("electorate", "unit_ids", "member_ids")}
    counted = part(contract.count_electorate, asked).data
    return {"expected": counted["count"] if counted else None}


def _opened(reply: dict[str, Any]) -> str:
    if reply["state"] == "opening":
        return gettext("正在建立名册，完成后自动开始。")
    return gettext("投票已开始，%(count)s 人可以投票。", count=reply["entitled"])


def _closed(reply: dict[str, Any]) -> str:
    if reply["state"] == "counting":
        return gettext("投票已结束，已通知监票人交出份额；份额够了自动开票。")
    return gettext("投票已结束，结果如下。")


def _here(ballot_id: UUID) -> str:
    return url_for("portal.ballot", ballot_id=ballot_id)
