"""Pages of secret ballots: the box that takes votes without an account, the board, the keys of scrutineers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import part
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from gateway.subjects.governance.secret_ballots.board_file import board_file as whole_board
from gateway.subjects.governance.secret_ballots.rule_messages import RULES
from services.chassis.ballot_board import decoded
from services.chassis.board_statements import key_fingerprint
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.security.principal import may_call
from services.contracts.governance.ballots.operations import get_ballot
from services.contracts.governance.ballots.vocabulary import ANSWERS
from services.contracts.governance.secret_ballots import get_board, get_ceremony

PAGES = PageTable()
REGISTRARS = {"union": _l("工会签发凭证"), "scrutiny": _l("监票组签发凭证")}
SHOWN = 50
"""Entries of the board on a page."""


@PAGES.get("/ballot-box/<uuid:ballot_id>")
def ballot_box(ballot_id: UUID) -> str:
    """Show the box: what is voted on and with which token comes from the voter's own device, nothing from us."""
    return render_template("portal/public/ballot_box.html", ballot_id=str(ballot_id), refusals=refusals())


@PAGES.get("/ballot-board/<uuid:ballot_id>")
def ballot_board(ballot_id: UUID) -> str:
    """Show a page of the board, the head, and, once the votes were opened, the votes."""
    asked: dict[str, Any] = {"ballot_id": str(ballot_id), "limit": SHOWN}
    if request.args.get("cursor"):
        asked["cursor"] = request.args["cursor"][:500]
    board = call(get_board, asked)
    following = board["next_cursor"]
    next_page = url_for("portal.ballot_board", ballot_id=ballot_id, cursor=following) if following else None
    found = _ballot(ballot_id)
    words = _words(found["options"] if found else [])
    return render_template(
        "portal/public/ballot_board.html", board=board, registrars=_registrars(board),
        ballot_id=str(ballot_id), title=found and found["title"],
        next_page=next_page, words_of_keys=words, choices=lambda vote: _in_words(vote, words),
    )  # fmt: skip


@PAGES.get("/ballot-board/<uuid:ballot_id>/file")
def ballot_board_file(ballot_id: UUID) -> Response:
    """Hand out the whole board as a file."""
    return whole_board({"ballot_id": str(ballot_id)})


@PAGES.get("/secret-ballots/how")
def secret_ballots_explained() -> str:
    """Say what a secret ballot protects against, and what not."""
    return render_template("portal/public/secret_ballots.html")


@PAGES.get("/ballots/<uuid:ballot_id>/scrutineer")
@only("member")
def scrutineer(ballot_id: UUID) -> str:
    """Show a scrutineer what is to be done: to make a key, to keep it, to give the share."""
    keys = call(get_ceremony, {"ballot_id": str(ballot_id)})
    own = next((one for one in keys["scrutineers"] if one["place"] == keys["place"]), None)
    if own is None:
        raise NotAllowed("You are no scrutineer of this ballot.", rule="secret_ballots.asker_is_scrutineer")
    found = _ballot(ballot_id)
    told = {
        "ballot": str(ballot_id), "state": keys["state"], "public": keys["public_key"],
        "sealed": keys["sealed_share"], "given": own["given"],
    }  # fmt: skip
    return render_template(
        "portal/member/scrutineer.html", keys=keys, told=told, title=found and found["title"],
        people=names(keys["scrutineers"], "member_id"), refusals=refusals(),
    )  # fmt: skip


def _registrars(board: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return who signs tokens, how many were signed, as far as it is told, and the fingerprint of the key."""
    marks = [*board["head"]["marks"], *(one["marks"] for one in board["statements"])]
    return [
        {
            "words": REGISTRARS.get(one["name"], one["name"]),
            "marks": marks[place] if place < len(marks) else None,
            "fingerprint": key_fingerprint(decoded(one["key"])),
        }
        for place, one in enumerate(board["definition"]["registrars"])
    ]


def refusals() -> dict[str, str]:
    """Return what scripts say to the refusals they may get, by rule."""
    figures = {"named": 0, "needed": 0, "least": 0, "most": 0, "votes": 0, "marks": 0, "state": "", "flaw": ""}
    return {rule: say_rule(rule, figures) for rule in RULES}


def _ballot(ballot_id: UUID) -> dict[str, Any] | None:
    """Return a ballot to who may see it, else None."""
    if not may_call(current_principal(), get_ballot):
        return None
    try:
        found: dict[str, Any] | None = part(get_ballot, {"ballot_id": str(ballot_id)}).data
    except (NotAllowed, NotFound):
        return None
    return found


def _words(options: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the choices of a vote are called, by key; of an option that is not told its number."""
    found = [dict(one) for one in options]
    people = names(found, "member_id")
    named = {one["key"]: one["text"] or people.get(str(one["member_id"])) for one in found}
    answers = {key: str(text) for key, text in texts_of(ANSWERS).items()}
    return {**{key: str(text) for key, text in named.items() if text}, **answers}


def _in_words(vote: str, words: Mapping[str, str]) -> str:
    if not vote:
        return gettext("无效")
    return gettext("、").join(words.get(key, key) for key in vote.split(","))
