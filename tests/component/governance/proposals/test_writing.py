"""Drafts, seconding, texts that change, deadlines, similar proposals, withdrawing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NoRuleInForce, NotFound, PreconditionFailed, Problem, Refused
from services.contracts.governance.proposals import campaigns, operations
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.proposals.proposing import SUGGESTION, TEXT, Proposing
from tests.support.at_once import all_at_once
from tests.support.principals import member_account, officer

LATE = datetime(2026, 3, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def proposing(governance: GovernanceHarness) -> Proposing:
    return Proposing(governance)


def revise(proposing: Proposing, proposal: Any, **changes: Any) -> Any:
    values = {**TEXT, "text_version": proposal["text_version"], **changes}
    return proposing.act(operations.revise_proposal, proposal, proposing.proposer, **values)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_draft_is_the_proposers_alone_and_announces_nothing(proposing: Proposing) -> None:
    draft = proposing.draft()
    revise(proposing, draft, title="延长图书馆的开放时间")

    for by in (proposing.first, officer()):
        with pytest.raises(NotFound):
            proposing.look(draft, by)
    assert proposing.ask(operations.list_proposals)["items"] == []
    assert [one["id"] for one in proposing.ask(operations.my_proposals, proposing.proposer)["items"]] == [draft["id"]]
    assert [event for event in proposing.governance.outbox() if "proposal" in event.type] == []
    proposing.act(operations.discard_draft, draft, proposing.proposer)
    with pytest.raises(NotFound):
        proposing.look(draft, proposing.proposer)


def test_only_members_of_the_unit_propose_and_second(proposing: Proposing) -> None:
    stranger = member_account()
    refused = proposing.governance.refused(operations.draft_proposal, stranger, campaign_id=proposing.campaign, **TEXT)
    assert refused.rule == "proposals.delegates_propose"
    opened = proposing.open()
    assert proposing.refused(operations.second_proposal, opened, stranger, text_version=1).rule == (
        "proposals.delegates_propose"
    )
    assert proposing.refused(operations.second_proposal, opened, proposing.proposer, text_version=1).rule == (
        "proposals.another_seconds"
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"reason": "太短"}, "proposals.reason_fits"),
        ({"reason": "长" * 301}, "proposals.reason_fits"),
        ({"suggestion": "太短"}, "proposals.suggestion_fits"),
    ],
)
def test_others_see_a_text_that_fits_the_rules(proposing: Proposing, changes: dict[str, str], rule: str) -> None:
    draft = proposing.draft(**changes)

    refused = proposing.refused(operations.open_seconding, draft, proposing.proposer)

    assert (refused.rule, refused.params["document"]) == (rule, "演示规则：教代会提案工作")


def test_blanks_do_not_make_a_reason_longer(proposing: Proposing) -> None:
    draft = proposing.draft(reason="短 " * 40)
    assert proposing.refused(operations.open_seconding, draft, proposing.proposer).params["length"] == 40


def test_without_rules_nothing_is_shown_or_seconded(governance: GovernanceHarness) -> None:
    proposing = Proposing.__new__(Proposing)
    proposing.governance, proposing.unit = governance, uuid4()
    proposing.proposer = proposing.member()
    proposing.campaign = governance.ask(
        campaigns.add_proposal_campaign, name="征集", body="unit", unit_id=proposing.unit, opens_on="2026-03-01",
        deadline="2026-03-20T10:00:00+00:00",
    )["id"]  # fmt: skip
    with pytest.raises(NoRuleInForce) as missing:
        proposing.open()
    assert "proposals." in str(missing.value.rule)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_new_text_asks_the_seconders_again(proposing: Proposing) -> None:
    opened = proposing.open()
    proposing.back(opened, proposing.first, proposing.second)
    changed = revise(proposing, opened, suggestion=SUGGESTION + "请尽快落实。")

    assert changed["seconders"] == 0
    assert [one["state"] for one in changed["people"][1:]] == ["outdated", "outdated"]
    moved = proposing.governance.events("proposal_moved")[-1]
    assert moved["tasks"][0]["task"] == "confirm"
    assert set(moved["tasks"][0]["member_ids"]) == {str(one.member_id) for one in (proposing.first, proposing.second)}
    assert proposing.refused(operations.submit_proposal, opened, proposing.proposer).params["count"] == 0
    stale = proposing.refused(operations.second_proposal, opened, proposing.first, text_version=opened["text_version"])
    assert stale.rule == "proposals.text_is_as_read"

    proposing.back(opened, proposing.first, proposing.third)
    submitted = proposing.act(operations.submit_proposal, opened, proposing.proposer)
    assert (submitted["state"], submitted["seconders"], submitted["number"]) == ("submitted", 2, "2026-0001")


def test_a_revision_that_changes_nothing_asks_nobody(proposing: Proposing) -> None:
    opened = proposing.open()
    proposing.back(opened, proposing.first)
    assert revise(proposing, opened)["seconders"] == 1


def test_a_revision_of_another_text_than_the_one_read_is_refused(proposing: Proposing) -> None:
    opened = proposing.open()
    revise(proposing, opened, title="延长图书馆夜间开放")
    with pytest.raises(PreconditionFailed):
        revise(proposing, opened, title="延长开放时间到十二点")


def test_the_proposer_is_told_once_there_are_enough_seconders(proposing: Proposing) -> None:
    proposing.back(proposing.open(), proposing.first, proposing.second, proposing.third)

    told = [event["told"] for event in proposing.governance.events("proposal_moved") if event["step"] == "second"]

    assert told == [[], [str(proposing.proposer.member_id)], []]


def test_after_the_deadline_it_is_a_suggestion(proposing: Proposing) -> None:
    opened = proposing.open()
    with clock.frozen(LATE):
        found = proposing.act(operations.submit_proposal, opened, proposing.proposer)

    assert found["state"] == "suggestion"
    assert proposing.governance.events("proposal_submitted")[-1]["in_time"] is False


def test_a_closed_campaign_takes_nothing(proposing: Proposing) -> None:
    opened = proposing.open()
    proposing.ask(campaigns.close_proposal_campaign, campaign_id=proposing.campaign)

    for refused in (
        proposing.refused(operations.submit_proposal, opened, proposing.proposer),
        proposing.governance.refused(
            operations.draft_proposal, proposing.proposer, campaign_id=proposing.campaign, **TEXT
        ),
    ):
        assert refused.rule == "proposals.campaign_is_open"


def test_seconding_is_taken_back_while_enough_are_left(proposing: Proposing) -> None:
    opened = proposing.open()
    proposing.back(opened, proposing.first, proposing.second)
    assert proposing.act(operations.unsecond_proposal, opened, proposing.first)["seconders"] == 1
    proposing.back(opened, proposing.first)
    submitted = proposing.act(operations.submit_proposal, opened, proposing.proposer)
    assert proposing.refused(operations.unsecond_proposal, submitted, proposing.first).rule == (
        "proposals.seconders_suffice"
    )


def test_others_find_what_they_can_second_and_not_what_they_did(proposing: Proposing) -> None:
    opened = proposing.open()

    def found(by: Any) -> list[str]:
        return [one["id"] for one in proposing.ask(operations.list_proposals_to_second, by)["items"]]

    assert found(proposing.first) == [opened["id"]]
    proposing.back(opened, proposing.first)
    assert (found(proposing.first), found(proposing.proposer), found(member_account())) == ([], [], [])


@pytest.mark.databases("postgresql", "sqlite")
def test_similar_proposals_are_found_while_writing(proposing: Proposing) -> None:
    opened = proposing.open()
    proposing.draft(title="延长图书馆开放时间的草稿")

    def alike(**asked: Any) -> list[Any]:
        return proposing.ask(operations.find_similar_proposals, proposing.first, **asked)["items"]  # type: ignore[no-any-return]

    (found,) = alike(title="图书馆延长开放", suggestion="建议期末把图书馆闭馆时间延长到十二点")
    assert (found["id"], found["percent"] > 30) == (opened["id"], True)
    assert alike(title="食堂增加窗口", suggestion="建议午间增加两个窗口，减少排队") == []
    assert alike(title=TEXT["title"], suggestion=SUGGESTION, proposal_id=opened["id"]) == []
    proposing.act(operations.withdraw_proposal, opened, proposing.proposer)
    assert alike(title=TEXT["title"], suggestion=SUGGESTION) == []


def test_what_is_filed_is_not_withdrawn(proposing: Proposing) -> None:
    filed = proposing.filed()
    refused = proposing.refused(operations.withdraw_proposal, filed, proposing.proposer)
    assert refused.rule == "workflow.proposal"
    assert proposing.act(operations.withdraw_proposal, proposing.submitted(title="另一件提案"), proposing.proposer)[
        "state"
    ] == "withdrawn"  # fmt: skip


@pytest.mark.databases("postgresql", "sqlite")
def test_seconding_and_editing_at_once_never_counts_a_text_nobody_read(proposing: Proposing) -> None:
    opened = proposing.open()
    version = opened["text_version"]

    answers = all_at_once(
        lambda: proposing.act(operations.second_proposal, opened, proposing.first, text_version=version),
        lambda: revise(proposing, opened, title="延长图书馆夜间开放"),
    )

    assert not isinstance(answers[1], Problem)
    found = proposing.look(opened, proposing.proposer)
    assert found["seconders"] == 0
    if isinstance(answers[0], Problem):
        assert isinstance(answers[0], Refused)
        assert answers[0].rule == "proposals.text_is_as_read"
    else:
        assert found["people"][1]["state"] == "outdated"


@pytest.mark.databases("postgresql", "sqlite")
def test_many_second_at_once_and_each_counts(proposing: Proposing) -> None:
    opened = proposing.open()
    people = [proposing.member() for _ in range(8)]

    all_at_once(
        *(
            lambda by=by: proposing.act(operations.second_proposal, opened, by, text_version=opened["text_version"])
            for by in (*people, people[0])
        )
    )

    assert proposing.look(opened, proposing.proposer)["seconders"] == 8
