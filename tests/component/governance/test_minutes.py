"""Minutes: revisions, two who save at once, circulation, approval, and who reads them when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import Conflict, Problem
from services.chassis.security.principal import Principal
from services.contracts.governance.meetings import decisions, meetings, minutes
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.test_meetings import (
    CHAIR,
    DEPUTY,
    FIRST,
    SECOND,
    STARTS,
    account,
    attend,
    body,
    called,
    decide,
    do,
    on_the_day,
    posts,
)
from tests.support.at_once import at_once
from tests.support.principals import auditor

__all__ = ["body", "on_the_day", "posts"]
FIRST_TEXT, SECOND_TEXT = "会议由王主席主持。\n一、通报工作。", "会议由王主席主持。\n一、通报工作。\n二、表决方案。"


@pytest.fixture
def held(governance: GovernanceHarness, body: dict[str, Any], on_the_day: None) -> dict[str, Any]:
    """A meeting that is open, with its secretary."""
    with clock.frozen(STARTS - timedelta(days=1)):
        meeting = called(governance, body)
    do(governance, meetings.set_meeting_seat, meeting, member_id=SECOND, role="secretary")
    attend(governance, meeting, CHAIR, DEPUTY, FIRST, SECOND)
    return do(governance, meetings.open_meeting, meeting)  # type: ignore[no-any-return]


def save(governance: GovernanceHarness, meeting: Any, base: int, text: str, by: Principal | None = None) -> Any:
    return governance.ask(minutes.save_minutes, by, meeting_id=meeting["id"], base=base, text=text)


@pytest.mark.databases("postgresql", "sqlite")
def test_minutes_are_written_circulated_and_approved(governance: GovernanceHarness, held: dict[str, Any]) -> None:
    secretary, chair, mere = account(SECOND), account(CHAIR), account(FIRST)
    save(governance, held, 0, FIRST_TEXT, secretary)
    latest = save(governance, held, 1, SECOND_TEXT, secretary)
    assert (latest["number"], latest["state"]) == (2, "draft")
    ref = {"meeting_id": held["id"]}
    assert governance.refused(minutes.get_minutes, mere, **ref).rule == "meetings.minutes_are_circulated"
    assert governance.refused(minutes.circulate_minutes, secretary, **ref).rule == "meetings.has_ended"
    decision = decide(governance, held, votes_for=4)
    do(governance, meetings.end_meeting, held)
    governance.ask(minutes.circulate_minutes, secretary, **ref)
    assert governance.ask(minutes.get_minutes, mere, **ref)["text"] == SECOND_TEXT
    assert governance.refused(minutes.approve_minutes, secretary, **ref).code == "not_allowed"
    assert governance.refused(meetings.resume_meeting, **ref).rule == "meetings.minutes_are_not_out"

    governance.ask(minutes.return_minutes, chair, **ref, reason="补上票数")
    third = save(governance, held, 2, SECOND_TEXT + "\n赞成 4 票。", secretary)
    assert (third["number"], third["reason"]) == (3, "补上票数")
    governance.ask(minutes.circulate_minutes, secretary, **ref)
    approved = governance.ask(minutes.approve_minutes, chair, **ref)
    assert approved["minutes_state"] == "approved"
    signed = governance.ask(minutes.get_minutes, **ref)
    assert (signed["state"], signed["approved_by"], signed["actions"]) == ("approved", str(CHAIR), [])
    assert governance.refused(minutes.save_minutes, **ref, base=3, text="改写").rule == "workflow.meeting_minutes"
    late = governance.refused(decisions.void_meeting_decision, decision_id=decision["id"], reason="票数记错")
    assert late.rule == "meetings.minutes_are_not_approved"
    told = [event["type"] for event in governance.events("minutes_circulated", "minutes_returned", "minutes_approved")]
    assert told == ["minutes_circulated", "minutes_returned", "minutes_circulated", "minutes_approved"]


def test_who_wrote_the_minutes_does_not_approve_them(governance: GovernanceHarness, held: dict[str, Any]) -> None:
    chair, ref = account(CHAIR), {"meeting_id": held["id"]}
    save(governance, held, 0, FIRST_TEXT, chair)
    do(governance, meetings.end_meeting, held)
    governance.ask(minutes.circulate_minutes, chair, **ref)
    assert governance.refused(minutes.approve_minutes, chair, **ref).rule == "meetings.approver_did_not_write"
    assert governance.ask(minutes.approve_minutes, **ref)["minutes_state"] == "approved"


def test_the_second_saver_is_told_and_both_versions_can_be_read(
    governance: GovernanceHarness, held: dict[str, Any]
) -> None:
    save(governance, held, 0, FIRST_TEXT)
    save(governance, held, 1, SECOND_TEXT)
    second = governance.refused(minutes.save_minutes, account(SECOND), meeting_id=held["id"], base=1, text="另一种写法")
    assert (second.code, second.rule, second.params) == (
        "conflict", "minutes.nobody_saved_meanwhile", {"base": 1, "latest": 2},
    )  # fmt: skip
    ref = {"meeting_id": held["id"]}
    assert governance.ask(minutes.get_minutes, **ref)["text"] == SECOND_TEXT
    assert governance.ask(minutes.get_minutes, **ref, number=1)["text"] == FIRST_TEXT
    merged = save(governance, held, 2, SECOND_TEXT + "\n另一种写法", account(SECOND))
    assert (merged["number"], merged["member_id"]) == (3, str(SECOND))
    revisions = governance.ask(minutes.list_minutes_revisions, auditor(), **ref)["items"]
    assert [(one["number"], one["base"]) for one in revisions] == [(3, 2), (2, 1), (1, 0)]


@pytest.mark.databases("postgresql", "sqlite")
def test_of_many_who_save_at_once_one_is_kept_and_no_text_is_lost_unseen(
    governance: GovernanceHarness, held: dict[str, Any]
) -> None:
    save(governance, held, 0, FIRST_TEXT)
    answers = at_once(4, lambda order: save(governance, held, 1, f"{FIRST_TEXT}\n第 {order} 人写的。"))
    refused = [answer for answer in answers if isinstance(answer, Problem)]
    (kept,) = [answer for answer in answers if not isinstance(answer, Problem)]
    assert {type(one) for one in refused} == {Conflict}
    assert (len(refused), kept["number"]) == (3, 2)
    assert governance.ask(minutes.get_minutes, meeting_id=held["id"])["text"] == kept["text"]


def test_the_same_text_makes_no_revision_and_no_word_is_stored_in_the_clear(
    governance: GovernanceHarness, held: dict[str, Any]
) -> None:
    save(governance, held, 0, FIRST_TEXT)
    assert [save(governance, held, base, FIRST_TEXT)["number"] for base in (1, 0)] == [1, 1]
    governance.ask_keyed(str(uuid4()), minutes.save_minutes, meeting_id=held["id"], base=1, text=SECOND_TEXT)
    for table in ("minutes_revision", "executed_command"):
        assert "表决方案" not in str(governance.stored(f"SELECT * FROM {table}"))
