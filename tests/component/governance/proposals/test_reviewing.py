"""Review: filing, refusing with a reason, sending back, merging and undoing it, the presidium, two at once."""

from __future__ import annotations

from typing import Any

import pytest

from services.chassis.errors import NotAllowed, Problem
from services.contracts.governance.proposals import operations
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.proposals.proposing import ALL, Proposing
from tests.support.at_once import all_at_once
from tests.support.principals import auditor, chair_of, member_account, officer

OTHER = {"title": "夜间自习场所不足", "kind": "campus"}


@pytest.fixture
def proposing(governance: GovernanceHarness) -> Proposing:
    return Proposing(governance)


def review(proposing: Proposing, proposal: Any, verdict: str, by: Any = None, **more: Any) -> Any:
    return proposing.act(operations.review_proposal, proposal, by, verdict=verdict, **more)


def people(found: Any) -> set[str]:
    return {one["member_id"] for one in found["people"]}


@pytest.mark.databases("postgresql", "sqlite")
def test_a_filed_proposal_is_public_and_its_people_are_told(proposing: Proposing) -> None:
    submitted = proposing.submitted()
    with pytest.raises(NotAllowed):
        proposing.look(submitted, member_account())
    review(proposing, submitted, "take_up")
    filed = review(proposing, submitted, "file")

    assert (filed["state"], filed["filed_on"]) == ("filed", "2026-03-11")
    assert proposing.look(submitted, member_account())["title"] == filed["title"]
    assert proposing.governance.events("proposal_filed")[0]["proposer_ids"] == [str(proposing.proposer.member_id)]
    told = proposing.governance.events("proposal_moved")[-1]["told"]
    assert set(told) == {str(one.member_id) for one in (proposing.proposer, proposing.first, proposing.second)}


@pytest.mark.parametrize(
    ("verdict", "given"), [("not_file", {"why": "已有安排"}), ("not_file", {"ground": "solved"}), ("send_back", {})]
)
def test_a_refusal_has_a_ground_and_a_reason(proposing: Proposing, verdict: str, given: dict[str, str]) -> None:
    submitted = proposing.submitted()
    refused = proposing.refused(operations.review_proposal, submitted, verdict=verdict, **given)
    assert refused.rule == "proposals.refusal_has_a_ground"


def test_the_proposer_sees_why_and_strangers_do_not(proposing: Proposing) -> None:
    submitted = proposing.submitted()
    review(proposing, submitted, "not_file", ground="solved", why="图书馆已列入延时计划。")

    assert proposing.look(submitted, proposing.proposer)["why"] == "图书馆已列入延时计划。"
    assert proposing.look(submitted, proposing.first)["ground"] == "solved"
    with pytest.raises(NotAllowed):
        proposing.look(submitted, member_account())


def test_what_was_sent_back_keeps_its_seconders_until_its_text_changes(proposing: Proposing) -> None:
    submitted = proposing.submitted()
    review(proposing, submitted, "send_back", why="请写明具体时间。")

    proposing.act(operations.open_seconding, submitted, proposing.proposer)
    again = proposing.act(operations.submit_proposal, submitted, proposing.proposer)

    assert (again["state"], again["number"], again["seconders"]) == ("submitted", "2026-0001", 2)


def test_nobody_reviews_the_own_proposal(proposing: Proposing) -> None:
    own = proposing.submitted()
    by = chair_of(proposing.unit, member_id=proposing.proposer.member_id)
    with pytest.raises(NotAllowed):
        review(proposing, own, "file", by)
    assert review(proposing, own, "file", chair_of(proposing.unit))["state"] == "filed"


def test_a_chair_of_another_unit_neither_sees_nor_reviews(proposing: Proposing) -> None:
    submitted, stranger = proposing.submitted(), chair_of(proposing.member().member_id or proposing.unit)
    assert proposing.ask(operations.list_proposals, stranger)["items"] == []
    with pytest.raises(NotAllowed):
        review(proposing, submitted, "file", stranger)
    assert len(proposing.ask(operations.list_proposals, auditor())["items"]) == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_merging_keeps_everybody_and_is_undone_until_filed(proposing: Proposing) -> None:
    main, other = proposing.submitted(), proposing.submitted(proposing.third, **OTHER)
    before = people(proposing.look(main))
    merged = proposing.act(operations.merge_proposal, other, into_id=main["id"])

    assert (merged["state"], merged["into"]["id"]) == ("merged", main["id"])
    joint = proposing.look(main)
    assert people(joint) == before | {str(proposing.third.member_id)}
    assert [one["member_id"] for one in joint["people"] if one["proposes"]] == [
        str(proposing.proposer.member_id), str(proposing.third.member_id),
    ]  # fmt: skip
    assert proposing.refused(operations.withdraw_proposal, main, proposing.proposer).rule == (
        "proposals.merger_comes_first"
    )
    assert proposing.refused(operations.merge_proposal, main, into_id=other["id"]).rule in (
        "proposals.merges_into_another", "proposals.joint_is_not_merged",
    )  # fmt: skip

    undone = proposing.act(operations.unmerge_proposal, other, why="办理单位不同")
    assert (undone["state"], undone["into"]) == ("review", None)
    assert people(proposing.look(main)) == before

    proposing.act(operations.merge_proposal, other, into_id=main["id"])
    review(proposing, main, "file")
    assert len(proposing.governance.events("proposal_filed")[0]["proposer_ids"]) == 2
    assert proposing.refused(operations.unmerge_proposal, other, why="太晚").rule == "proposals.joint_is_not_filed"
    assert proposing.look(other, member_account())["into"]["id"] == main["id"]


