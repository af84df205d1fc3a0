"""Voting: one's own ballots, the paper with its confirmation and receipt, who voted what in named ballots."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.list_pages import ListPage
from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import ask_again, carry_out, go, part
from gateway.rpc.calls import call
from gateway.rpc.vote_batches import cast_vote
from gateway.subjects.governance.ballots.pages import VOTES, about
from gateway.subjects.governance.ballots.secret_part import token_part
from gateway.subjects.governance.ballots.words import vote_words
from services.chassis.plain_text import whole_number
from services.contracts.governance.ballots import operations as contract

PAGES = PageTable()
_PATH = "/ballots/<uuid:ballot_id>"


@PAGES.get("/me/ballots")
@only("member")
def my_ballots() -> str:
    """Show the ballots on whose roll one stands: those that are open first."""
    open_now = part(contract.my_ballots, {"state": "open", "limit": 50})
    counting = part(contract.my_ballots, {"state": "counting", "limit": 50})
    ended = part(contract.my_ballots, {"state": "closed", "limit": 50})
    return render_template("portal/member/ballots.html", open_now=open_now, counting=counting, ended=ended)


@PAGES.get(_PATH)
@only("member")
def ballot_paper(ballot_id: UUID) -> str:
    """Show a ballot: the paper while it can be voted, then the vote and the result."""
    found = call(contract.get_ballot, {"ballot_id": str(ballot_id)})
    shown = _shown(found, request.args.get("for", ""))
    return render_template("portal/member/ballot.html", **shown, token=token_part(found, shown["options"]))


@PAGES.post(f"{_PATH}/confirm")
@only("member")
def confirm_vote(ballot_id: UUID) -> str | Response:
    """Show what was chosen, to be confirmed."""
    found = call(contract.get_ballot, {"ballot_id": str(ballot_id)})
    choices, represented = _chosen(found), request.form.get("for", "")
    if not choices:
        ask_again(gettext("请先选择，再提交。"))
        return go(_here(ballot_id, represented))
    shown = _shown(found, represented)
    words = vote_words(choices, shown["options"], found["kind"])
    return render_template("portal/member/ballot_confirm.html", **shown, choices=choices, words=words)


@PAGES.post(f"{_PATH}/vote")
@only("member")
def cast_own_vote(ballot_id: UUID) -> Response:
    """Store the confirmed vote."""
    choices, represented = request.form.getlist("choice"), request.form.get("for", "")
    once = request.form.get("once", "")[:40]
    key = f"{once}.{contract.vote.name}" if once else None
    then = _here(ballot_id, represented)
    return carry_out(lambda: cast_vote(ballot_id, choices, represented or None, key), done=_cast, then=then)


PAGES.add_list(
    ListPage(
        "own_ballot_votes", f"{_PATH}/votes", contract.list_votes, _l("记名投票"),
        columns=VOTES,
        roles=("member",),
        lead=_l("这次表决是记名的，投票人都能看到每个人所投的内容。"),
        empty=_l("没有人投票。"),
        icon="card-checklist",
        back=("my_ballots", _l("投票")),
        about=contract.get_ballot,
        more=lambda shown: {"title": shown.about["title"]},
        layout="member",
    )
)  # fmt: skip


def _shown(found: dict[str, Any], represented: str) -> dict[str, Any]:
    mine = found["mine"]
    other = next((one for one in mine["represents"] if one["member_id"] == represented), None)
    told = about(found)
    vote = other["vote"] if other else mine["vote"]
    may_vote = mine["may_vote"]
    if other is not None:
        may_vote = found["state"] == "open" and (other["vote"] is None or found["counts"] == "last")
    return {
        **told,
        "other": other,
        "vote": vote,
        "vote_words": vote_words(vote["choices"], told["options"], found["kind"]) if vote else None,
        "may_vote": may_vote,
        "why_not": say_rule(mine["refused"], {"state": found["state"], "most": 0}) if mine["refused"] else None,
    }


def _chosen(found: dict[str, Any]) -> list[str]:
    """Return the choices of the paper; a ranking by the places that were given."""
    form = request.form
    if form.get("abstain") or found["kind"] != "ranking":
        return ["abstain"] if form.get("abstain") else form.getlist("choice")
    places = {one["key"]: form.get(f"place-{one['key']}", type=whole_number) for one in found["options"]}
    ranked = sorted((place, key) for key, place in places.items() if place)
    return [key for _, key in ranked] if len({place for place, _ in ranked}) == len(places) else []


def _cast(reply: dict[str, Any]) -> str:
    if reply["outcome"] == "already":
        return gettext("您此前已投票，没有变动。凭条号 %(receipt)s。", receipt=reply["receipt"])
    return gettext("已投票。凭条号 %(receipt)s。", receipt=reply["receipt"])


def _here(ballot_id: UUID, represented: str) -> str:
    named: dict[str, Any] = {"for": represented} if represented else {}
    return url_for("portal.ballot_paper", ballot_id=ballot_id, **named)
