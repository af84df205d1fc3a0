"""Many act on one ballot at the same moment: everybody has one vote, and none is lost or counted after the end."""

from __future__ import annotations

import pytest

from services.chassis.errors import Problem
from services.contracts.governance.ballots import operations as contract
from tests.component.governance.ballots import close, member, opened, people, vote
from tests.component.governance.harness import GovernanceHarness
from tests.support.at_once import all_at_once, at_once

VOTERS = 8
ANSWERS = ("yes", "no")

pytestmark = pytest.mark.databases("postgresql")


def test_a_member_who_votes_many_times_at_once_has_one_vote(funded: GovernanceHarness) -> None:
    (one, *_) = people(funded, 2)
    ballot_id = opened(funded)
    answers = at_once(VOTERS, lambda order: vote(funded, ballot_id, one, ANSWERS[order % 2]))
    assert sum(not isinstance(answer, Problem) and answer["outcome"] == "cast" for answer in answers) == 1
    refused = [answer for answer in answers if isinstance(answer, Problem)]
    assert {answer.rule for answer in refused} == {"ballots.vote_can_be_changed"}
    assert close(funded, ballot_id)["cast"] == 1


def test_the_last_vote_at_once_is_the_one_that_is_told(funded: GovernanceHarness) -> None:
    (one, *_) = people(funded, 1)
    ballot_id = opened(funded, counts="last")
    answers = at_once(VOTERS, lambda order: vote(funded, ballot_id, one, ANSWERS[order % 2]))
    assert not any(isinstance(answer, Problem) for answer in answers)
    stored = funded.ask(contract.get_ballot, member(one), ballot_id=ballot_id)["mine"]["vote"]
    assert stored["receipt"] in {answer["receipt"] for answer in answers}
    assert close(funded, ballot_id)["cast"] == 1


def test_votes_and_the_closing_at_once_agree(funded: GovernanceHarness) -> None:
    voters = people(funded, VOTERS)
    ballot_id = opened(funded)
    acts = [lambda one=one: vote(funded, ballot_id, one, "yes") for one in voters]
    *answers, result = all_at_once(*acts, lambda: close(funded, ballot_id))
    taken = sum(not isinstance(answer, Problem) for answer in answers)
    assert {answer.rule for answer in answers if isinstance(answer, Problem)} <= {"ballots.ballot_is_open"}
    assert result["cast"] == taken
    assert funded.stored("SELECT count(*) FROM ballot_vote") == [(taken,)]


def test_two_who_open_a_ballot_freeze_one_roll(funded: GovernanceHarness) -> None:
    people(funded, 3)
    made = funded.ask(contract.create_ballot, title="预算", kind="yes_no", secrecy="named", body="union")
    answers = at_once(4, lambda order: funded.ask(contract.open_ballot, ballot_id=made["id"]))
    assert sum(not isinstance(answer, Problem) for answer in answers) == 1
    assert {answer.rule for answer in answers if isinstance(answer, Problem)} == {"workflow.ballot"}
    assert funded.stored("SELECT count(*) FROM ballot_roll") == [(3,)]
