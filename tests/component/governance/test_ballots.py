"""Ballots from their creation to the result: the frozen roll, votes, counts, rounds, clock and what is announced."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NoRuleInForce, NotAllowed, PreconditionFailed, Refused
from services.contracts.governance.ballots import operations as contract
from services.contracts.governance.rulebook import operations as rulebook
from services.governance.ballots.use_cases import opening
from tests.component.governance.ballots import (
    FIRST_UNIT,
    SECOND_UNIT,
    candidates,
    chair,
    close,
    create,
    member,
    opened,
    people,
    vote,
)
from tests.component.governance.harness import NOW, GovernanceHarness
from tests.component.governance.test_members import correct


@pytest.mark.databases("postgresql", "sqlite")
def test_a_ballot_is_opened_voted_and_counted(funded: GovernanceHarness) -> None:
    members = [*people(funded, 4), *people(funded, 2, SECOND_UNIT)]
    people(funded, 1, standing="retained")
    ballot_id = opened(funded)
    for member_id in members[:3]:
        assert vote(funded, ballot_id, member_id, "yes")["outcome"] == "cast"
    vote(funded, ballot_id, members[4], "no")
    result = close(funded, ballot_id)
    counts = [(one["key"], one["votes"], one["percent"]) for one in result["options"]]
    assert counts == [("yes", 3, "75.0"), ("no", 1, "25.0"), ("abstain", 0, "0.0")]
    assert (result["entitled"], result["cast"], result["turnout"], result["outcome"]) == (6, 4, "66.7", "passed")
    assert (result["base"], result["threshold"], result["least"]) == ("cast", 3, 3)
    by_unit = {one["unit_id"]: (one["entitled"], one["cast"]) for one in result["units"]}
    assert by_unit == {str(FIRST_UNIT): (4, 3), str(SECOND_UNIT): (2, 1)}
    assert {one["key"] for one in result["rules"]} >= {"ballot.union.comparator", "ballot.union.base"}
    types = [one["type"] for one in funded.events("ballot_opened", "ballot_closed")]
    assert types == ["ballot_opened", "ballot_closed"]


@pytest.mark.databases("postgresql", "sqlite")
def test_the_first_vote_counts_or_the_last_by_setting(funded: GovernanceHarness) -> None:
    (one, *_) = people(funded, 3)
    first = opened(funded)
    receipt = vote(funded, first, one, "yes")["receipt"]
    again = vote(funded, first, one, "yes")
    assert (again["outcome"], again["receipt"]) == ("already", receipt)
    refused = funded.refused(contract.vote, member(one), ballot_id=first, choices=["no"])
    assert refused.rule == "ballots.vote_can_be_changed"
    last = opened(funded, counts="last")
    before = vote(funded, last, one, "yes")
    after = vote(funded, last, one, "no")
    assert after["outcome"] == "changed"
    assert after["receipt"] != before["receipt"]
    assert close(funded, last)["options"][1]["votes"] == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_a_repeated_key_changes_nothing_after_another_vote(funded: GovernanceHarness) -> None:
    (one, *_) = people(funded, 1)
    ballot_id = opened(funded, counts="last")

    def cast(key: str, choice: str) -> dict[str, object]:
        asked = {"member_id": one, "choices": [choice], "actor": str(one), "key": key}
        batch = funded.ask(contract.cast_votes, _gateway(), ballot_id=ballot_id, votes=[asked])
        return dict(batch["items"][0]["voted"])

    first = cast("k1", "yes")
    cast("k2", "no")
    assert cast("k1", "yes") == first
    assert close(funded, ballot_id)["options"][1]["votes"] == 1


def test_a_batch_answers_each_voter_in_order(funded: GovernanceHarness) -> None:
    members = people(funded, 3)
    ballot_id = opened(funded)
    votes = [
        {"member_id": one, "choices": [choice], "actor": str(one)}
        for one, choice in [(members[0], "yes"), (uuid4(), "yes"), (members[1], "1"), (members[2], "no")]
    ]
    items = funded.ask(contract.cast_votes, _gateway(), ballot_id=ballot_id, votes=votes)["items"]
    rules = [one["problem"]["rule"] if one["problem"] else None for one in items]
    assert rules == [None, "ballots.voter_is_on_the_roll", "ballots.choices_fit", None]
    assert [one["voted"] is not None for one in items] == [True, False, False, True]
    with pytest.raises(NotAllowed):
        funded.ask(contract.cast_votes, ballot_id=ballot_id, votes=votes)


@pytest.mark.databases("postgresql", "sqlite")
def test_the_roll_is_frozen_at_the_opening(funded: GovernanceHarness) -> None:
    leaves, stays = people(funded, 2)
    ballot_id = opened(funded)
    correct(funded, leaves, "left", 9)
    (late,) = people(funded, 1)
    assert vote(funded, ballot_id, leaves, "yes")["outcome"] == "cast"
    assert funded.refused(contract.vote, member(late), ballot_id=ballot_id, choices=["yes"]).rule == (
        "ballots.voter_is_on_the_roll"
    )
    vote(funded, ballot_id, stays, "yes")
    assert close(funded, ballot_id)["entitled"] == 2


def test_a_large_roll_is_frozen_in_batches(funded: GovernanceHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "FROZEN_AT_ONCE", 3)
    members = people(funded, 8)
    made = create(funded)
    assert funded.ask(contract.open_ballot, ballot_id=made["id"], expected=8)["state"] == "opening"
    assert funded.refused(contract.vote, member(members[0]), ballot_id=made["id"], choices=["yes"]).params == {
        "state": "opening"
    }
    funded.run_timer("freeze_ballot_rolls")
    found = funded.ask(contract.get_ballot, ballot_id=made["id"])
    assert (found["state"], found["entitled"]) == ("open", 8)


def test_an_exact_multiple_of_the_batch_is_opened_too(
    funded: GovernanceHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "FROZEN_AT_ONCE", 3)
    people(funded, 3)
    made = create(funded)
    funded.ask(contract.open_ballot, ballot_id=made["id"])
    funded.run_timer("freeze_ballot_rolls")
    assert funded.ask(contract.get_ballot, ballot_id=made["id"])["state"] == "open"


def test_who_opens_says_how_many_may_vote(funded: GovernanceHarness) -> None:
    people(funded, 3)
    made = create(funded)
    assert funded.ask(contract.count_electorate)["count"] == 3
    people(funded, 1)
    assert funded.refused(contract.open_ballot, ballot_id=made["id"], expected=3).rule == "many.number_is_as_seen"
    stranger = uuid4()
    named = {"electorate": "list", "member_ids": [stranger]}
    assert funded.ask(contract.count_electorate, **named) == {"count": 0, "strangers": [str(stranger)]}
    empty = create(funded, **named)
    assert funded.refused(contract.open_ballot, ballot_id=empty["id"]).rule == "ballots.somebody_may_vote"


def test_the_clock_opens_and_closes_to_the_second(funded: GovernanceHarness) -> None:
    (one, *_) = people(funded, 1)
    hour = timedelta(hours=1)
    made = create(funded, opens_at=NOW + hour, closes_at=NOW + 2 * hour)
    funded.run_timer("open_due_ballots")
    assert funded.ask(contract.get_ballot, ballot_id=made["id"])["state"] == "prepared"
    with clock.frozen(NOW + hour):
        funded.run_timer("open_due_ballots")
        vote(funded, made["id"], one, "yes")
    with clock.frozen(NOW + 2 * hour):
        late = funded.refused(contract.vote, member(one), ballot_id=made["id"], choices=["no"])
        assert (late.rule, late.params) == ("ballots.ballot_is_open", {"state": "closed"})
        funded.run_timer("close_due_ballots")
        found = funded.ask(contract.get_ballot, ballot_id=made["id"])
    assert (found["state"], found["outcome"]) == ("closed", "passed")


def test_a_ballot_the_rules_refuse_is_not_opened_by_the_clock(funded: GovernanceHarness) -> None:
    made = create(funded, opens_at=NOW + timedelta(hours=1))
    with clock.frozen(NOW + timedelta(hours=2)):
        with pytest.raises(Refused):
            funded.run_timer("open_due_ballots")
        found = funded.ask(contract.get_ballot, ballot_id=made["id"])
    assert (found["state"], found["blocked"]["rule"]) == ("prepared", "ballots.somebody_may_vote")


def test_without_a_rule_of_the_body_nothing_is_opened(governance: GovernanceHarness) -> None:
    people(governance, 1)
    made = create(governance)
    with pytest.raises(NoRuleInForce) as missing:
        governance.ask(contract.open_ballot, ballot_id=made["id"])
    assert missing.value.params["key"] == "ballot.union.comparator"


def test_a_secret_ballot_waits_for_its_registrars(funded: GovernanceHarness) -> None:
    people(funded, 20)
    made = create(funded, secrecy="secret")
    assert funded.refused(contract.open_ballot, ballot_id=made["id"]).rule == "ballots.secrecy_is_ready"


@pytest.mark.databases("postgresql", "sqlite")
def test_equal_votes_lead_to_a_run_off_of_the_same_roll(funded: GovernanceHarness) -> None:
    members = people(funded, 8)
    stand = members[:3]
    body = {"kind": "election", "body": "union_congress", "seats": 1}
    ballot_id = opened(funded, **body, options=candidates(stand), counts="last")
    _set_comparator(funded, "at_least_half")
    ballot_id = opened(funded, **body, options=candidates(stand))
    for place, one in enumerate(members):
        vote(funded, ballot_id, one, "1" if place < 4 else "3")
    result = close(funded, ballot_id)
    assert (result["outcome"], result["seats_left"], result["exactly_half"]) == ("tied", 1, True)
    second = funded.ask(contract.call_round, ballot_id=ballot_id)
    assert [one["member_id"] for one in second["options"]] == [str(stand[0]), str(stand[2])]
    assert second["title"] == "工会经费预算（第 2 轮）"
    assert funded.refused(contract.call_round, ballot_id=ballot_id).rule == "ballots.round_is_due"
    people(funded, 3)
    assert funded.ask(contract.open_ballot, ballot_id=second["id"], expected=8)["entitled"] == 8
    for place, one in enumerate(members[:7]):
        vote(funded, second["id"], one, "1" if place < 3 else "2")
    result = close(funded, second["id"])
    elected = [one["member_id"] for one in result["options"] if one["elected"]]
    assert (result["comparator"], result["outcome"], elected) == ("plurality", "elected", [str(stand[2])])


def test_an_election_needs_more_candidates_than_seats(funded: GovernanceHarness) -> None:
    members = people(funded, 4)
    terms = {"title": "委员选举", "kind": "election", "secrecy": "named", "body": "union"}
    few = funded.refused(contract.create_ballot, **terms, seats=2, options=candidates(members[:2]))
    assert few.rule == "ballots.options_fit_the_kind"
    few = funded.refused(contract.create_ballot, **terms, seats=39, options=candidates([uuid4() for _ in range(40)]))
    assert (few.rule, few.params["candidates"], few.params["ruleset"]) == (
        "ballots.candidates_exceed_seats",
        41,
        "national",
    )
    texts = funded.refused(contract.create_ballot, **terms, seats=1, options=[{"text": "甲"}, {"text": "乙"}])
    assert texts.rule == "ballots.candidates_are_people"


def test_results_and_choices_are_told_to_nobody_before_the_end(funded: GovernanceHarness) -> None:
    one, other = people(funded, 2)
    ballot_id = opened(funded)
    vote(funded, ballot_id, one, "yes")
    assert funded.refused(contract.get_ballot_result, ballot_id=ballot_id).rule == "ballots.result_is_out"
    assert funded.refused(contract.list_votes, ballot_id=ballot_id).rule == "ballots.result_is_out"
    found = funded.ask(contract.get_ballot, member(other), ballot_id=ballot_id)
    assert (found["cast"], found["result"]) == (1, None)
    close(funded, ballot_id)
    (named,) = funded.ask(contract.list_votes, member(other), ballot_id=ballot_id)["items"]
    assert (named["member_id"], named["choices"]) == (str(one), ["yes"])
    with pytest.raises(NotAllowed):
        funded.ask(contract.list_votes, member(uuid4()), ballot_id=ballot_id)


def test_an_open_ballot_shows_counts_and_no_choices(funded: GovernanceHarness) -> None:
    (one, *_) = people(funded, 1)
    ballot_id = opened(funded, secrecy="open")
    vote(funded, ballot_id, one, "yes")
    close(funded, ballot_id)
    assert funded.refused(contract.list_votes, ballot_id=ballot_id).rule == "ballots.votes_are_named"
    assert funded.ask(contract.get_ballot_result, member(one), ballot_id=ballot_id)["cast"] == 1


def test_a_chair_runs_the_ballots_of_the_own_unit(funded: GovernanceHarness) -> None:
    own = people(funded, 2)
    people(funded, 2, SECOND_UNIT)
    leads = chair(FIRST_UNIT)
    of_unit = {"origin_kind": "unit", "origin_id": FIRST_UNIT, "body": "unit"}
    asked = {"electorate": "units", "unit_ids": [FIRST_UNIT]}
    ballot_id = opened(funded, leads, **of_unit, **asked)
    assert funded.ask(contract.get_ballot, member(own[0]), ballot_id=ballot_id)["entitled"] == 2
    for wrong in (
        {**of_unit, "origin_id": SECOND_UNIT, **asked},
        of_unit,
        {**of_unit, **asked, "unit_ids": [SECOND_UNIT]},
    ):
        with pytest.raises(NotAllowed):
            create(funded, leads, **wrong)
    with pytest.raises(NotAllowed):
        funded.ask(contract.close_ballot, chair(SECOND_UNIT), ballot_id=ballot_id)
    whole = opened(funded)
    roll = funded.ask(contract.list_voters, leads, ballot_id=whole)["items"]
    assert {one["unit_id"] for one in roll} == {str(FIRST_UNIT)}
    listed = [one["id"] for one in funded.ask(contract.list_ballots, leads)["items"]]
    assert listed == [whole, ballot_id]
    assert [one["id"] for one in funded.ask(contract.list_ballots, chair(SECOND_UNIT))["items"]] == [whole]


def test_two_who_change_a_ballot_see_each_other(funded: GovernanceHarness) -> None:
    made = create(funded)
    terms = {name: made[name] for name in ("title", "kind", "secrecy", "body")}
    funded.ask(contract.change_ballot, ballot_id=made["id"], **{**terms, "title": "新标题"}, version=made["version"])
    with pytest.raises(PreconditionFailed):
        funded.ask(contract.change_ballot, ballot_id=made["id"], **terms, version=made["version"])
    people(funded, 1)
    funded.ask(contract.open_ballot, ballot_id=made["id"])
    late = funded.refused(contract.change_ballot, ballot_id=made["id"], **terms, version=4)
    assert late.rule in ("workflow.ballot", "version_is_current")


def test_voters_are_called_and_told_in_batches(funded: GovernanceHarness) -> None:
    members = people(funded, 3)
    ballot_id = opened(funded)
    vote(funded, ballot_id, members[0], "yes")
    funded.run_timer("tell_voters")
    (called,) = funded.events("voters_called")
    assert set(called["member_ids"]) == {str(one) for one in members[1:]}
    (voted,) = funded.events("voters_voted")
    assert voted["member_ids"] == [str(members[0])]
    funded.run_timer("tell_voters")
    assert len(funded.events("voters_called", "voters_voted")) == 2
    funded.ask(contract.cancel_ballot, ballot_id=ballot_id, reason="重新安排")
    funded.run_timer("tell_voters")
    (told,) = funded.events("voters_told")
    assert (set(told["member_ids"]), told["outcome"]) == ({str(one) for one in members}, None)
    refused = funded.refused(contract.vote, member(members[1]), ballot_id=ballot_id, choices=["yes"])
    assert refused.params == {"state": "cancelled"}


def test_the_history_tells_what_was_done(funded: GovernanceHarness) -> None:
    people(funded, 1)
    ballot_id = opened(funded)
    close(funded, ballot_id)
    found = funded.ask(contract.get_ballot, ballot_id=ballot_id)
    assert [one["step"] for one in found["history"]] == ["closed", "open", "opening", "created"]
    assert found["outcome"] == "invalid"


def _set_comparator(governance: GovernanceHarness, value: str) -> None:
    governance.ask(
        rulebook.set_rule, key="ballot.union_congress.comparator", value=value, document="本校选举办法",
        valid_from=date(2026, 3, 11),
    )  # fmt: skip


def _gateway():  # type: ignore[no-untyped-def]
    from services.chassis.security.principal import service_principal

    return service_principal("gateway")
