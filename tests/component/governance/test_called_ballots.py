"""Ballots that a session or a meeting calls: its own list, who is there, proxies, and the base by the body's rules."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from services.contracts.governance.ballots import operations as contract
from services.contracts.governance.rulebook import operations as rulebook
from services.governance.ballots.use_cases import calling, closing, opening, reading
from tests.component.governance.ballots import member, people, vote
from tests.component.governance.harness import GovernanceHarness

SESSION = uuid4()


def called(
    governance: GovernanceHarness, electorate: list[UUID], present: list[UUID] | None, body: str = "staff_congress"
) -> str:
    with governance.transaction() as tx:
        ballot = calling.call_ballot(
            tx, origin=("session", SESSION), title="分配办法", kind="yes_no", secrecy="named", body=body, options=[],
            seats=1, electorate=electorate, present=present, opens_at=None, closes_at=None,
        )  # fmt: skip
        opening.open_now(tx, ballot.id)
        return str(ballot.id)


def rule(governance: GovernanceHarness, name: str, value: str) -> None:
    day, document = date(2026, 3, 11), "本校教代会实施办法"
    governance.ask(rulebook.set_rule, key=f"ballot.{name}", value=value, document=document, valid_from=day)


def end(governance: GovernanceHarness, ballot_id: str) -> dict[str, object]:
    with governance.transaction() as tx:
        return closing.close_now(tx, UUID(ballot_id))


@pytest.mark.databases("postgresql", "sqlite")
def test_votes_of_a_congress_are_counted_against_all_delegates(funded: GovernanceHarness) -> None:
    delegates = [*people(funded, 8), uuid4(), uuid4()]  # two whose membership is not known here stand on the list too
    ballot_id = called(funded, delegates, delegates[:7])
    for one in delegates[:5]:
        vote(funded, ballot_id, one, "yes")
    absent = funded.refused(contract.vote, member(delegates[9]), ballot_id=ballot_id, choices=["yes"])
    assert absent.rule == "ballots.voter_is_present"
    result = end(funded, ballot_id)
    assert (result["entitled"], result["present"], result["least"], result["base_count"]) == (10, 7, 7, 10)
    assert (result["threshold"], result["exactly_half"], result["outcome"]) == (6, True, "failed")
    with funded.transaction() as tx:
        assert reading.result_of(tx, UUID(ballot_id))["outcome"] == "failed"


def test_at_half_the_rule_of_the_body_decides(funded: GovernanceHarness) -> None:
    rule(funded, "staff_congress.comparator", "at_least_half")
    delegates = people(funded, 10)
    ballot_id = called(funded, delegates, delegates[:7])
    for one in delegates[:5]:
        vote(funded, ballot_id, one, "yes")
    result = end(funded, ballot_id)
    assert (result["threshold"], result["exactly_half"], result["outcome"]) == (5, True, "passed")
    first = result["rules"][0]  # type: ignore[index]
    assert (first["value"], first["document"], first["ruleset"]) == ("at_least_half", "本校教代会实施办法", "own")


def test_who_comes_late_votes_too(funded: GovernanceHarness) -> None:
    first, late = people(funded, 2)
    ballot_id = called(funded, [first, late], [first])
    with funded.transaction() as tx:
        opening.mark_present(tx, UUID(ballot_id), [late])
    assert vote(funded, ballot_id, late, "no")["outcome"] == "cast"
    vote(funded, ballot_id, first, "yes")
    assert end(funded, ballot_id)["present"] == 2


def test_there_are_no_proxies_unless_a_rule_allows_them(funded: GovernanceHarness) -> None:
    here, away = people(funded, 2)
    ballot_id = called(funded, [here, away], [here])
    wanted = {"ballot_id": ballot_id, "member_id": away, "proxy_id": here}
    assert funded.refused(contract.set_proxy, **wanted).rule == "ballots.proxies_are_allowed"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_proxy_counts_while_the_proxy_is_there_and_the_represented_is_not(funded: GovernanceHarness) -> None:
    rule(funded, "committee.proxies", "1")
    here, away, other, gone = people(funded, 4)
    ballot_id = called(funded, [here, away, other, gone], [here, other], "committee")
    wanted = {"ballot_id": ballot_id, "member_id": away, "proxy_id": here}
    funded.ask(contract.set_proxy, **wanted)
    more = funded.refused(contract.set_proxy, **{**wanted, "member_id": gone})
    assert more.rule == "ballots.proxies_are_few"
    mine = funded.ask(contract.get_ballot, member(here), ballot_id=ballot_id)["mine"]
    assert [one["member_id"] for one in mine["represents"]] == [str(away)]
    own = funded.refused(contract.vote, member(away), ballot_id=ballot_id, choices=["yes"])
    assert own.rule == "ballots.voter_is_not_represented"
    with funded.transaction() as tx:
        opening.mark_present(tx, UUID(ballot_id), [here], present=False)
    left = funded.refused(contract.vote, member(here), ballot_id=ballot_id, choices=["yes"], for_member_id=away)
    assert left.rule == "ballots.proxy_is_present"
    with funded.transaction() as tx:
        opening.mark_present(tx, UUID(ballot_id), [here])
    assert vote(funded, ballot_id, here, "yes", for_member_id=away)["by_proxy"] is True
    vote(funded, ballot_id, here, "yes")
    vote(funded, ballot_id, other, "no")
    assert funded.refused(contract.set_proxy, **{**wanted, "proxy_id": None}).rule == (
        "ballots.represented_has_not_voted"
    )
    result = end(funded, ballot_id)
    assert (result["present"], result["cast"], result["by_proxy"], result["outcome"]) == (3, 3, 1, "failed")


def test_the_represented_who_comes_votes_himself(funded: GovernanceHarness) -> None:
    rule(funded, "committee.proxies", "1")
    here, away = people(funded, 2)
    ballot_id = called(funded, [here, away], [here], "committee")
    funded.ask(contract.set_proxy, ballot_id=ballot_id, member_id=away, proxy_id=here)
    with funded.transaction() as tx:
        opening.mark_present(tx, UUID(ballot_id), [away])
    assert vote(funded, ballot_id, away, "no")["by_proxy"] is False
    late = funded.refused(contract.vote, member(here), ballot_id=ballot_id, choices=["yes"], for_member_id=away)
    assert late.rule == "ballots.proxy_is_registered"
