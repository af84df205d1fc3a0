"""Handling: assignments, switches of the workflow, hidden replies, ratings, second handling, stages, days that come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, NotFound
from services.contracts.governance.proposals import campaigns, departments, operations
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.proposals.proposing import ALL, DUE, REPLY, Proposing, handler
from tests.support.principals import chair_of, member_account

DECEMBER = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def proposing(governance: GovernanceHarness) -> Proposing:
    return Proposing(governance)


def tasks(proposing: Proposing) -> dict[str, list[str]]:
    """Return what waits by the last event: the members of each task."""
    last = proposing.governance.events("proposal_moved")[-1]
    return {one["task"]: one["member_ids"] for one in last["tasks"]}


@pytest.mark.databases("postgresql", "sqlite")
def test_a_proposal_comes_from_the_assignment_to_the_archive(proposing: Proposing) -> None:
    found = proposing.accepted(proposing.assisting)
    assert set(tasks(proposing)) == {"handle", "help"}
    proposing.act(operations.contribute_to_reply, found, proposing.helper, text="经费已列入预算。")
    proposing.act(operations.reply_to_proposal, found, proposing.contact, text=REPLY)
    assert tasks(proposing) == {"approve": [str(proposing.leader.member_id)]}
    proposing.act(operations.approve_reply, found, proposing.leader)

    hidden = proposing.look(found, proposing.proposer)
    assert (hidden["replies"], [one["text"] for one in hidden["parts"]]) == ([], [None, None])
    assert not {"reply", "approve"} & {one["step"] for one in hidden["steps"]}
    assert proposing.look(found, proposing.contact)["replies"][0]["text"] == REPLY
    published = proposing.act(operations.publish_reply, found)

    assert published["state"] == "replied"
    assert proposing.look(found, member_account())["replies"][0]["text"] == REPLY
    for one in (proposing.proposer, proposing.first, proposing.second):
        found = proposing.act(operations.rate_proposal, found, one, grade="satisfied", comment="谢谢。")
    assert (found["state"], found["satisfaction"]) == ("rated", "satisfied")
    assert proposing.look(found, member_account())["people"][0]["grade"] is None

    assert proposing.refused(operations.close_proposal, found).rule == "proposals.implementation_is_done"
    stage = {"milestone": "闭馆时间调整到位", "due_on": "2026-04-01", "percent": 100}
    planned = proposing.act(operations.add_milestone, found, proposing.contact, **stage)
    milestone_id = planned["milestones"][0]["id"]
    reached = proposing.act(operations.reach_milestone, found, proposing.contact, milestone_id=milestone_id)
    assert (reached["percent"], reached["milestones"][0]["done_on"]) == (100, "2026-03-11")
    assert proposing.act(operations.close_proposal, found)["closed_on"] == "2026-03-11"
    proposing.act(operations.praise_proposal, found, excellent=True)
    archived = proposing.act(operations.archive_proposal, found)
    assert (archived["state"], archived["excellent"], archived["actions"]) == ("archived", True, ["praise"])
    names = {event.type for event in proposing.governance.outbox()}
    assert {"proposal_assigned", "proposal_replied", "proposal_rated", "proposal_closed"} <= names


def test_no_text_is_in_any_event(proposing: Proposing) -> None:
    proposing.rated("satisfied")
    told = str(proposing.governance.outbox())
    assert REPLY not in told
    assert "图书馆" not in told


def test_only_the_contacts_of_the_department_handle_it(proposing: Proposing) -> None:
    found = proposing.assigned()
    for by in (proposing.helper, handler(proposing.first.member_id)):  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            proposing.act(operations.accept_assignment, found, by)
    assert proposing.ask(operations.list_proposals, proposing.helper)["items"] == []
    assert len(proposing.ask(operations.list_proposals, proposing.contact)["items"]) == 1


@pytest.mark.parametrize(
    ("assisting", "rule"),
    [("lead", "proposals.departments_are_fit"), ("stopped", "proposals.departments_are_active")],
)
def test_departments_of_an_assignment_fit(proposing: Proposing, assisting: str, rule: str) -> None:
    filed = proposing.filed()
    stopped = proposing.ask(departments.get_department, department_id=proposing.assisting)
    values = {name: stopped[name] for name in ("name", "leader_id", "contact_ids", "version")}
    proposing.ask(departments.change_department, department_id=proposing.assisting, active=False, **values)
    ids = {"lead": proposing.lead, "stopped": proposing.assisting}
    asked = {"department_id": proposing.lead, "assisting_ids": [ids[assisting]], "due_on": DUE}
    assert proposing.refused(operations.assign_proposal, filed, **asked).rule == rule


def test_all_switches_together(governance: GovernanceHarness) -> None:
    proposing = Proposing(governance, *ALL)
    found = proposing.assigned(proposing.assisting)
    proposing.act(operations.hand_back_proposal, found, proposing.contact, why="不属于后勤处职责。")
    again = {"department_id": proposing.lead, "assisting_ids": [proposing.assisting], "due_on": DUE}
    proposing.act(operations.assign_proposal, found, **again)
    school_leader = member_account()
    proposing.act(operations.mark_key_proposal, found, key_leader_id=school_leader.member_id)
    proposing.act(operations.accept_assignment, found, proposing.contact)
    reply = {"text": REPLY, "outcome": "solved"}
    assert proposing.refused(operations.reply_to_proposal, found, proposing.contact, text=REPLY).rule == (
        "proposals.outcome_is_classed"
    )
    proposing.act(operations.reply_to_proposal, found, proposing.contact, **reply)
    proposing.act(operations.object_to_reply, found, proposing.helper, why="经费没有写明。")
    proposing.act(operations.reply_to_proposal, found, proposing.contact, **reply)
    proposing.act(operations.co_sign_reply, found, proposing.helper)
    with pytest.raises(NotAllowed):
        proposing.act(operations.approve_reply, found, proposing.leader)
    proposing.act(operations.refuse_reply, found, school_leader, why="请再具体一些。")
    proposing.act(operations.reply_to_proposal, found, proposing.contact, **reply)
    proposing.act(operations.co_sign_reply, found, proposing.helper)
    proposing.act(operations.approve_reply, found, school_leader)
    assert tasks(proposing) == {"inspect": [str(proposing.inspector.member_id)]}
    proposing.act(operations.pass_inspection, found, proposing.inspector)
    published = proposing.act(operations.publish_reply, found)
    assert (published["outcome"], published["percent"], published["is_key"]) == ("solved", 100, True)


def test_without_its_switch_a_step_is_refused_with_what_is_legal(proposing: Proposing) -> None:
    found = proposing.assigned()
    refused = proposing.refused(operations.hand_back_proposal, found, proposing.contact, why="不属于我处。")
    assert (refused.rule, refused.params["legal"]) == ("workflow.proposal", ["accept"])


@pytest.mark.databases("postgresql", "sqlite")
def test_who_is_dissatisfied_gets_one_second_handling(governance: GovernanceHarness) -> None:
    proposing = Proposing(governance, "outcome_class")
    found = proposing.rated("dissatisfied", "not_now")
    assert proposing.refused(operations.close_proposal, found).rule == "proposals.closing_says_why"
    again = proposing.act(operations.reopen_proposal, found, why="代表不满意。", due_on="2026-06-30")
    assert (again["state"], again["round"], again["due_on"]) == ("second_handling", 2, "2026-06-30")
    proposing.answer(found, "planned")
    for one in (proposing.proposer, proposing.first, proposing.second):
        proposing.act(operations.rate_proposal, found, one, grade="dissatisfied")
    refused = proposing.refused(operations.reopen_proposal, found, why="仍不满意。", due_on="2026-07-30")
    assert (refused.rule, refused.params["document"]) == (
        "proposals.second_handling_is_left", "演示规则：教代会提案工作",
    )  # fmt: skip
    assert [one["round"] for one in proposing.look(found, member_account())["replies"]] == [1, 2]


def test_one_dissatisfied_proposer_is_enough_and_a_seconder_is_not(governance: GovernanceHarness) -> None:
    proposing = Proposing(governance)
    found = proposing.replied()
    proposing.act(operations.rate_proposal, found, proposing.first, grade="dissatisfied")
    proposing.act(operations.rate_proposal, found, proposing.second, grade="satisfied")
    proposing.act(operations.rate_proposal, found, proposing.proposer, grade="satisfied")
    refused = proposing.refused(operations.reopen_proposal, found, why="有一人不满意。", due_on="2026-06-30")
    assert refused.rule == "proposals.reply_dissatisfies"


def test_a_rating_is_changed_until_it_ends_and_the_office_can_end_it(proposing: Proposing) -> None:
    found = proposing.replied()
    proposing.act(operations.rate_proposal, found, proposing.proposer, grade="basic")
    proposing.act(operations.rate_proposal, found, proposing.proposer, grade="dissatisfied", comment="没有解决。")
    with pytest.raises(NotAllowed):
        proposing.act(operations.rate_proposal, found, member_account(), grade="satisfied")
    ended = proposing.act(operations.end_rating, found)
    assert (ended["satisfaction"], ended["people"][0]["comment"]) == ("dissatisfied", "没有解决。")
    assert proposing.governance.events("proposal_rated")[0]["raters"] == 1


def test_a_reply_is_published_on_its_day(proposing: Proposing) -> None:
    found = proposing.accepted()
    proposing.act(operations.reply_to_proposal, found, proposing.contact, text=REPLY)
    proposing.act(operations.approve_reply, found, proposing.leader)
    scheduled = proposing.act(operations.publish_reply, found, publish_on="2026-03-16")
    assert (scheduled["state"], tasks(proposing)) == ("approved", {})
    proposing.governance.run_timer("publish_scheduled_replies")
    assert proposing.look(found, proposing.proposer)["replies"] == []
    with clock.frozen(datetime(2026, 3, 16, 2, 0, tzinfo=UTC)):
        proposing.governance.run_timer("publish_scheduled_replies")
        assert proposing.look(found, proposing.proposer)["replies"][0]["published_on"] == "2026-03-16"


def test_departments_are_reminded_once_and_told_once_that_they_are_late(proposing: Proposing) -> None:
    found = proposing.accepted()
    moved = len(proposing.governance.events("proposal_moved"))
    for day, overdue in ((date(2026, 5, 6), False), (date(2026, 5, 12), True)):
        with clock.frozen(datetime(day.year, day.month, day.day, 2, tzinfo=UTC)):
            for _ in range(2):
                proposing.governance.run_timer("remind_of_proposals")
                proposing.governance.run_timer("tell_overdue_proposals")
            moved += 1
            events = proposing.governance.events("proposal_moved")
            assert len(events) == moved
            assert (events[-1]["step"], events[-1]["tasks"][0]["overdue"]) == (None, overdue)
            late = proposing.ask(operations.list_proposals, show="overdue")["items"]
            assert [one["id"] for one in late] == ([found["id"]] if overdue else [])


def test_open_proposals_are_checked_each_december(governance: GovernanceHarness) -> None:
    proposing = Proposing(governance, "self_check")
    found = proposing.accepted()
    asked: Any = {"percent": 60, "why": "已完成招标，明年三月施工。"}
    assert proposing.refused(operations.check_proposal, found, proposing.contact, **asked).rule == (
        "proposals.check_is_in_december"
    )
    with clock.frozen(DECEMBER):
        proposing.governance.run_timer("ask_for_self_checks")
        assert "check" in tasks(proposing)
        checked = proposing.act(operations.check_proposal, found, proposing.contact, **asked)
        assert (checked["percent"], checked["checks"][0]["year"]) == (60, 2026)
        assert "check" not in tasks(proposing)
        count = len(proposing.governance.events("proposal_moved"))
        proposing.governance.run_timer("ask_for_self_checks")
        assert len(proposing.governance.events("proposal_moved")) == count


def test_what_waits_passes_to_the_new_contact(proposing: Proposing) -> None:
    found, new = proposing.accepted(), handler(member_account().member_id)  # type: ignore[arg-type]
    department = proposing.ask(departments.get_department, department_id=proposing.lead)
    values = {name: department[name] for name in ("name", "leader_id", "version")}
    proposing.ask(departments.change_department, department_id=proposing.lead, contact_ids=[new.member_id], **values)
    proposing.governance.run_timer("tell_new_contacts")
    assert tasks(proposing)["handle"] == [str(new.member_id)]
    assert proposing.act(operations.reply_to_proposal, found, new, text=REPLY)["state"] == "approving"
    again = proposing.ask(departments.get_department, department_id=proposing.lead)
    stopped = {name: again[name] for name in ("name", "leader_id", "contact_ids", "version")}
    refused = proposing.governance.refused(
        departments.change_department, department_id=proposing.lead, active=False, **stopped
    )
    assert refused.rule == "proposals.department_is_free"


def test_the_steps_of_a_campaign_stay_once_something_was_submitted(proposing: Proposing) -> None:
    campaign = proposing.ask(campaigns.get_proposal_campaign, campaign_id=proposing.campaign)
    values = {name: campaign[name] for name in ("name", "opens_on", "deadline")}
    ref = {"campaign_id": proposing.campaign, **values}
    changed = proposing.ask(campaigns.change_proposal_campaign, **ref, version=1, switches=["hand_back"])
    proposing.submitted()
    refused = proposing.governance.refused(
        campaigns.change_proposal_campaign, **ref, version=changed["version"], switches=[]
    )
    assert refused.rule == "proposals.switches_stay"


def test_a_chair_calls_for_proposals_of_the_own_unit_only(proposing: Proposing) -> None:
    values = {"name": "本院提案", "opens_on": "2026-03-01", "deadline": "2026-03-31T10:00:00+00:00"}
    chair = chair_of(proposing.unit)
    assert proposing.ask(campaigns.add_proposal_campaign, chair, body="unit", unit_id=proposing.unit, **values)
    refused = proposing.governance.refused(campaigns.add_proposal_campaign, chair, body="staff_congress", **values)
    assert refused.rule == "proposals.campaign_is_of_own_unit"


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("group", ["year", "department", "kind", "satisfaction", "outcome", "state"])
def test_figures_by_every_group(proposing: Proposing, group: str) -> None:
    proposing.rated("satisfied")
    words = {
        "year": "2026", "department": proposing.lead, "kind": "campus", "satisfaction": "satisfied", "outcome": None,
        "state": "rated",
    }  # fmt: skip
    found = proposing.ask(operations.proposal_figures, group=group, year=2026)
    assert [(one["word"], one["count"], one["satisfied"]) for one in found["items"]] == [(words[group], 1, 1)]
    assert proposing.ask(operations.proposal_figures, group=group, year=2025)["total"]["count"] == 0


def test_a_proposal_that_is_not_there(proposing: Proposing) -> None:
    with pytest.raises(NotFound):
        proposing.look(proposing.lead)
