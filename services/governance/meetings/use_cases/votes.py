"""Ballots that a meeting calls for an item: put to the vote, opened, counted into the decision, cancelled.

The meeting, an officer in the console or the scrutineers of a secret ballot end it; the result becomes the decision
once. Locks are taken in the order meeting, ballot, decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Problem, Refused, refuse_first
from services.chassis.process import logs
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import sourced
from services.governance.ballots.use_cases import calling, closing, opening, reading, secrecy
from services.governance.meetings import rules, vote_rules
from services.governance.meetings.tables import Meeting, MeetingDecision, MeetingSeat, MeetingVote
from services.governance.meetings.use_cases.decisions import keep_decision, replaceable
from services.governance.meetings.use_cases.quorum import majority_of, measure_of, stored
from services.governance.meetings.use_cases.store import (
    goes_on,
    item_of,
    managed,
    meeting_of,
    note,
    require_sight,
    roles_in,
    seats_of,
    votes_under_way,
)
from services.governance.meetings.workflow import CLOCK, MANAGER, VOTE

log = logs.get_logger(__name__)
_BODY = "committee"
"""Whose rules hold for the ballots of every body that meets."""
_ROW = ("ballot_id", "item_id", "title", "secrecy", "state", "called_at", "decision_id")
_ENDED = ("closed", "cancelled")
_AT_ONCE = 50


def put_item_to_vote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let the members who are there vote on an item; a secret vote waits for the keys of its scrutineers.

    Raises:
        NoRuleInForce: a rule on quorum, majority or ballots of committees is missing.
        Refused: the meeting is not open, the quorum is gone, the item was decided or is voted on, or a secret vote
            lacks scrutineers or voters.
    """
    meeting = managed(tx, request["meeting_id"])
    item = item_of(tx, meeting, request["item_id"])
    measured = measure_of(tx, meeting)
    refuse_first(
        rules.is_open(meeting.state),
        rules.item_is_undecided(item.decision_id is not None),
        rules.item_can_be_decided(item.kind, item.postponed),
        rules.no_vote_goes_on(goes_on(tx, meeting.id, item.id)),
        sourced(vote_rules.quorum_is_there(measured.present, measured.needed), measured.rule),
    )
    replaceable(tx, meeting, request["replaces_id"])
    voters = [seat for seat in seats_of(tx, meeting.id) if seat.votes]
    ballot = calling.call_ballot(
        tx, origin=("meeting", meeting.id), title=request["title"], kind="yes_no", secrecy=request["secrecy"],
        body=_BODY, options=[], seats=1, electorate=[seat.member_id for seat in voters],
        present=[seat.member_id for seat in voters if seat.attendance == "present"], opens_at=None, closes_at=None,
        about=f"{meeting.title} · {item.title}",
    )  # fmt: skip
    said = {name: request[name] for name in ("title", "text", "secrecy", "replaces_id")}
    vote = MeetingVote(
        ballot_id=ballot.id, meeting_id=meeting.id, item_id=item.id, state="voting", called_at=tx.now,
        quorum=measured.needed, rules=_rules(tx, meeting), **said,
    )  # fmt: skip
    tx.session.add(vote)
    tx.session.flush()
    if vote.secrecy == "secret":
        secrecy.name_now(tx, ballot.id, request["scrutineers"], request["shares_needed"])
    else:
        opening.open_now(tx, ballot.id)
    note(tx, meeting, vote=(None, vote.title))
    return _shown(tx, meeting, [vote])[0]


def open_meeting_vote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Open a secret vote whose keys are complete. Raises `Refused` before, or without the quorum."""
    meeting, vote = _held(tx, request)
    measured = measure_of(tx, meeting)
    refuse_first(sourced(vote_rules.quorum_is_there(measured.present, measured.needed), measured.rule))
    vote.quorum, vote.rules = measured.needed, _rules(tx, meeting)
    opening.open_now(tx, vote.ballot_id)
    return _shown(tx, meeting, [vote])[0]


def count_meeting_vote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a vote and record what it decided; a secret one when its scrutineers have opened the votes.

    Repeating it changes nothing.
    """
    meeting, vote = _held(tx, request)
    if vote.state == "voting":
        stands = calling.progress_of(tx, [vote.ballot_id], None)[vote.ballot_id].state
        if stands not in (*_ENDED, "counting"):
            stands = closing.end_now(tx, vote.ballot_id)
        if stands in _ENDED:
            _settle(tx, meeting, vote, stands, MANAGER)
    return _shown(tx, meeting, [vote])[0]


