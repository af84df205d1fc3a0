"""Resolutions: recorded by show of hands, or voted on by phone; counted against all delegates of the body."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.majorities import counted_of, votes_needed
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.congress.session_events import ResolutionPassed
from services.governance.ballots.use_cases.calling import call_ballot
from services.governance.ballots.use_cases.closing import close_now
from services.governance.ballots.use_cases.opening import open_now
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import AgendaItem, CongressSession, Resolution
from services.governance.congress.use_cases.delegates import entitled
from services.governance.congress.use_cases.quorum import present_members, require_quorum
from services.governance.congress.use_cases.session_store import held_item_of, tell
from services.governance.congress.use_cases.store import body_of

_REPLY = (
    "id", "item_id", "body", "title", "way", "ballot_id", "delegates", "present", "votes_for", "against", "abstained",
    "needed", "state", "rule",
)  # fmt: skip


def resolution_reply(one: Resolution) -> dict[str, Any]:
    """Return a resolution as the contract has it."""
    return {name: getattr(one, name) for name in _REPLY}


def record_hands(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record a show of hands; whether it passed follows from the numbers and the rule, not from who records.

    Raises:
        Refused: no quorum, the item is not to be passed, or more hands than delegates there.
    """
    _, session, quorum = _ready(tx, request)
    hands = request["votes_for"] + request["against"] + request["abstained"]
    refuse_first(rules.hands_are_those_present(hands, quorum["present"]))
    made = _made(request, session, quorum, "hands")
    tx.session.add(made)
    counts = {name: request[name] for name in ("votes_for", "against", "abstained")}
    _decide(tx, session, made, counts, _of_hands(tx, made, counts))
    return resolution_reply(made)


def put_to_vote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let the delegates of a body who are there vote now; their number is the one that must be reached by all."""
    item, session, quorum = _ready(tx, request)
    ballot = call_ballot(
        tx, origin=("session", session.id), title=request["title"], kind="yes_no", secrecy="open",
        body=request["body"], options=[], seats=1, electorate=entitled(tx, session.congress_id, request["body"]),
        present=present_members(tx, session, request["body"]), opens_at=None, closes_at=None, about=item.title,
    )  # fmt: skip
    made = _made(request, session, quorum, "ballot")
    made.ballot_id = ballot.id
    tx.session.add(made)
    tx.session.flush()
    open_now(tx, ballot.id)
    tell(tx, session)
    return resolution_reply(made)


def count_vote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close the vote on a resolution and keep what came of it; repeating it changes nothing."""
    found = tx.get(Resolution, request["resolution_id"], "There is no such resolution.", field="resolution_id")
    _, session = held_item_of(tx, found.item_id)
    tx.session.refresh(found)
    if found.state == "voting" and found.ballot_id is not None:
        result = close_now(tx, found.ballot_id)
        counts = {one["key"]: one["votes"] for one in result["options"]}
        given = {
            "votes_for": counts.get("yes", 0), "against": counts.get("no", 0), "abstained": result["abstained"],
        }  # fmt: skip
        state = "passed" if result["outcome"] == "passed" else "failed"
        _decide(tx, session, found, given, {"threshold": result["threshold"], "state": state})
    return resolution_reply(found)


def _ready(tx: Transaction, request: dict[str, Any]) -> tuple[AgendaItem, CongressSession, dict[str, Any]]:
    """Return item, session and quorum, when the body may vote on the item now."""
    item, session = held_item_of(tx, request["item_id"])
    body_of(tx, session.congress_id, request["body"])
    voted = sa.select(Resolution.body).where(Resolution.item_id == item.id)
    refuse_first(
        rules.session_is_on(session.state),
        rules.item_is_open(item.state),
        rules.item_is_voted_on(item.agenda_kind),
        rules.body_votes(item.body, request["body"]),
        rules.is_resolved_once(list(tx.session.scalars(voted)), request["body"]),
    )
    quorum = require_quorum(tx, session, [request["body"]])
    return item, session, next(one for one in quorum if one["body"] == request["body"])


def _made(request: dict[str, Any], session: CongressSession, quorum: dict[str, Any], way: str) -> Resolution:
    given = ("item_id", "body", "title")
    counts = {name: quorum[name] for name in ("delegates", "present")}
    named = {name: request[name] for name in given}
    return Resolution(**named, **counts, session_id=session.id, way=way, state="voting")


def _decide(
    tx: Transaction, session: CongressSession, one: Resolution, counts: dict[str, int], result: dict[str, Any]
) -> None:
    """Keep the counts, and what came of them."""
    rule = rule_in_force(tx, f"ballot.{one.body}.comparator", tx.today)
    for name, count in {**counts, "needed": result["threshold"]}.items():
        setattr(one, name, count)
    one.rule, one.decided_at, one.state = rule.explain(), tx.now, result["state"]
    tx.session.flush()
    note_change(tx, f"congress_resolution/{one.id}", {"state": (None, one.state)})
    if one.state == "passed":
        tx.record(
            ResolutionPassed(
                resolution_id=one.id, session_id=session.id, congress_id=session.congress_id, body=one.body,
                way=one.way, delegates=one.delegates, votes_for=counts["votes_for"], needed=result["threshold"],
            )
        )  # fmt: skip
    tell(tx, session)


def _of_hands(tx: Transaction, one: Resolution, counts: dict[str, int]) -> dict[str, Any]:
    """Return what hands come to by the base and comparator of the body, the same rules as for its ballots."""
    base = rule_in_force(tx, f"ballot.{one.body}.base", tx.today).value
    comparator = rule_in_force(tx, f"ballot.{one.body}.comparator", tx.today).value
    whole = counted_of(base, entitled=one.delegates, present=one.present, cast=sum(counts.values()))
    threshold = votes_needed(comparator, whole)
    return {"threshold": threshold, "state": "passed" if counts["votes_for"] >= threshold else "failed"}
