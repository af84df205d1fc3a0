"""Ballots that meetings call: opened for who is there, counted into the decision, cancelled, too few, secret ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import Refused
from services.contracts.governance import secret_ballots
from services.contracts.governance.ballots import operations as ballots
from services.contracts.governance.funds.budget import open_budget
from services.contracts.governance.funds.operations import record_expense
from services.contracts.governance.meetings import decisions, meetings, motions, votes
from services.governance.meetings.use_cases import votes as use_case
from tests.component.governance.ballots import vote
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.secret_ballot import Scrutineer
from tests.component.governance.test_meetings import (
    CHAIR,
    COMMITTEE,
    DEPUTY,
    FIRST,
    SECOND,
    STARTS,
    THIRD,
    Posts,
    account,
    attend,
    body,
    called,
    do,
    join,
    on_the_day,
    posts,
)
from tests.support.at_once import at_once
from tests.support.secret_voting import SecondRegistrar

__all__ = ["body", "on_the_day", "posts"]
TEXT = "同意方案，经费不超过 8000 元。"


@pytest.fixture
def held(governance: GovernanceHarness, body: dict[str, Any], on_the_day: None) -> dict[str, Any]:
    """An open meeting with four of five members there and two items."""
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = called(governance, body, "三八节活动方案", "哺乳室")
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND)
    return do(governance, meetings.open_meeting, meeting)


def put(governance: GovernanceHarness, meeting: Any, place: int = 0, by: Any = None, /, **changes: Any) -> Any:
    item = meeting["items"][place]
    values = {"item_id": item["id"], "title": item["title"], "text": TEXT, **changes}
    return do(governance, votes.put_item_to_vote, meeting, by, **values)


def count(governance: GovernanceHarness, meeting: Any, called_one: Any, by: Any = None) -> Any:
    return do(governance, votes.count_meeting_vote, meeting, by, ballot_id=called_one["ballot_id"])


def all_vote(governance: GovernanceHarness, called_one: Any, **answers: tuple[UUID, ...]) -> None:
    for answer, members in answers.items():
        for one in members:
            vote(governance, called_one["ballot_id"], one, answer)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_motion_is_voted_on_by_phone_and_the_result_is_the_decision(
    governance: GovernanceHarness, body: dict[str, Any], on_the_day: None
) -> None:
    with clock.frozen(STARTS - timedelta(days=1)):
        proposer = account(THIRD)
        asked = {"body_id": body["id"], "title": "增设哺乳室", "text": "建议增设一间哺乳室。"}
        motion = governance.ask(motions.submit_motion, proposer, **asked)
        meeting = called(governance, body, "例会")
        do(governance, meetings.add_meeting_item, meeting, motion_id=motion["id"], kind="vote")
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND)
    held = do(governance, meetings.open_meeting, meeting)
    presides = account(CHAIR)
    called_one = put(governance, held, 1, presides)
    assert (called_one["state"], called_one["ballot_state"], called_one["entitled"]) == ("voting", "open", 5)
    assert (called_one["voted"], called_one["actions"]) == (False, ["count", "cancel"])
    all_vote(governance, called_one, yes=(CHAIR, FIRST, SECOND), abstain=(DEPUTY,))
    mine = do(governance, votes.list_meeting_votes, held, account(FIRST))["items"]
    assert (mine[0]["voted"], mine[0]["text"], mine[0]["actions"]) == (True, TEXT, [])

    counted = count(governance, held, called_one, presides)
    assert counted["state"] == "decided"
    decision = governance.ask(decisions.get_meeting_decision, decision_id=counted["decision_id"])
    shown = {name: decision[name] for name in ("votes_for", "votes_against", "abstained", "entitled", "present")}
    assert shown == {"votes_for": 3, "votes_against": 0, "abstained": 1, "entitled": 5, "present": 4}
    assert (decision["vote_way"], decision["needed"], decision["quorum"]) == ("named", 3, 4)
    assert (decision["ballot_id"], decision["outcome"], decision["text"]) == (counted["ballot_id"], "passed", TEXT)
    assert governance.ask(motions.get_motion, motion_id=motion["id"])["state"] == "passed"
    assert count(governance, held, called_one)["decision_id"] == counted["decision_id"]
    assert len(governance.events("motion_decided")) == 1


def test_while_a_vote_goes_on_its_item_is_left_alone(governance: GovernanceHarness, held: dict[str, Any]) -> None:
    called_one = put(governance, held)
    item = {"meeting_id": held["id"], "item_id": held["items"][0]["id"]}
    said = {**item, "title": "方案", "text": TEXT}
    refused = [
        governance.refused(votes.put_item_to_vote, **said),
        governance.refused(decisions.record_meeting_decision, **said, votes_for=3),
        governance.refused(meetings.postpone_meeting_item, **item),
        governance.refused(meetings.remove_meeting_item, **item),
        governance.refused(meetings.end_meeting, meeting_id=held["id"]),
    ]
    assert {one.rule for one in refused} == {"meetings.no_vote_goes_on"}
    put(governance, held, 1)
    do(governance, votes.cancel_meeting_vote, held, ballot_id=called_one["ballot_id"], reason="方案要改")
    assert put(governance, held)["state"] == "voting"


def test_a_cancelled_vote_leaves_its_item_undecided(governance: GovernanceHarness, held: dict[str, Any]) -> None:
    called_one = put(governance, held)
    ref = {"meeting_id": held["id"], "ballot_id": called_one["ballot_id"]}
    vote(governance, called_one["ballot_id"], CHAIR, "yes")
    assert governance.ask(votes.cancel_meeting_vote, **ref, reason="方案要改")["state"] == "cancelled"
    again = governance.refused(votes.cancel_meeting_vote, **ref, reason="再取消")
    assert (again.rule, again.params["legal"]) == ("workflow.meeting_vote", [])
    assert governance.ask(votes.count_meeting_vote, **ref)["state"] == "cancelled"
    assert do(governance, meetings.get_meeting, held)["items"][0]["decision_id"] is None
    assert governance.ask(ballots.get_ballot, ballot_id=called_one["ballot_id"])["reason"] == "方案要改"


def test_equal_votes_do_not_pass_and_too_few_decide_nothing(
    governance: GovernanceHarness, held: dict[str, Any]
) -> None:
    tied, few = put(governance, held), put(governance, held, 1)
    all_vote(governance, tied, yes=(CHAIR, FIRST), no=(DEPUTY, SECOND))
    decision_id = count(governance, held, tied)["decision_id"]
    decision = governance.ask(decisions.get_meeting_decision, decision_id=decision_id)
    assert (decision["outcome"], decision["votes_for"], decision["needed"]) == ("rejected", 2, 3)
    # Nobody voted: nothing was decided, and the item is put to the vote again.
    assert count(governance, held, few)["state"] == "invalid"
    again = put(governance, held, 1)
    all_vote(governance, again, yes=(CHAIR, FIRST, SECOND))
    assert count(governance, held, again)["state"] == "decided"


def test_who_comes_may_vote_and_who_left_without_voting_may_not(
    governance: GovernanceHarness, held: dict[str, Any]
) -> None:
    called_one = put(governance, held)
    ballot_id = called_one["ballot_id"]
    absent = governance.refused(ballots.vote, account(THIRD), ballot_id=ballot_id, choices=["yes"])
    assert absent.rule == "ballots.voter_is_present"
    attend(governance, held, THIRD)
    all_vote(governance, called_one, yes=(THIRD, CHAIR))
    attend(governance, held, CHAIR, FIRST, how="left")
    gone = governance.refused(ballots.vote, account(FIRST), ballot_id=ballot_id, choices=["no"])
    assert gone.rule == "ballots.voter_is_present"
    decision_id = count(governance, held, called_one)["decision_id"]
    # The chair voted before leaving and counts as present, so that no more voted than were there.
    assert governance.ask(decisions.get_meeting_decision, decision_id=decision_id)["present"] == 4


def test_a_vote_needs_the_quorum_and_somebody_who_runs_the_meeting(
    governance: GovernanceHarness, held: dict[str, Any]
) -> None:
    item = held["items"][0]
    said = {"meeting_id": held["id"], "item_id": item["id"], "title": "方案", "text": TEXT}
    assert governance.refused(votes.put_item_to_vote, account(FIRST), **said).rule == "meetings.managers_run_it"
    attend(governance, held, SECOND, how="left")
    assert governance.refused(votes.put_item_to_vote, **said).rule == "meetings.quorum_is_there"
    stranger = governance.refused(votes.list_meeting_votes, account(uuid4()), meeting_id=held["id"])
    assert stranger.rule == "meetings.are_for_their_members"


def test_a_ballot_that_was_ended_in_the_console_decides_too(
    governance: GovernanceHarness, held: dict[str, Any]
) -> None:
    decided, dropped = put(governance, held, secrecy="open"), put(governance, held, 1)
    all_vote(governance, decided, yes=(CHAIR, FIRST, DEPUTY))
    governance.ask(ballots.close_ballot, ballot_id=decided["ballot_id"])
    governance.ask(ballots.cancel_ballot, ballot_id=dropped["ballot_id"], reason="误发")
    governance.run_timer("settle_meeting_votes")
    governance.run_timer("settle_meeting_votes")
    states = {one["ballot_id"]: one["state"] for one in do(governance, votes.list_meeting_votes, held)["items"]}
    assert states == {decided["ballot_id"]: "decided", dropped["ballot_id"]: "cancelled"}
    (made,) = governance.ask(decisions.list_meeting_decisions, meeting_id=held["id"])["items"]
    assert (made["vote_way"], made["votes_for"]) == ("open", 3)


def test_a_vote_that_can_not_be_settled_keeps_no_other_waiting(
    governance: GovernanceHarness, held: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = put(governance, held), put(governance, held, 1)
    for one in (first, second):
        governance.ask(ballots.cancel_ballot, ballot_id=one["ballot_id"], reason="误发")
    note = use_case.note

    def refusing(tx: Any, meeting: Any, *reason: Any, **changes: Any) -> None:
        if changes["vote"][0] == first["title"]:
            raise Refused("Not now.", rule="meetings.is_open")
        note(tx, meeting, *reason, **changes)

    monkeypatch.setattr(use_case, "note", refusing)
    with pytest.raises(Refused):  # the test is told of each transaction that failed
        governance.run_timer("settle_meeting_votes")
    states = {one["ballot_id"]: one["state"] for one in do(governance, votes.list_meeting_votes, held)["items"]}
    assert states == {first["ballot_id"]: "voting", second["ballot_id"]: "cancelled"}


def test_two_who_count_at_once_record_one_decision(governance: GovernanceHarness, held: dict[str, Any]) -> None:
    called_one = put(governance, held)
    all_vote(governance, called_one, yes=(CHAIR, FIRST, SECOND))
    answers = at_once(3, lambda _: count(governance, held, called_one))
    assert len({one["decision_id"] for one in answers}) == 1
    assert len(governance.events("motion_decided")) == 1


def enrol(governance: GovernanceHarness, ballot_id: Any, keepers: list[Scrutineer]) -> None:
    """Let the scrutineers send their keys; the second registrar answers with its own."""
    governance.answers["scrutiny.make_ballot_key"] = SecondRegistrar().keys
    for keeper in keepers:
        sent = {"ballot_id": ballot_id, "public_key": keeper.public}
        governance.ask(secret_ballots.enrol_scrutineer, keeper.principal, **sent)


def test_a_secret_vote_waits_for_its_keys_and_its_size_is_kept(
    governance: GovernanceHarness, posts: Posts, body: dict[str, Any], on_the_day: None
) -> None:
    keepers = [Scrutineer() for _ in range(2)]
    more = [uuid4() for _ in range(5)]
    posts.rows += [(COMMITTEE, "committee_member", one) for one in more]
    for one in (*(keeper.member_id for keeper in keepers), *more):
        join(governance, one, COMMITTEE)
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = called(governance, body)
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND, *more)
    held = do(governance, meetings.open_meeting, meeting)
    without = {"meeting_id": held["id"], "item_id": held["items"][0]["id"], "title": "方案", "text": TEXT}
    alone = governance.refused(votes.put_item_to_vote, **without, secrecy="secret")
    assert alone.rule == "secret_ballots.scrutineers_suffice"

    named = [keeper.member_id for keeper in keepers]
    called_one = put(governance, held, secrecy="secret", scrutineers=named)
    ref = {"meeting_id": held["id"], "ballot_id": called_one["ballot_id"]}
    assert (called_one["ballot_state"], called_one["actions"]) == ("prepared", ["cancel"])
    assert governance.refused(votes.open_meeting_vote, **ref).rule == "ballots.secrecy_is_ready"
    enrol(governance, called_one["ballot_id"], keepers)
    assert do(governance, votes.list_meeting_votes, held)["items"][0]["actions"] == ["open", "cancel"]
    opened = governance.ask(votes.open_meeting_vote, **ref)
    assert (opened["ballot_state"], opened["entitled"]) == ("open", 10)
    # Ending it leaves it to the scrutineers; until then nothing is decided and the meeting goes on.
    assert governance.ask(votes.count_meeting_vote, **ref)["ballot_state"] == "counting"
    assert governance.refused(meetings.end_meeting, meeting_id=held["id"]).rule == "meetings.no_vote_goes_on"


def test_few_members_do_not_vote_in_secret(governance: GovernanceHarness, held: dict[str, Any]) -> None:
    keepers = [Scrutineer() for _ in range(2)]
    for keeper in keepers:
        join(governance, keeper.member_id, COMMITTEE)
    called_one = put(governance, held, secrecy="secret", scrutineers=[keeper.member_id for keeper in keepers])
    enrol(governance, called_one["ballot_id"], keepers)
    ref = {"meeting_id": held["id"], "ballot_id": called_one["ballot_id"]}
    assert governance.refused(votes.open_meeting_vote, **ref).rule == "ballots.secret_is_large_enough"


def test_the_funds_cite_a_decision_that_passed_and_stands(governance: GovernanceHarness, held: dict[str, Any]) -> None:
    governance.ask(open_budget, year=2026)
    passed, rejected = put(governance, held), put(governance, held, 1)
    all_vote(governance, passed, yes=(CHAIR, FIRST, SECOND))
    all_vote(governance, rejected, no=(CHAIR, FIRST, SECOND))
    made, lost = (count(governance, held, one)["decision_id"] for one in (passed, rejected))
    asked = {
        "line_code": "care.holiday", "amount": "1000.00", "description": "三八节活动", "decision": "委员会表决",
        "evidence_kinds": ["receipt"],
    }  # fmt: skip
    number = governance.ask(decisions.get_meeting_decision, decision_id=made)["number"]
    assert governance.ask(record_expense, **asked, decision_id=made)["decision"] == f"{number} 委员会表决"
    # The end of a long text was cut off without a word.
    long = {**asked, "decision": "议" * 199}
    refused = governance.refused(record_expense, **long, decision_id=made)
    assert (refused.rule, refused.field) == ("fund.cited_decision_fits", "decision")
    fits = "议" * int(refused.params["most"])
    assert governance.ask(record_expense, **{**asked, "decision": fits}, decision_id=made)["decision"].endswith(fits)
    refused = governance.refused(record_expense, **asked, decision_id=lost)
    assert (refused.rule, refused.field) == ("fund.cited_decision_stands", "decision_id")
    governance.ask(decisions.void_meeting_decision, decision_id=made, reason="记错")
    assert governance.refused(record_expense, **asked, decision_id=made).rule == "fund.cited_decision_stands"
