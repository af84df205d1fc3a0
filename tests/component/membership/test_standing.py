"""How a membership ends by a recorded decision, comes back when that was wrong, and is joined again with its number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis.clock import today
from services.chassis.errors import NotAllowed, Problem, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership import transfer as transfer_contract
from services.contracts.membership.standing import operations as contract
from services.membership.record.tables import Member
from services.membership.standing.use_cases import forgetting
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases import forgetting as transfers
from tests.component.membership.harness import MembershipHarness, roster_row
from tests.support.principals import applicant_account, chair_of, member_account

TODAY = today()
EXPULSION = {
    "kind": "expulsion", "decided_by": "校工会委员会", "decided_on": TODAY, "meeting": "六届四次全委会",
    "document": "校工〔2026〕12 号", "reason": "严重违反章程",
}  # fmt: skip
DEEMED = {
    "kind": "deemed_withdrawal", "decided_by": "校工会委员会", "decided_on": TODAY, "meeting": "六届四次全委会",
    "reason": "连续六个月不缴会费、不参加活动", "unpaid_since": TODAY - timedelta(days=220),
    "inactive_since": TODAY - timedelta(days=200), "talked_on": TODAY - timedelta(days=10), "talk_note": "谈话后仍拒缴",
}  # fmt: skip
LEAVE = {"kind": "withdrawal", "decided_by": "校工会委员会", "decided_on": TODAY, "reason": "本人申请"}
DEATH = {"kind": "death", "decided_by": "校工会", "decided_on": TODAY, "reason": "病逝"}


def decide(membership: MembershipHarness, member: UUID, **values: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.record_decision, member_id=member, **values)


def reinstate(membership: MembershipHarness, member: UUID, **values: Any) -> dict[str, Any]:
    given = {"decided_by": "校工会委员会", "decided_on": TODAY, "reason": "原决定有误", **values}
    return membership.ask_typed(contract.reinstate_member, member_id=member, **given)


def record(membership: MembershipHarness, member: UUID) -> Member:
    with membership.database.session() as session:
        return session.get_one(Member, member)


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize(
    ("decision", "standing"),
    [(EXPULSION, "expelled"), (DEEMED, "deemed_withdrawn"), (LEAVE, "withdrawn"), (DEATH, "deceased")],
)
def test_a_decision_ends_the_membership_and_what_hangs_on_it(
    membership: MembershipHarness, decision: dict[str, Any], standing: str
) -> None:
    member = membership.member(1)
    membership.seat("00", "judge", member, TODAY - timedelta(days=9))
    request = {"member_id": member, "to_unit_id": membership.units["02"], "reason": "调动"}
    membership.ask_typed(transfer_contract.request_transfer, **request)
    change = decide(membership, member, **decision)
    assert (change["old_standing"], change["new_standing"]) == ("transferring", standing)
    found = record(membership, member)
    assert (found.standing, found.left_on, found.unit_id) == (standing, TODAY, membership.units["01"])
    with membership.database.session() as session:
        assert session.scalar(sa.select(Transfer.state)) == "lapsed"
    assert [event["standing"] for event in membership.events("member_left")] == [standing]
    assert len(membership.events("post_ended")) == 1
    assert decision["reason"] not in str(membership.events("member_left", "member_updated", "transfer_ended"))


@pytest.mark.parametrize(
    ("decision", "rule"),
    [
        ({**EXPULSION, "meeting": None}, "standing.decision_is_recorded"),
        ({**EXPULSION, "document": None}, "standing.decision_is_recorded"),
        ({**DEEMED, "talk_note": None}, "standing.decision_is_recorded"),
        ({**DEEMED, "unpaid_since": TODAY - timedelta(days=100)}, "standing.six_months_have_passed"),
        ({**DEEMED, "inactive_since": TODAY - timedelta(days=1)}, "standing.six_months_have_passed"),
        ({**LEAVE, "decided_on": TODAY + timedelta(days=1)}, "standing.days_are_in_order"),
        ({**LEAVE, "effective_on": date(1999, 1, 1)}, "standing.days_are_in_order"),
        ({**DEEMED, "talked_on": date(1999, 1, 1)}, "standing.grounds_lie_in_membership"),
        ({**DEEMED, "unpaid_since": date(1999, 1, 1)}, "standing.grounds_lie_in_membership"),
        ({**LEAVE, "inactive_since": date(1999, 1, 1)}, "standing.grounds_lie_in_membership"),
    ],
)
def test_nothing_ends_a_membership_without_its_record(
    membership: MembershipHarness, decision: dict[str, Any], rule: str
) -> None:
    member = membership.member(1)
    with pytest.raises(Refused) as refused:
        decide(membership, member, **decision)
    assert refused.value.rule == rule
    assert record(membership, member).standing == "active"


def test_nobody_decides_about_himself_and_nothing_ends_twice(membership: MembershipHarness) -> None:
    member = membership.member(1)
    himself = Principal("account", None, member, (Grant("officer"),))
    with pytest.raises(Refused):
        membership.ask_typed(contract.record_decision, himself, member_id=member, **LEAVE)
    decide(membership, member, **LEAVE)
    with pytest.raises(Refused):
        decide(membership, member, **EXPULSION)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_member_asks_to_leave_and_may_stay_after_all(membership: MembershipHarness) -> None:
    member = membership.member(1)
    himself = member_account(member)

    def ask() -> dict[str, Any]:
        return membership.ask_typed(contract.request_leave, himself, reason="个人原因")

    leave = ask()
    with pytest.raises(Refused):
        ask()
    assert record(membership, member).standing == "active"
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.take_back_leave, member_account(membership.member(2)), leave_id=leave["id"])
    assert membership.ask_typed(contract.take_back_leave, himself, leave_id=leave["id"])["state"] == "taken_back"
    ask()
    decide(membership, member, **LEAVE)
    listed = membership.ask_typed(contract.list_leave_requests, with_total=True)
    assert [row["state"] for row in listed["items"]] == ["taken_back", "declared"]
    assert [event["outcome"] for event in membership.events("leave_ended")] == ["taken_back", "declared"]


def test_a_wrong_decision_is_undone(membership: MembershipHarness) -> None:
    member = membership.member(1)
    number = record(membership, member).number
    decide(membership, member, **DEATH)
    change = reinstate(membership, member)
    found = record(membership, member)
    assert (change["kind"], found.standing, found.left_on, found.number) == ("reinstatement", "active", None, number)
    with pytest.raises(Refused) as refused:
        reinstate(membership, member)
    assert refused.value.rule == "standing.membership_has_ended"


def test_reasons_are_for_the_member_and_the_office_only(membership: MembershipHarness) -> None:
    member = membership.member(1)
    decide(membership, member, **EXPULSION)

    def seen(by: Principal) -> list[Any]:
        page = membership.ask_typed(contract.list_standing_changes, by, with_total=True)
        return [row["reason"] for row in page["items"]]

    assert seen(membership.officer) == ["严重违反章程"]
    assert seen(member_account(member)) == ["严重违反章程"]
    assert seen(chair_of(membership.units["01"])) == [None]
    assert seen(chair_of(membership.units["02"])) == []
    found = membership.ask_typed(contract.member_standing, member_account(member))
    assert found["keeps"] == ["number", "history"]
    assert "vote" in found["ended"]


def rejoin(membership: MembershipHarness, order: int, unit: str = "02") -> dict[str, Any]:
    """Apply anew with the person of a roster row, and approve."""
    return membership.approve(apply_again(membership, order, unit))


def apply_again(membership: MembershipHarness, order: int, unit: str = "02") -> UUID:
    row = roster_row(membership.units[unit], order)
    stated = {name: row[name] for name in ("name", "gender", "birth_date", "id_number", "phone", "employment")}
    made = membership.apply(order, by=applicant_account(), unit=unit, **stated)
    membership.review(made["id"])
    found: UUID = made["id"]
    return found


@pytest.mark.databases("postgresql", "sqlite")
def test_whoever_joins_again_has_his_number_and_history_again(membership: MembershipHarness) -> None:
    member = membership.member(1)
    number = record(membership, member).number
    decide(membership, member, **LEAVE)
    approved = rejoin(membership, 1)
    assert approved["number"] == number
    found = record(membership, member)
    assert (found.standing, found.unit_id, found.left_on) == ("active", membership.units["02"], None)
    joined = membership.events("member_joined")
    assert [(event["member_id"], event["rejoined"]) for event in joined] == [(str(member), False), (str(member), True)]
    fresh = membership.member(2)
    assert record(membership, fresh).number == "M000002"
    page = membership.ask_typed(contract.list_standing_changes, member_id=member)
    assert [row["kind"] for row in page["items"]] == ["rejoining", "withdrawal"]


def test_a_person_recorded_as_deceased_is_not_admitted_again(membership: MembershipHarness) -> None:
    decide(membership, membership.member(1), **DEATH)
    with pytest.raises(Refused):
        rejoin(membership, 1)


def test_rejoining_and_reinstating_at_once_make_one_membership(membership: MembershipHarness) -> None:
    member = membership.member(1)
    decide(membership, member, **LEAVE)
    application = apply_again(membership, 1)

    def run(one: Any) -> str:
        try:
            one()
        except Problem as problem:
            return problem.rule or ""
        return "done"

    work = [lambda: membership.approve(application), lambda: reinstate(membership, member)]
    outcomes = list(eventlet.GreenPool(2).imap(run, work))
    assert outcomes.count("done") == 1
    with membership.database.session() as session:
        assert [tuple(row) for row in session.execute(sa.select(Member.id, Member.standing))] == [(member, "active")]


def test_time_forgets_why_but_not_that_a_standing_changed(membership: MembershipHarness) -> None:
    member = membership.member(1)
    request = {"member_id": member, "to_unit_id": membership.units["02"], "reason": "调动"}
    membership.ask_typed(transfer_contract.request_transfer, **request)
    decide(membership, member, **DEEMED)
    with membership.transaction(membership.officer) as tx:
        forgetting.forget_reasons(tx, [member])
        transfers.forget_reasons(tx, [member])
    (kept,) = membership.ask_typed(contract.list_standing_changes)["items"]
    with membership.database.session() as session:
        assert session.scalar(sa.select(Transfer.reason)) is None
    assert (kept["kind"], kept["reason"], kept["talk_note"]) == ("deemed_withdrawal", None, None)


def test_a_membership_begun_anew_does_not_overlap_the_one_before(membership: MembershipHarness) -> None:
    member = membership.member(1)
    decide(membership, member, **LEAVE)
    left_on = record(membership, member).left_on
    assert left_on is not None
    asked_for = apply_again(membership, 1)
    with pytest.raises(Refused) as refused:
        membership.approve(asked_for, joined_on=left_on - timedelta(days=1))
    assert (refused.value.rule, refused.value.params["left_on"]) == ("record.joins_after_leaving", left_on.isoformat())
    membership.approve(asked_for, joined_on=left_on)
    assert record(membership, member).joined_on == left_on
