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
from services.membership.standing.use_cases import deciding, forgetting, leaving, reading
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases import forgetting as transfers
from services.membership.transfer.use_cases import requesting
from tests.component.membership.union import Union, account, asked, chair_of, roster_row

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


def decide(union: Union, member: UUID, **values: Any) -> dict[str, Any]:
    with union.acting(union.officer) as tx:
        return deciding.record_decision(tx, asked(contract.record_decision, member_id=member, **values))


def reinstate(union: Union, member: UUID, **values: Any) -> dict[str, Any]:
    given = {"decided_by": "校工会委员会", "decided_on": TODAY, "reason": "原决定有误", **values}
    with union.acting(union.officer) as tx:
        return deciding.reinstate_member(tx, asked(contract.reinstate_member, member_id=member, **given))


def record(union: Union, member: UUID) -> Member:
    with union.database.session() as session:
        return session.get_one(Member, member)


@pytest.mark.parametrize(
    ("decision", "standing"),
    [(EXPULSION, "expelled"), (DEEMED, "deemed_withdrawn"), (LEAVE, "withdrawn"), (DEATH, "deceased")],
)
def test_a_decision_ends_the_membership_and_what_hangs_on_it(
    any_union: Union, decision: dict[str, Any], standing: str
) -> None:
    member = any_union.member(1)
    any_union.seat("00", "judge", member, TODAY - timedelta(days=9))
    with any_union.acting(any_union.officer) as tx:
        request = {"member_id": member, "to_unit_id": any_union.units["02"], "reason": "调动"}
        requesting.request_transfer(tx, asked(transfer_contract.request_transfer, **request))
    change = decide(any_union, member, **decision)
    assert (change["old_standing"], change["new_standing"]) == ("transferring", standing)
    found = record(any_union, member)
    assert (found.standing, found.left_on, found.unit_id) == (standing, TODAY, any_union.units["01"])
    with any_union.database.session() as session:
        assert session.scalar(sa.select(Transfer.state)) == "lapsed"
    assert [event["standing"] for event in any_union.events("member_left")] == [standing]
    assert len(any_union.events("post_ended")) == 1
    assert decision["reason"] not in str(any_union.events("member_left", "member_updated", "transfer_ended"))


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
def test_nothing_ends_a_membership_without_its_record(any_union: Union, decision: dict[str, Any], rule: str) -> None:
    member = any_union.member(1)
    with pytest.raises(Refused) as refused:
        decide(any_union, member, **decision)
    assert refused.value.rule == rule
    assert record(any_union, member).standing == "active"


def test_nobody_decides_about_himself_and_nothing_ends_twice(any_union: Union) -> None:
    member = any_union.member(1)
    himself = Principal("account", None, member, (Grant("officer"),))
    with any_union.acting(himself) as tx, pytest.raises(Refused):
        deciding.record_decision(tx, asked(contract.record_decision, member_id=member, **LEAVE))
    decide(any_union, member, **LEAVE)
    with pytest.raises(Refused):
        decide(any_union, member, **EXPULSION)


def test_a_member_asks_to_leave_and_may_stay_after_all(any_union: Union) -> None:
    member = any_union.member(1)
    himself = account(member)

    def ask() -> dict[str, Any]:
        with any_union.acting(himself) as tx:
            return leaving.request_leave(tx, asked(contract.request_leave, reason="个人原因"))

    leave = ask()
    with pytest.raises(Refused):
        ask()
    assert record(any_union, member).standing == "active"
    with any_union.acting(account(any_union.member(2))) as tx, pytest.raises(NotAllowed):
        leaving.take_back_leave(tx, {"leave_id": leave["id"]})
    with any_union.acting(himself) as tx:
        assert leaving.take_back_leave(tx, {"leave_id": leave["id"]})["state"] == "taken_back"
    ask()
    decide(any_union, member, **LEAVE)
    with any_union.acting(any_union.officer) as tx:
        listed = leaving.list_leave_requests(tx, asked(contract.list_leave_requests, with_total=True))
    assert [row["state"] for row in listed["items"]] == ["taken_back", "declared"]
    assert [event["outcome"] for event in any_union.events("leave_ended")] == ["taken_back", "declared"]


def test_a_wrong_decision_is_undone(any_union: Union) -> None:
    member = any_union.member(1)
    number = record(any_union, member).number
    decide(any_union, member, **DEATH)
    change = reinstate(any_union, member)
    found = record(any_union, member)
    assert (change["kind"], found.standing, found.left_on, found.number) == ("reinstatement", "active", None, number)
    with pytest.raises(Refused) as refused:
        reinstate(any_union, member)
    assert refused.value.rule == "standing.membership_has_ended"


