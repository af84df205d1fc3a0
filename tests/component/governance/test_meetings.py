"""Meetings: bodies and their members, call, agenda, attendance and quorum, decisions, action items, who sees what."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.identifiers import uuid7
from services.chassis.schema import Operation
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.meetings import actions, bodies, decisions, meetings, motions
from services.contracts.governance.rulebook import operations as rulebook
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.organisation.operations import list_posts
from tests.component.governance.harness import GovernanceHarness
from tests.support.principals import auditor

COMMITTEE, UNIT, OTHER_UNIT = uuid7(), uuid7(), uuid7()
CHAIR, DEPUTY, FIRST, SECOND, THIRD = (uuid7() for _ in range(5))
STARTS = datetime(2026, 3, 13, 6, 0, tzinfo=UTC)
PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
).decode()


def account(member_id: UUID, *grants: Grant) -> Principal:
    return Principal("account", uuid7(), member_id, (Grant("member"), *grants))


def join(governance: GovernanceHarness, member_id: UUID | None, unit_id: UUID) -> None:
    event = governance.example_message(MemberJoined, 1, member_id=member_id, unit_id=unit_id)
    governance.receive("on_member_joined", event)


class Posts:
    """What membership answers: posts by unit and kind, held by a member."""

    def __init__(self) -> None:
        self.rows = [
            (COMMITTEE, "committee_chair", CHAIR),
            (COMMITTEE, "committee_deputy", DEPUTY),
            *((COMMITTEE, "committee_member", one) for one in (FIRST, SECOND, THIRD)),
            (UNIT, "unit_chair", FIRST),
            (OTHER_UNIT, "unit_chair", SECOND),
        ]

    def __call__(self, asked: Any) -> dict[str, Any]:
        found = [
            {"unit_id": str(unit), "kind": kind, "member_id": str(member)}
            for unit, kind, member in self.rows
            if asked.get("unit_id") in (None, str(unit))
            and asked.get("kind") in (None, kind)
            and asked.get("member_id") in (None, str(member))
        ]
        start = int(asked["cursor"] or 0)
        more = start + 2 < len(found)
        return {"items": found[start : start + 2], "next_cursor": str(start + 2) if more else None}


@pytest.fixture
def posts(governance: GovernanceHarness) -> Posts:
    for name in ("national", "demo"):
        governance.ask(rulebook.adopt_rule_set, ruleset=name)
    found = Posts()
    governance.answers[list_posts.id] = found
    return found


@pytest.fixture
def body(governance: GovernanceHarness, posts: Posts) -> dict[str, Any]:
    return a_body(governance)


def a_body(governance: GovernanceHarness, **changes: Any) -> dict[str, Any]:
    values = {
        "name": "女职工委员会", "kind": "committee", "unit_id": COMMITTEE,
        "post_kinds": ["committee_member", "committee_deputy", "committee_chair"], "chair_kind": "committee_chair",
        **changes,
    }  # fmt: skip
    return governance.ask(bodies.add_meeting_body, **values)  # type: ignore[no-any-return]


def plan(governance: GovernanceHarness, body_id: str, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
    values = {
        "body_id": body_id, "title": "三月例会", "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=2),
        "place": "行政楼 301", **changes,
    }  # fmt: skip
    return governance.ask(meetings.plan_meeting, by, **values)  # type: ignore[no-any-return]


def do(
    governance: GovernanceHarness, operation: Operation, one: Any, by: Principal | None = None, /, **more: Any
) -> Any:
    return governance.ask(operation, by, meeting_id=one["id"], **more)


def called(governance: GovernanceHarness, body: dict[str, Any], *titles: str) -> dict[str, Any]:
    """Return a meeting that was called, with an item for each title."""
    meeting = plan(governance, body["id"])
    for title in titles or ("三八节活动方案",):
        do(governance, meetings.add_meeting_item, meeting, title=title, kind="vote")
    return do(governance, meetings.convene_meeting, meeting)  # type: ignore[no-any-return]


def opened(governance: GovernanceHarness, body: dict[str, Any], present: tuple[UUID, ...], *titles: str) -> Any:
    """Return an open meeting with some of its members present."""
    meeting = called(governance, body, *titles)
    attend(governance, meeting, *present)
    return do(governance, meetings.open_meeting, meeting)


def attend(governance: GovernanceHarness, meeting: Any, *members: UUID, how: str = "present") -> Any:
    marks = [{"member_id": one, "attendance": how} for one in members]
    return do(governance, meetings.mark_attendance, meeting, marks=marks)


def decide(governance: GovernanceHarness, meeting: Any, place: int = 0, **votes: Any) -> Any:
    item = meeting["items"][place]
    values = {"item_id": item["id"], "title": item["title"], "text": "同意方案，经费不超过 8000 元。", **votes}
    return do(governance, decisions.record_meeting_decision, meeting, **values)


@pytest.fixture
def on_the_day() -> Any:
    with clock.frozen(STARTS):
        yield


@pytest.mark.databases("postgresql", "sqlite")
def test_a_motion_becomes_a_decision_and_something_to_do(governance: GovernanceHarness, body: dict[str, Any]) -> None:
    proposer = account(THIRD)
    text = "建议三八节组织健康讲座。"
    motion = governance.ask(motions.submit_motion, proposer, body_id=body["id"], title="三八节讲座", text=text)
    meeting = plan(governance, body["id"])
    do(governance, meetings.add_meeting_item, meeting, motion_id=motion["id"], kind="vote")
    convened = do(governance, meetings.convene_meeting, meeting)
    assert next((seat["member_id"], seat["role"]) for seat in convened["seats"]) == (str(CHAIR), "chair")
    assert convened["entitled"] == 5
    with clock.frozen(STARTS):
        attend(governance, meeting, CHAIR, DEPUTY, FIRST, THIRD)
        held = do(governance, meetings.open_meeting, meeting)
        assert (held["quorum"]["needed"], held["quorum"]["present"], held["quorum"]["missing"]) == (4, 4, 0)
        decision = decide(governance, held, votes_for=3, votes_against=1)
        assert (decision["number"], decision["outcome"], decision["needed"]) == ("2026-0001", "passed", 3)
        item = do(
            governance,
            actions.add_action_item,
            meeting,
            text="联系校医院定讲座时间",
            owner_id=THIRD,
            due_on="2026-03-20",
        )
        do(governance, meetings.end_meeting, meeting)
        told = governance.ask(actions.finish_action_item, proposer, action_item_id=item["id"], note="已定 3 月 18 日。")
    assert (told["state"], told["percent"], told["done_on"]) == ("done", 100, "2026-03-13")
    moved = [event["state"] for event in governance.events("motion_submitted", "motion_moved")]
    assert moved == ["submitted", "placed", "passed"]
    (announced,) = governance.events("motion_decided")
    assert (announced["number"], announced["outcome"]) == ("2026-0001", "passed")
    assert governance.events("meeting_convened")[0]["member_ids"][0] == str(CHAIR)


def test_the_list_of_members_is_frozen_when_the_meeting_is_called(
    governance: GovernanceHarness, posts: Posts, body: dict[str, Any]
) -> None:
    meeting = plan(governance, body["id"])
    do(governance, meetings.add_meeting_item, meeting, title="例会")
    newcomer = uuid7()
    posts.rows = [row for row in posts.rows if row[2] != SECOND] + [(COMMITTEE, "committee_member", newcomer)]
    convened = do(governance, meetings.convene_meeting, meeting)
    assert {seat["member_id"] for seat in convened["seats"]} == {
        str(one) for one in (CHAIR, DEPUTY, FIRST, THIRD, newcomer)
    }

    posts.rows = []
    assert len(do(governance, meetings.get_meeting, meeting)["seats"]) == 5
    empty = governance.refused(
        meetings.plan_meeting, body_id=body["id"], title="空会", starts_at=STARTS, ends_at=STARTS + timedelta(hours=1),
        place="301",
    )  # fmt: skip
    assert empty.rule == "meetings.body_has_members"


def test_a_joint_meeting_takes_its_members_from_all_units_each_once(
    governance: GovernanceHarness, posts: Posts
) -> None:
    posts.rows += [(COMMITTEE, "union_chair", CHAIR), (COMMITTEE, "union_officer", FIRST)]
    joint = a_body(
        governance, name="联席议事会", kind="joint", unit_id=None,
        post_kinds=["unit_chair", "union_officer", "union_chair"], chair_kind="union_chair",
    )  # fmt: skip
    meeting = plan(governance, joint["id"])
    seats = do(governance, meetings.get_meeting, meeting)["seats"]
    assert [(seat["member_id"], seat["role"]) for seat in seats] == [
        (str(CHAIR), "chair"), (str(FIRST), "member"), (str(SECOND), "member"),
    ]  # fmt: skip


def test_the_quorum_is_checked_at_the_opening_and_again_at_each_decision(
    governance: GovernanceHarness, body: dict[str, Any], on_the_day: None
) -> None:
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = called(governance, body, "议程一", "议程二")
        early = governance.refused(meetings.open_meeting, meeting_id=meeting["id"])
    assert early.rule == "meetings.day_has_come"
    attend(governance, meeting, CHAIR, DEPUTY, FIRST)
    few = governance.refused(meetings.open_meeting, meeting_id=meeting["id"])
    assert (few.rule, few.params["missing"], few.params["document"]) == (
        "meetings.quorum_is_there", 1, "工会会议议事惯例",
    )  # fmt: skip
    attend(governance, meeting, THIRD)
    held = do(governance, meetings.open_meeting, meeting)
    assert decide(governance, held, vote_way="consent")["votes_for"] == 4

    attend(governance, meeting, THIRD, how="left")
    item = held["items"][1]
    gone = governance.refused(
        decisions.record_meeting_decision, meeting_id=meeting["id"], item_id=item["id"], title="二项", text="同意",
        votes_for=3,
    )  # fmt: skip
    assert gone.rule == "meetings.quorum_is_there"
    ended = do(governance, meetings.end_meeting, meeting)
    assert {seat["attendance"] for seat in ended["seats"]} == {"present", "left", "absent"}


def test_guests_count_neither_for_the_quorum_nor_for_the_vote(
    governance: GovernanceHarness, body: dict[str, Any], on_the_day: None
) -> None:
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = called(governance, body)
    guest = uuid7()
    unknown = governance.refused(meetings.set_meeting_seat, meeting_id=meeting["id"], member_id=guest, role="guest")
    assert unknown.rule == "meetings.member_is_known"
    join(governance, guest, UNIT)
    do(governance, meetings.set_meeting_seat, meeting, member_id=guest, role="guest")
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, guest)
    assert governance.refused(meetings.open_meeting, meeting_id=meeting["id"]).rule == "meetings.quorum_is_there"
    attend(governance, meeting, SECOND)
    held = do(governance, meetings.open_meeting, meeting)
    assert (held["entitled"], held["present"]) == (5, 4)
    item = held["items"][0]
    many = governance.refused(
        decisions.record_meeting_decision, meeting_id=meeting["id"], item_id=item["id"], title="方案", text="同意",
        votes_for=5,
    )  # fmt: skip
    assert many.rule == "meetings.votes_fit"
    kept = governance.refused(meetings.set_meeting_seat, meeting_id=meeting["id"], member_id=FIRST, role="guest")
    assert kept.rule == "meetings.voter_stays"


def test_without_a_rule_no_meeting_is_opened_and_the_page_names_it(governance: GovernanceHarness) -> None:
    governance.answers[list_posts.id] = Posts()
    meeting = called(governance, a_body(governance))
    assert meeting["quorum"]["missing_rule"] == "meeting.committee.quorum"
    with clock.frozen(STARTS):
        attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND, THIRD)
        refused = governance.refused(meetings.open_meeting, meeting_id=meeting["id"])
    assert (refused.code, refused.rule) == ("no_rule_in_force", "meeting.committee.quorum")


def test_a_replaced_and_a_voided_decision_keep_their_numbers(
    governance: GovernanceHarness, body: dict[str, Any], on_the_day: None
) -> None:
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = called(governance, body, "议程一", "议程二", "议程三")
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND)
    held = do(governance, meetings.open_meeting, meeting)
    first = decide(governance, held, 0, votes_for=4)
    wrong = decide(governance, held, 1, votes_for=4, replaces_id=first["id"])
    assert governance.ask(decisions.get_meeting_decision, decision_id=first["id"])["state"] == "replaced"
    voided = governance.ask(decisions.void_meeting_decision, decision_id=wrong["id"], reason="票数记错")
    assert (voided["number"], voided["state"]) == ("2026-0002", "voided")
    again = decide(governance, held, 1, votes_for=2, votes_against=2, replaces_id=first["id"])
    assert (again["number"], again["outcome"]) == ("2026-0003", "rejected")
    assert governance.ask(decisions.get_meeting_decision, decision_id=first["id"])["state"] == "standing"
    twice = governance.refused(decisions.void_meeting_decision, decision_id=wrong["id"], reason="再作废")
    assert twice.rule == "meetings.decision_stands"


def test_postponed_motions_and_those_of_a_cancelled_meeting_wait_for_another(
    governance: GovernanceHarness, body: dict[str, Any], on_the_day: None
) -> None:
    with clock.frozen(STARTS - timedelta(days=1)):
        made = [
            governance.ask(motions.submit_motion, body_id=body["id"], title=f"议题{n}", text="请讨论这一项。")
            for n in range(3)
        ]
        meeting, other = plan(governance, body["id"]), plan(governance, body["id"], title="四月例会")
        for motion in made[:2]:
            do(governance, meetings.add_meeting_item, meeting, motion_id=motion["id"])
        do(governance, meetings.add_meeting_item, other, motion_id=made[2]["id"])
        assert governance.refused(meetings.add_meeting_item, meeting_id=other["id"], motion_id=made[0]["id"]).rule == (
            "workflow.meeting_motion"
        )
        do(governance, meetings.convene_meeting, meeting)
        do(governance, meetings.cancel_meeting, other, reason="并入三月例会")
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND)
    held = do(governance, meetings.open_meeting, meeting)
    do(governance, meetings.postpone_meeting_item, meeting, item_id=held["items"][0]["id"])
    do(governance, meetings.end_meeting, meeting)
    states = [governance.ask(motions.get_motion, motion_id=motion["id"])["state"] for motion in made]
    assert states == ["postponed", "postponed", "submitted"]


def test_who_sees_and_runs_a_meeting(governance: GovernanceHarness, body: dict[str, Any]) -> None:
    presides, mere, stranger = account(CHAIR), account(FIRST), account(uuid7())
    meeting = plan(governance, body["id"], presides)
    assert governance.refused(
        meetings.plan_meeting, mere, body_id=body["id"], title="例会二", starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=1), place="301",
    ).rule == "meetings.planner_presides"  # fmt: skip
    assert (
        governance.refused(meetings.get_meeting, mere, meeting_id=meeting["id"]).rule
        == "meetings.are_for_their_members"
    )
    do(governance, meetings.add_meeting_item, meeting, presides, title="例会")
    do(governance, meetings.convene_meeting, meeting, presides)

    seen = do(governance, meetings.get_meeting, meeting, mere)
    assert (seen["own_attendance"], seen["actions"]) == ("expected", ["answer"])
    assert do(governance, meetings.answer_call, meeting, mere, attendance="excused")["own_attendance"] == "excused"
    assert (
        governance.refused(meetings.cancel_meeting, mere, meeting_id=meeting["id"], reason="不开了").code
        == "not_allowed"
    )
    assert governance.refused(meetings.get_meeting, stranger, meeting_id=meeting["id"]).code == "not_allowed"
    other_chair = account(uuid7(), Grant("chair", OTHER_UNIT))
    assert governance.refused(meetings.get_meeting, other_chair, meeting_id=meeting["id"]).code == "not_allowed"
    assert do(governance, meetings.get_meeting, meeting, auditor())["actions"] == []
    listed = [
        len(governance.ask(meetings.list_meetings, one)["items"]) for one in (presides, mere, stranger, auditor())
    ]
    assert listed == [1, 1, 0, 1]


def test_units_meetings_stay_in_the_unit_and_published_decisions_reach_its_members(
    governance: GovernanceHarness, posts: Posts, on_the_day: None
) -> None:
    chair, colleague, elsewhere = account(FIRST, Grant("chair", UNIT)), account(uuid7()), account(uuid7())
    join(governance, colleague.member_id, UNIT)
    join(governance, elsewhere.member_id, OTHER_UNIT)
    posts.rows.append((UNIT, "women_member", THIRD))
    body = a_body(
        governance, name="计算机学院分工会", kind="unit", unit_id=UNIT, post_kinds=["unit_chair", "women_member"],
        chair_kind="unit_chair",
    )  # fmt: skip
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = plan(governance, body["id"], chair)
        do(governance, meetings.add_meeting_item, meeting, chair, title="春游", kind="vote")
        do(governance, meetings.convene_meeting, meeting, chair)
    attend(governance, meeting, FIRST, THIRD)
    held = do(governance, meetings.open_meeting, meeting, chair)
    decision = decide(governance, held, vote_way="consent")

    def sees(by: Principal) -> int:
        return len(governance.ask(decisions.list_meeting_decisions, by)["items"])

    assert (sees(chair), sees(colleague), sees(elsewhere)) == (1, 0, 0)
    governance.ask(decisions.publish_meeting_decision, chair, decision_id=decision["id"], published=True)
    assert (sees(chair), sees(colleague), sees(elsewhere)) == (1, 1, 0)
    hidden = governance.refused(decisions.get_meeting_decision, elsewhere, decision_id=decision["id"])
    assert hidden.rule == "meetings.decision_is_published"


def test_who_may_make_a_motion(governance: GovernanceHarness, body: dict[str, Any]) -> None:
    wanted = {"body_id": body["id"], "title": "健身房开放时间", "text": "建议延长到晚上九点。"}
    for by in (account(THIRD), account(uuid7(), Grant("chair", OTHER_UNIT)), None):
        assert governance.ask(motions.submit_motion, by, **wanted)["state"] == "submitted"
    stranger = account(uuid7())
    assert governance.refused(motions.submit_motion, stranger, **wanted).rule == "meetings.proposer_belongs"

    own = governance.ask(motions.list_motions, account(THIRD))["items"]
    assert [motion["proposer_id"] for motion in own] == [str(THIRD)]
    declined = governance.ask(motions.decline_motion, motion_id=own[0]["id"], reason="今年已延长")
    assert declined["state"] == "declined"
    late = governance.refused(motions.withdraw_motion, account(THIRD), motion_id=own[0]["id"])
    assert (late.rule, late.params["legal"]) == ("workflow.meeting_motion", [])


def test_action_items_are_reminded_of_once_before_and_once_after_their_day(
    governance: GovernanceHarness, body: dict[str, Any], on_the_day: None
) -> None:
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = called(governance, body)
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND)
    do(governance, meetings.open_meeting, meeting)
    due = {"text": "报送总结", "owner_id": FIRST, "due_on": "2026-03-20"}
    item = do(governance, actions.add_action_item, meeting, **due)
    past = governance.refused(actions.add_action_item, meeting_id=meeting["id"], **{**due, "due_on": "2026-03-12"})
    assert past.rule == "meetings.due_day_is_ahead"

    def told(day: int) -> list[bool]:
        with clock.frozen(datetime(2026, 3, day, 2, 0, tzinfo=UTC)):
            governance.run_timer("tell_due_action_items")
            governance.run_timer("tell_due_action_items")
        return [event["overdue"] for event in governance.events("action_item_due")]

    assert [told(16), told(17), told(20), told(21)] == [[], [False], [False], [False, True]]
    with clock.frozen(datetime(2026, 3, 21, 2, 0, tzinfo=UTC)):
        (late,) = governance.ask(actions.list_action_items, account(FIRST), mine=True, show="overdue")["items"]
        assert late["overdue"]
        changed = {"owner_id": SECOND, "due_on": "2026-03-28", "reason": "人员调整"}
        governance.ask(actions.change_action_item, action_item_id=item["id"], **changed)
        assert governance.refused(
            actions.report_progress, account(uuid7()), action_item_id=item["id"], percent=50, note="一半"
        ).code == "not_allowed"  # fmt: skip
        moved = governance.ask(
            actions.report_progress, account(SECOND), action_item_id=item["id"], percent=50, note="一半"
        )
        assert [step["step"] for step in moved["history"]] == ["assign", "change", "progress"]
    assert told(26) == [False, True, False]


def test_documents_go_with_their_item(governance: GovernanceHarness, body: dict[str, Any]) -> None:
    meeting = plan(governance, body["id"])
    item = do(governance, meetings.add_meeting_item, meeting, title="预算")["items"][0]
    file = {"document": "预算表", "name": "a.png", "media_type": "image/png", "content": PNG}
    kept = do(governance, meetings.attach_meeting_document, meeting, item_id=item["id"], **file)["documents"][0]
    opened_file = governance.ask(meetings.open_meeting_document, meeting_id=meeting["id"], document_id=kept["id"])
    assert opened_file["name"] == "预算表.png"
    left = do(governance, meetings.remove_meeting_item, meeting, item_id=item["id"])
    assert (left["items"], left["documents"]) == ([], [])
    assert governance.stored("SELECT count(*) FROM stored_file") == [(0,)]