def test_nothing_is_merged_into_itself_or_what_is_not_under_review(proposing: Proposing) -> None:
    one, opened = proposing.submitted(), proposing.open(proposing.third, **OTHER)
    for into in (one["id"], opened["id"]):
        refused = proposing.refused(operations.merge_proposal, one, into_id=into)
        assert refused.rule == "proposals.merges_into_another"


def test_the_presidium_rules_where_the_campaign_says_so(governance: GovernanceHarness) -> None:
    proposing = Proposing(governance, "presidium")
    for ruling, state in (("uphold", "not_filed"), ("overturn", "filed")):
        submitted = proposing.submitted(title=f"提案之{ruling}")
        review(proposing, submitted, "not_file", ground="infeasible", why="暂无条件。")
        with pytest.raises(NotAllowed):
            proposing.act(operations.dispute_filing, submitted, proposing.first, why="我们不同意。")
        proposing.act(operations.dispute_filing, submitted, proposing.proposer, why="条件已经具备。")
        ruled = proposing.act(operations.rule_on_proposal, submitted, ruling=ruling, why="主席团讨论决定。")
        assert ruled["state"] == state


@pytest.mark.databases("postgresql", "sqlite")
def test_of_two_reviewers_at_once_one_decides_and_the_other_is_told(proposing: Proposing) -> None:
    submitted = proposing.submitted()

    answers = all_at_once(
        lambda: review(proposing, submitted, "file", officer()),
        lambda: review(proposing, submitted, "not_file", officer(), ground="solved", why="已解决。"),
    )

    (refused,) = [one for one in answers if isinstance(one, Problem)]
    assert refused.rule == "workflow.proposal"
    state = proposing.look(submitted)["state"]
    assert refused.params["state"] == state
    assert set(refused.params["legal"]) <= {"assign", "dispute", "mark_key"}


def test_nobody_finds_a_similar_proposal_that_cannot_be_opened(proposing: Proposing) -> None:
    submitted = proposing.submitted()
    asked = {"title": submitted["title"], "suggestion": submitted["suggestion"]}
    review(proposing, submitted, "not_file", ground="solved", why="已解决。")

    found = [
        [one["id"] for one in proposing.ask(operations.find_similar_proposals, by, **asked)["items"]]
        for by in (proposing.third, proposing.proposer, officer())
    ]

    assert found == [[], [submitted["id"]], [submitted["id"]]]


def test_every_step_of_a_merger_stays_in_both_histories(proposing: Proposing) -> None:
    main, other = proposing.submitted(), proposing.submitted(proposing.third, **OTHER)
    proposing.act(operations.merge_proposal, other, into_id=main["id"], why="内容相近。")
    proposing.act(operations.unmerge_proposal, other, why="由不同部门办理。")

    steps = [(one["step"], one["why"]) for one in proposing.look(other, proposing.third)["steps"]]

    assert steps[:2] == [("unmerge", "由不同部门办理。"), ("merge", "内容相近。")]
    assert proposing.look(other, proposing.third)["number"] == other["number"]


def test_the_public_list_has_neither_withdrawn_nor_refused_nor_merged_ones(proposing: Proposing) -> None:
    filed = proposing.filed()
    for verdict, given in (("not_file", {"ground": "solved", "why": "已解决。"}), ("make_suggestion", {})):
        review(proposing, proposing.submitted(title=f"不公开的提案{verdict}"), verdict, **given)
    gone = proposing.submitted(title="撤回的提案")
    proposing.act(operations.withdraw_proposal, gone, proposing.proposer)

    listed = proposing.ask(operations.list_public_proposals, member_account())["items"]

    assert [one["id"] for one in listed] == [filed["id"]]
    assert proposing.ask(operations.proposal_figures, group="kind")["total"]["count"] == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_two_mergers_crosswise_end_in_one(proposing: Proposing) -> None:
    one, other = proposing.submitted(), proposing.submitted(proposing.third, **OTHER)

    answers = all_at_once(
        lambda: proposing.act(operations.merge_proposal, one, into_id=other["id"]),
        lambda: proposing.act(operations.merge_proposal, other, into_id=one["id"]),
    )

    assert sum(isinstance(answer, Problem) for answer in answers) == 1
    assert sorted(proposing.look(found)["state"] for found in (one, other)) == ["merged", "submitted"]


@pytest.mark.databases("postgresql", "sqlite")
def test_seconding_while_merging_is_kept_or_refused_with_what_is_legal(proposing: Proposing) -> None:
    main, other = proposing.submitted(), proposing.submitted(proposing.third, **OTHER)
    late = proposing.member()

    answers = all_at_once(
        lambda: proposing.act(operations.second_proposal, other, late, text_version=other["text_version"]),
        lambda: proposing.act(operations.merge_proposal, other, into_id=main["id"]),
    )

    assert not isinstance(answers[1], Problem)
    counted = str(late.member_id) in people(proposing.look(main))
    assert counted is not isinstance(answers[0], Problem)


def test_every_switch_is_off_without_being_chosen(proposing: Proposing, governance: GovernanceHarness) -> None:
    submitted = proposing.submitted()
    review(proposing, submitted, "not_file", ground="personal", why="属个人事务。")
    refused = proposing.refused(operations.dispute_filing, submitted, proposing.proposer, why="不同意。")
    assert refused.rule == "workflow.proposal"
    assert set(ALL) & set(proposing.look(submitted)["switches"]) == set()