def test_reasons_are_for_the_member_and_the_office_only(any_union: Union) -> None:
    member = any_union.member(1)
    decide(any_union, member, **EXPULSION)

    def seen(by: Principal) -> list[Any]:
        with any_union.acting(by) as tx:
            page = reading.list_standing_changes(tx, asked(contract.list_standing_changes, with_total=True))
        return [row["reason"] for row in page["items"]]

    assert seen(any_union.officer) == ["严重违反章程"]
    assert seen(account(member)) == ["严重违反章程"]
    assert seen(chair_of(any_union.units["01"])) == [None]
    assert seen(chair_of(any_union.units["02"])) == []
    with any_union.acting(account(member)) as tx:
        found = reading.member_standing(tx, asked(contract.member_standing))
    assert found["keeps"] == ("number", "history")
    assert "vote" in found["ended"]


def rejoin(union: Union, order: int, unit: str = "02") -> dict[str, Any]:
    """Apply anew with the person of a roster row, and approve."""
    return union.approve(apply_again(union, order, unit))


def apply_again(union: Union, order: int, unit: str = "02") -> UUID:
    row = roster_row(union.units[unit], order)
    stated = {name: row[name] for name in ("name", "gender", "birth_date", "id_number", "phone", "employment")}
    made = union.apply(order, by=account(), unit=unit, **stated)
    union.review(made["id"])
    found: UUID = made["id"]
    return found


def test_whoever_joins_again_has_his_number_and_history_again(any_union: Union) -> None:
    member = any_union.member(1)
    number = record(any_union, member).number
    decide(any_union, member, **LEAVE)
    approved = rejoin(any_union, 1)
    assert approved["number"] == number
    found = record(any_union, member)
    assert (found.standing, found.unit_id, found.left_on) == ("active", any_union.units["02"], None)
    joined = any_union.events("member_joined")
    assert [(event["member_id"], event["rejoined"]) for event in joined] == [(str(member), False), (str(member), True)]
    fresh = any_union.member(2)
    assert record(any_union, fresh).number == "M000002"
    with any_union.acting(any_union.officer) as tx:
        page = reading.list_standing_changes(tx, asked(contract.list_standing_changes, member_id=member))
    assert [row["kind"] for row in page["items"]] == ["rejoining", "withdrawal"]


def test_a_person_recorded_as_deceased_is_not_admitted_again(any_union: Union) -> None:
    decide(any_union, any_union.member(1), **DEATH)
    with pytest.raises(Refused):
        rejoin(any_union, 1)


def test_rejoining_and_reinstating_at_once_make_one_membership(any_union: Union) -> None:
    member = any_union.member(1)
    decide(any_union, member, **LEAVE)
    application = apply_again(any_union, 1)

    def run(one: Any) -> str:
        try:
            one()
        except Problem as problem:
            return problem.rule or ""
        return "done"

    work = [lambda: any_union.approve(application), lambda: reinstate(any_union, member)]
    outcomes = list(eventlet.GreenPool(2).imap(run, work))
    assert outcomes.count("done") == 1
    with any_union.database.session() as session:
        assert [tuple(row) for row in session.execute(sa.select(Member.id, Member.standing))] == [(member, "active")]


def test_time_forgets_why_but_not_that_a_standing_changed(any_union: Union) -> None:
    member = any_union.member(1)
    with any_union.acting(any_union.officer) as tx:
        request = {"member_id": member, "to_unit_id": any_union.units["02"], "reason": "调动"}
        requesting.request_transfer(tx, asked(transfer_contract.request_transfer, **request))
    decide(any_union, member, **DEEMED)
    with any_union.acting(any_union.officer) as tx:
        forgetting.forget_reasons(tx, [member])
        transfers.forget_reasons(tx, [member])
    with any_union.acting(any_union.officer) as tx:
        (kept,) = reading.list_standing_changes(tx, asked(contract.list_standing_changes))["items"]
        assert tx.session.scalar(sa.select(Transfer.reason)) is None
    assert (kept["kind"], kept["reason"], kept["talk_note"]) == ("deemed_withdrawal", None, None)


def test_a_membership_begun_anew_does_not_overlap_the_one_before(any_union: Union) -> None:
    member = any_union.member(1)
    decide(any_union, member, **LEAVE)
    left_on = record(any_union, member).left_on
    assert left_on is not None
    asked_for = apply_again(any_union, 1)
    with pytest.raises(Refused) as refused:
        any_union.approve(asked_for, joined_on=left_on - timedelta(days=1))
    assert (refused.value.rule, refused.value.params["left_on"]) == ("record.joins_after_leaving", left_on.isoformat())
    any_union.approve(asked_for, joined_on=left_on)
    assert record(any_union, member).joined_on == left_on
