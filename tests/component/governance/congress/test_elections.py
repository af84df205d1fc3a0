"""Elections of delegates by ballot: who stands, what the closed result does, run-offs, and what keeps others out."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis.clock import now
from services.chassis.errors import InvalidInput, NotAllowed, Refused
from services.contracts.governance.ballots import operations as ballots
from services.contracts.governance.congress import delegates, elections, terms
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.governance.congress.use_cases import elections as use_case
from services.governance.members.tables import KnownMember
from tests.component.governance.ballots import vote
from tests.component.governance.congress.terms import BODY, Union, chair_of


class Electing:
    """The second unit of 20 members with two seats, on which it votes."""

    def __init__(self, union: Union) -> None:
        self.union, self.governance, self.congress = union, union.governance, union.allotted()
        self.unit = union.units[1]
        self.members = union.members[self.unit]

    def call(self, candidates: int = 4, by: Any = None, **changes: Any) -> dict[str, Any]:
        standing = [{"member_id": one, "staff_kind": "teacher"} for one in self.members[:candidates]]
        values = {"congress_id": self.congress, "body": BODY, "unit_id": self.unit, "seats": 2, "secrecy": "open"}
        return self.governance.ask(elections.call_election, by, **{**values, "candidates": standing, **changes})

    def refused(self, **changes: Any) -> str:
        with pytest.raises(Refused) as refused:
            self.call(**changes)
        return str(refused.value.rule)

    def held(self, ballot_id: str, *votes: str, voters: int = 20) -> None:
        """Open a ballot, let members vote in turn for these options, and close it."""
        self.governance.ask(ballots.open_ballot, ballot_id=ballot_id)
        for place, one in enumerate(self.members[:voters]):
            vote(self.governance, ballot_id, one, *votes[place % len(votes)].split())
        self.governance.ask(ballots.close_ballot, ballot_id=ballot_id)
        self.governance.run_timer("settle_unit_elections")

    def found(self) -> dict[str, Any]:
        asked = {"congress_id": self.congress, "unit_id": self.unit, "limit": 1}
        return dict(self.governance.ask(elections.list_unit_elections, **asked)["items"][0])

    def seated(self) -> list[UUID]:
        asked = {"congress_id": self.congress, "unit_id": self.unit}
        return [UUID(one["member_id"]) for one in self.governance.ask(delegates.list_delegates, **asked)["items"]]


@pytest.fixture
def electing(union: Union) -> Electing:
    return Electing(union)


@pytest.mark.databases("postgresql", "sqlite")
def test_the_closed_result_makes_the_delegates_with_the_record_of_the_election(electing: Electing):
    made = electing.call(by=chair_of(electing.unit))
    assert (made["state"], made["filled"]) == ("voting", 0)
    electing.governance.run_timer("settle_unit_elections")
    assert electing.found()["state"] == "voting"
    electing.held(made["ballot_id"], "1 2", "1 2", "1 3")
    assert set(electing.seated()) == set(electing.members[:2])
    assert (electing.found()["state"], electing.found()["filled"]) == ("settled", 2)
    (seat,) = electing.governance.ask(
        delegates.list_delegates, congress_id=electing.congress, member_id=electing.members[0]
    )["items"]
    record = electing.governance.ask(delegates.get_delegate, delegate_id=seat["id"])
    told = {name: record[name] for name in ("source", "entitled", "ballots_cast", "candidates", "votes")}
    assert told == {"source": "ballot", "entitled": 20, "ballots_cast": 20, "candidates": 4, "votes": 20}
    assert [one["source"] for one in electing.governance.events("delegate_elected")] == ["ballot", "ballot"]
    assert electing.governance.events("unit_seats_changed")[-1]["vacant"] == 0
    electing.governance.run_timer("settle_unit_elections")
    assert len(electing.seated()) == 2


def test_below_the_threshold_nobody_is_elected_and_a_further_round_fills_the_seats(electing: Electing):
    made = electing.call()
    electing.held(made["ballot_id"], "1 2", "1 3", "1 4", "1 2")
    assert electing.seated() == [electing.members[0]]  # the second has half of the votes, which is no majority
    assert (electing.found()["state"], electing.found()["filled"]) == ("round_due", 1)
    assert electing.refused() == "congress.election_is_over"
    again = electing.governance.ask(ballots.call_round, ballot_id=made["ballot_id"])
    electing.governance.run_timer("settle_unit_elections")
    assert (electing.found()["state"], electing.found()["ballot_id"]) == ("voting", again["id"])
    electing.held(again["id"], "1")
    assert electing.found()["state"] == "settled"
    assert len(set(electing.seated())) == 2


def test_a_tie_elects_nobody_of_the_equals_and_a_run_off_decides(electing: Electing):
    made = electing.call()
    electing.held(made["ballot_id"], "1 2", "1 3", "2 3")  # 14, 13 and 13 votes of 20
    assert (electing.found()["state"], electing.seated()) == ("round_due", [electing.members[0]])
    run_off = electing.governance.ask(ballots.call_round, ballot_id=made["ballot_id"])
    electing.governance.run_timer("settle_unit_elections")
    electing.held(run_off["id"], "2", "2", "1")
    assert electing.found()["state"] == "settled"
    assert set(electing.seated()) == {electing.members[0], electing.members[2]}


def test_too_few_voters_elect_nobody_and_the_unit_may_give_up(electing: Electing):
    made = electing.call()
    electing.held(made["ballot_id"], "1 2", voters=13)
    assert (electing.found()["state"], electing.seated()) == ("round_due", [])
    with pytest.raises(NotAllowed):
        electing.governance.ask(
            elections.end_election, chair_of(electing.union.units[0]), election_id=made["id"], reason="改为会议选举"
        )
    electing.governance.ask(elections.end_election, election_id=made["id"], reason="改为会议选举")
    assert (electing.found()["state"], electing.found()["reason"]) == ("ended", "改为会议选举")
    electing.union.elect(electing.congress, electing.unit, electing.members[:2])
    assert len(electing.seated()) == 2


def test_while_the_unit_votes_nobody_is_entered_by_hand(electing: Electing):
    made = electing.call()
    with pytest.raises(Refused) as refused:
        electing.union.elect(electing.congress, electing.unit, electing.members[:2])
    assert refused.value.rule == "congress.election_is_over"
    electing.union.elect(
        electing.congress, electing.union.units[2], electing.union.members[electing.union.units[2]][:1]
    )
    electing.governance.ask(ballots.cancel_ballot, ballot_id=made["ballot_id"], reason="候选人有误")
    electing.governance.run_timer("settle_unit_elections")
    assert electing.found()["state"] == "ended"
    electing.union.elect(electing.congress, electing.unit, electing.members[:2])


def test_who_stands_and_for_how_many_seats(electing: Electing):
    with pytest.raises(NotAllowed):
        electing.call(by=chair_of(electing.union.units[0]))
    assert electing.refused(seats=3, candidates=6) == "congress.seats_are_vacant"
    assert electing.refused(candidates=2) == "congress.candidates_exceed_seats"
    foreign = [
        {"member_id": one, "staff_kind": "teacher"} for one in electing.union.members[electing.union.units[0]][:4]
    ]
    values = {"congress_id": electing.congress, "body": BODY, "unit_id": electing.unit, "seats": 2, "secrecy": "open"}
    with pytest.raises(Refused) as refused:
        electing.governance.ask(elections.call_election, **values, candidates=foreign)
    assert refused.value.rule == "congress.candidates_belong_to_unit"
    twice = [{"member_id": electing.members[0], "staff_kind": "teacher"}] * 3
    with pytest.raises(InvalidInput):
        electing.governance.ask(elections.call_election, **values, candidates=twice)
    electing.union.elect(electing.congress, electing.unit, electing.members[:1])
    assert electing.refused(seats=1) == "congress.candidates_belong_to_unit"
    assert electing.refused() == "congress.seats_are_vacant"


def test_who_left_the_unit_before_the_end_gets_no_seat(electing: Electing):
    made = electing.call()
    electing.governance.ask(ballots.open_ballot, ballot_id=made["ballot_id"])
    for one in electing.members:
        vote(electing.governance, made["ballot_id"], one, "1", "2")
    moved = electing.members[0]
    electing.governance.ask(ballots.close_ballot, ballot_id=made["ballot_id"])
    with electing.governance.transaction() as tx:
        tx.session.get_one(KnownMember, moved).unit_id = electing.union.units[0]
    electing.governance.run_timer("settle_unit_elections")
    assert electing.seated() == [electing.members[1]]
    assert (electing.found()["state"], electing.found()["filled"]) == ("ended", 1)


def test_an_election_goes_on_in_the_unit_it_was_merged_into(electing: Electing):
    made, into = electing.call(), electing.union.units[2]
    message = electing.governance.example_message(UnitMerged, 1, unit_id=electing.unit, into_unit_id=into)
    electing.governance.receive("follow_merged_electors", message)
    asked = {"congress_id": electing.congress, "unit_id": into}
    (found,) = electing.governance.ask(elections.list_unit_elections, **asked)["items"]
    assert (found["id"], found["state"]) == (made["id"], "voting")
    assert electing.governance.ask(terms.get_congress, congress_id=electing.congress)["state"] == "preparing"


def test_an_election_is_settled_however_many_others_go_on(electing: Electing, monkeypatch: pytest.MonkeyPatch):
    """Only the oldest hundred were looked at: in a large union later elections waited for those to end."""
    monkeypatch.setattr(use_case, "AT_ONCE", 1)
    first = copy(electing)
    first.unit = electing.union.units[0]
    first.members = electing.union.members[first.unit]
    first.call(seats=1, candidates=3)
    made = electing.call()
    electing.held(made["ballot_id"], "1 2")
    assert electing.found()["state"] == "settled"


def test_who_stands_and_who_votes_stays_as_it_was_called(electing: Electing):
    """A chair could put others on the prepared ballot, who got no seat, and ask whom the chair liked."""
    made = electing.call(by=chair_of(electing.unit))
    chair, asked = chair_of(electing.unit), {"ballot_id": made["ballot_id"]}
    found = electing.governance.ask(ballots.get_ballot, chair, **asked)
    terms = {name: found[name] for name in ("title", "kind", "secrecy", "body", "seats", "counts", "version")}
    standing = [{"member_id": one["member_id"]} for one in found["options"]]
    own = {"electorate": "units", "unit_ids": [electing.unit], **terms, **asked}
    others = [*standing[:3], {"member_id": electing.members[9]}]
    for changes in ({"options": others}, {"options": standing, "seats": 1}, {"options": standing, "about": "另一件事"}):
        refused = electing.governance.refused(ballots.change_ballot, chair, **{**own, **changes})
        assert refused.rule == "ballots.called_terms_stand"
    few = {**own, "electorate": "list", "unit_ids": [], "member_ids": electing.members[:3], "options": standing}
    changed = electing.governance.ask(ballots.change_ballot, chair, **few, closes_at=now() + timedelta(days=3))
    told = {name: changed[name] for name in ("electorate", "unit_ids", "called")}
    assert told == {"electorate": "units", "unit_ids": [str(electing.unit)], "called": True}
    assert changed["closes_at"] is not None
    electing.held(made["ballot_id"], "1 2")
    again = electing.governance.refused(ballots.call_round, **asked)
    assert again.rule == "ballots.round_is_due"


def test_a_further_round_asks_those_who_were_asked_before(electing: Electing):
    made = electing.call()
    electing.held(made["ballot_id"], "1 2", "1 3", "2 3")
    run_off = electing.governance.ask(ballots.call_round, ballot_id=made["ballot_id"])
    terms = {name: run_off[name] for name in ("title", "kind", "secrecy", "body", "seats", "counts", "version")}
    options = [{"member_id": one["member_id"]} for one in run_off["options"]]
    changed = electing.governance.ask(
        ballots.change_ballot, ballot_id=run_off["id"], **terms, options=options, electorate="all"
    )
    assert changed["electorate"] == "roll"
    assert changed["seats"] == run_off["seats"]