def cancel_meeting_vote(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a vote that goes on; its item can be put to the vote again."""
    meeting, vote = _held(tx, request)
    vote.state = VOTE.apply(vote.state, "cancel", roles={MANAGER})
    closing.cancel_now(tx, vote.ballot_id, request["reason"])
    note(tx, meeting, request["reason"], vote=(vote.title, vote.state))
    return _shown(tx, meeting, [vote])[0]


def list_meeting_votes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the votes of a meeting with their texts, to who sees the meeting."""
    meeting = meeting_of(tx, request["meeting_id"])
    require_sight(tx, meeting)
    of_meeting = sa.select(MeetingVote).where(MeetingVote.meeting_id == meeting.id)
    votes = list(tx.session.scalars(of_meeting.order_by(MeetingVote.called_at, MeetingVote.ballot_id)))
    return {"items": [{**row, "text": one.text} for row, one in zip(_shown(tx, meeting, votes), votes, strict=True)]}


def take_presence(tx: Transaction, meeting: Meeting, seats: Sequence[MeetingSeat]) -> None:
    """Carry attendance over to the votes that go on: who comes may vote, who leaves without having voted no longer."""
    here = [seat.member_id for seat in seats if seat.votes and seat.attendance == "present"]
    gone = {seat.member_id for seat in seats if seat.votes and seat.attendance != "present"}
    for vote in votes_under_way(tx, meeting.id):
        left = sorted(gone - calling.voted_among(tx, vote.ballot_id, gone))
        for members, present in ((here, True), (left, False)):
            if members:
                opening.mark_present(tx, vote.ballot_id, members, present=present)


def settle_votes(call: Call) -> None:
    """Record the decisions of ballots that were ended elsewhere: by the scrutineers, or in the console."""
    with call.transaction(readonly=True) as tx:
        voting = sa.select(MeetingVote.ballot_id, MeetingVote.meeting_id).where(MeetingVote.state == "voting")
        waiting = {row.ballot_id: row.meeting_id for row in tx.session.execute(voting)}
        stands = calling.progress_of(tx, list(waiting), None)
    ended = [ballot_id for ballot_id in sorted(waiting) if stands[ballot_id].state in _ENDED]
    for ballot_id in ended[:_AT_ONCE]:
        try:
            with call.transaction() as tx:
                meeting = meeting_of(tx, waiting[ballot_id], lock=True)
                vote = tx.get(MeetingVote, ballot_id, "There is no such vote.", lock=True)
                if vote.state == "voting":
                    _settle(tx, meeting, vote, stands[ballot_id].state, CLOCK)
        except Problem as problem:  # what one refuses does not keep the others waiting
            log.warning("meeting_vote_not_settled", id=str(ballot_id), rule=problem.rule)


def _settle(tx: Transaction, meeting: Meeting, vote: MeetingVote, ballot_state: str, role: str) -> None:
    """Keep what came of a vote whose ballot is closed or cancelled."""
    result = reading.result_of(tx, vote.ballot_id) if ballot_state == "closed" else None
    action = "cancel" if result is None else "fail" if result["outcome"] == "invalid" else "count"
    vote.state = VOTE.apply(vote.state, action, roles={role})
    if result is not None and action == "count":
        vote.decision_id = _decided(tx, meeting, vote, result).id
    note(tx, meeting, vote=(vote.title, vote.state))
    tx.session.flush()


def _decided(tx: Transaction, meeting: Meeting, vote: MeetingVote, result: dict[str, Any]) -> MeetingDecision:
    got = {one["key"]: one["votes"] for one in result["options"]}
    votes = vote_rules.Votes(got["yes"], got["no"], result["abstained"])
    try:
        replaced = replaceable(tx, meeting, vote.replaces_id)
    except Refused:  # It was replaced or voided while the vote went on.
        replaced = None
    return keep_decision(
        tx, meeting, item_of(tx, meeting, vote.item_id), votes, replaced,
        title=vote.title, text=vote.text, vote_way=vote.secrecy, ballot_id=vote.ballot_id,
        replaces_id=replaced.id if replaced else None, entitled=result["entitled"], present=result["present"],
        quorum=vote.quorum, base=result["base"], comparator=result["comparator"], needed=result["threshold"],
        rules=vote.rules, outcome="passed" if result["outcome"] == "passed" else "rejected",
    )  # fmt: skip


def _rules(tx: Transaction, meeting: Meeting) -> list[dict[str, Any]]:
    return [stored(rule) for rule in (measure_of(tx, meeting).rule, *majority_of(tx))]


def _held(tx: Transaction, request: dict[str, Any]) -> tuple[Meeting, MeetingVote]:
    """Return a meeting and its vote, locked, that the caller runs. Raises `NotFound`, also for another meeting's."""
    meeting = managed(tx, request["meeting_id"])
    vote = tx.get(MeetingVote, request["ballot_id"], "There is no such vote.", field="ballot_id", lock=True)
    if vote.meeting_id != meeting.id:
        raise NotFound("There is no such vote.", field="ballot_id")
    return meeting, vote


def _shown(tx: Transaction, meeting: Meeting, votes: Sequence[MeetingVote]) -> list[dict[str, Any]]:
    stands = calling.progress_of(tx, [vote.ballot_id for vote in votes], tx.principal.member_id)
    manages = MANAGER in roles_in(tx, meeting)
    return [_row(vote, stands[vote.ballot_id], manages) for vote in votes]


def _row(vote: MeetingVote, ballot: calling.Progress, manages: bool) -> dict[str, Any]:
    told = {name: getattr(vote, name) for name in _ROW}
    can = []
    if manages and vote.state == "voting":
        can = ["open"] if ballot.ready else ["count"] if ballot.state == "open" else []
        can.append("cancel")
    seen = {"ballot_state": ballot.state, "entitled": ballot.entitled, "voted": ballot.voted}
    return {**told, **seen, "actions": can}
