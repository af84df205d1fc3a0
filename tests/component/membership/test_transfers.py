"""Transfers: both units agree, one switch in one transaction; at no moment is a member in two units or in none."""

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
from services.contracts.membership import transfer as contract
from services.contracts.membership.organisation.unit_changes import merge_unit
from services.contracts.membership.record import operations as record_contract
from services.membership.organisation.tables import Unit
from services.membership.organisation.use_cases import merging
from services.membership.record.tables import Member
from services.membership.record.use_cases import changing
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases import deciding, ending, reading, requesting
from tests.component.membership.union import Union, account, asked, chair_of

WAY = ("transfer_requested", "transfer_released", "transfer_approved", "transfer_ended", "unit_changed")
TERM = today() - timedelta(days=100)


@pytest.fixture
def moving(any_union: Union) -> tuple[Union, UUID, Principal, Principal]:
    """A union whose two units have chairs, a member of the first unit, and the two chairs."""
    union = any_union
    member = union.member(1)
    for order, unit in ((2, "01"), (3, "02")):
        union.seat(unit, "unit_chair", union.member(order, unit), TERM)
    return union, member, chair_of(union.units["01"]), chair_of(union.units["02"])


def ask(union: Union, by: Principal, unit: str = "02", **values: Any) -> dict[str, Any]:
    given = {"to_unit_id": union.units[unit], "reason": "工作调动", **values}
    with union.acting(by) as tx:
        return requesting.request_transfer(tx, asked(contract.request_transfer, **given))


def decide(union: Union, by: Principal, transfer: Any, decision: str, **values: Any) -> dict[str, Any]:
    given = {"transfer_id": transfer["id"], "decision": decision, **values}
    with union.acting(by) as tx:
        return deciding.decide_transfer(tx, asked(contract.decide_transfer, **given))


def withdraw(union: Union, by: Principal, transfer: Any) -> dict[str, Any]:
    given = {"transfer_id": transfer["id"], "reason": "不调了"}
    with union.acting(by) as tx:
        return requesting.withdraw_transfer(tx, asked(contract.withdraw_transfer, **given))


def place_of(union: Union, member: UUID) -> tuple[UUID, str]:
    with union.database.session() as session:
        found = session.get_one(Member, member)
        return found.unit_id, found.standing


def test_a_member_is_transferred_when_both_units_agree(moving: Any) -> None:
    union, member, old, new = moving
    transfer = ask(union, account(member))
    assert transfer["state"] == "requested"
    assert place_of(union, member) == (union.units["01"], "transferring")
    assert decide(union, old, transfer, "release")["state"] == "released"
    done = decide(union, new, transfer, "accept")
    assert done["state"] == "effective"
    assert [step["action"] if isinstance(step, dict) else step.action for step in done["steps"]] == [
        "release", "accept", "take_effect",
    ]  # fmt: skip
    assert place_of(union, member) == (union.units["02"], "active")
    told = union.events(*WAY)
    assert [event["type"] for event in told] == list(WAY)
    assert "工作调动" not in str(told)


def test_the_chair_who_asks_for_his_member_has_released_him(moving: Any) -> None:
    union, member, old, new = moving
    transfer = ask(union, old, member_id=member)
    assert transfer["state"] == "released"
    assert decide(union, new, transfer, "accept")["state"] == "effective"


def test_only_the_units_decide_and_nobody_about_himself(moving: Any) -> None:
    union, member, old, new = moving
    transfer = ask(union, account(member))
    himself = Principal("account", None, member, (Grant("chair", union.units["01"]), Grant("officer")))
    for nobody in (himself, union.officer, chair_of(union.units["00"])):
        with pytest.raises(NotAllowed):
            decide(union, nobody, transfer, "release")
    with pytest.raises(NotAllowed):
        decide(union, new, transfer, "release")
    with pytest.raises(NotAllowed):
        decide(union, old, decide(union, old, transfer, "release"), "accept")


def test_an_officer_stands_in_where_a_unit_has_no_chair(any_union: Union) -> None:
    member = any_union.member(1)
    transfer = ask(any_union, any_union.officer, member_id=member)
    decide(any_union, any_union.officer, transfer, "release")
    assert decide(any_union, any_union.officer, transfer, "accept")["state"] == "effective"


def test_a_refused_or_withdrawn_transfer_leaves_the_member_active_where_he_is(moving: Any) -> None:
    union, member, old, _ = moving
    decide(union, old, ask(union, account(member)), "refuse", reason="教学任务未结束")
    assert place_of(union, member) == (union.units["01"], "active")
    himself = account(member)
    withdraw(union, himself, ask(union, himself))
    assert place_of(union, member) == (union.units["01"], "active")
    with union.acting(himself) as tx:
        listed = reading.list_transfers(tx, asked(contract.list_transfers, with_total=True))
    assert [row["state"] for row in listed["items"]] == ["withdrawn", "refused"]
    assert listed["total"] == 2


def test_a_transfer_takes_effect_on_its_day_by_the_clock(moving: Any) -> None:
    union, member, old, new = moving
    transfer = ask(union, old, member_id=member, effective_on=today() + timedelta(days=3))
    assert decide(union, new, transfer, "accept")["state"] == "accepted"
    with union.acting() as tx:
        assert deciding.take_due_effect(tx) == 0
    assert place_of(union, member) == (union.units["01"], "transferring")
    with union.acting() as tx:
        tx.today = today() + timedelta(days=3)
        assert deciding.take_due_effect(tx) == 1
    assert place_of(union, member) == (union.units["02"], "active")


def test_a_transfer_to_a_unit_that_closed_meanwhile_lapses(moving: Any) -> None:
    union, member, old, new = moving
    transfer = ask(union, old, member_id=member, effective_on=today() + timedelta(days=3))
    decide(union, new, transfer, "accept")
    with union.database.session() as session:
        session.execute(sa.text("UPDATE unit SET active = false WHERE code = '02'"))
    with union.acting() as tx:
        tx.today = today() + timedelta(days=3)
        deciding.take_due_effect(tx)
    assert place_of(union, member) == (union.units["01"], "active")


def test_who_may_not_be_transferred(moving: Any) -> None:
    union, member, _, _ = moving
    transfer = ask(union, account(member))
    for wrong, rule in (
        (lambda: ask(union, account(member)), "transfer.one_at_a_time"),
        (lambda: ask(union, union.officer, member_id=union.member(9), unit="01"), "transfer.unit_is_another"),
        (lambda: ask(union, union.officer, member_id=union.member(8), unit="00"), "organisation.unit_takes_members"),
        (
            lambda: ask(union, union.officer, member_id=union.member(7), effective_on=date(2020, 1, 1)),
            "transfer.effective_day_is_possible",
        ),
    ):
        with pytest.raises(Refused) as refused:
            wrong()
        assert refused.value.rule == rule
    with pytest.raises(NotAllowed):
        ask(union, chair_of(union.units["02"]), member_id=union.member(6))
    correction = {"member_id": member, "version": 2, "unit_id": union.units["02"], "reason": "更正"}
    with union.acting(union.officer) as tx, pytest.raises(Refused):
        changing.change_unit(tx, asked(record_contract.change_unit, **correction))
    assert withdraw(union, union.officer, transfer)["state"] == "withdrawn"


def test_a_transfer_out_ends_the_membership_when_the_union_accepts(moving: Any) -> None:
    union, member, old, _ = moving
    transfer = ask(union, old, member_id=member, to_unit_id=None, other_union="江东大学工会")
    assert decide(union, union.officer, transfer, "accept")["state"] == "effective"
    assert place_of(union, member) == (union.units["01"], "withdrawn")
    assert [event["standing"] for event in union.events("member_left")] == ["withdrawn"]


def test_a_transfer_in_keeps_the_former_union_and_number(moving: Any) -> None:
    union, member, _, _ = moving
    given = {
        "member_id": member, "other_union": "江东大学工会", "former_number": "JD-0042",
        "member_since": date(2005, 9, 1), "reason": "调入",
    }  # fmt: skip
    with union.acting(union.officer) as tx:
        noted = requesting.record_transfer_in(tx, asked(contract.record_transfer_in, **given))
    assert (noted["kind"], noted["state"], noted["former_number"]) == ("in", "effective", "JD-0042")
    assert place_of(union, member)[1] == "active"


def test_transfers_follow_merged_units(moving: Any) -> None:
    union, member, old, _ = moving
    union.found("03")
    ask(union, old, member_id=member)
    with union.acting(union.officer) as tx:
        ending.follow_units(tx, {union.units["01"]: union.units["03"]})
    with union.database.session() as session:
        assert session.scalar(sa.select(Transfer.from_unit_id)) == union.units["03"]
    with union.acting(union.officer) as tx:
        ending.follow_units(tx, {union.units["02"]: union.units["03"]})
    with union.database.session() as session:
        assert session.scalar(sa.select(Transfer.state)) == "lapsed"
    assert place_of(union, member)[1] == "active"


def together(*work: Any) -> list[str]:
    """Do things at once; tell of each whether it was done or refused."""

    def run(one: Any) -> str:
        try:
            one()
        except Problem as problem:
            return problem.rule or type(problem).__name__
        return "done"

    return list(eventlet.GreenPool(len(work)).imap(run, work))


def test_of_two_transfers_at_once_one_is_under_way(moving: Any) -> None:
    union, member, _, _ = moving
    union.found("03")
    outcomes = together(*(lambda unit=unit: ask(union, account(member), unit) for unit in ("02", "03", "02", "03")))
    assert sorted(outcomes) == ["done"] + ["transfer.one_at_a_time"] * 3
    assert place_of(union, member) == (union.units["01"], "transferring")


def test_accepting_and_withdrawing_at_once_have_one_outcome(moving: Any) -> None:
    union, member, old, new = moving
    transfer = ask(union, old, member_id=member)
    outcomes = together(
        lambda: decide(union, new, transfer, "accept"), lambda: withdraw(union, union.officer, transfer),
        lambda: decide(union, new, transfer, "accept"),
    )  # fmt: skip
    assert outcomes.count("done") == 1
    with union.database.session() as session:
        state = session.scalar(sa.select(Transfer.state))
    expected = {"effective": (union.units["02"], "active"), "withdrawn": (union.units["01"], "active")}
    assert place_of(union, member) == expected[state]


def test_accepting_while_the_unit_is_merged_leaves_everybody_in_one_open_unit(moving: Any) -> None:
    union, member, old, new = moving
    union.found("03")
    transfer = ask(union, old, member_id=member)

    def merge() -> None:
        with union.acting(union.officer) as tx:
            version = tx.session.get_one(Unit, union.units["02"]).version
            given = {"unit_id": union.units["02"], "into_unit_id": union.units["03"], "version": version}
            merging.merge_unit(tx, asked(merge_unit, **given, reason="学院合并"))

    outcomes = together(lambda: decide(union, new, transfer, "accept"), merge)
    assert outcomes[1] == "done"
    unit, standing = place_of(union, member)
    # Accepted first, the member moved with the unit; merged first, the transfer leads to the other unit or stays open.
    assert (unit, standing) in {(union.units["03"], "active"), (union.units["01"], "transferring")}
    with union.database.session() as session:
        state, to_unit = session.execute(sa.select(Transfer.state, Transfer.to_unit_id)).one()
        assert session.get_one(Unit, unit).active
    assert (state, to_unit) in {("effective", union.units["02"]), ("effective", union.units["03"]),
                                ("released", union.units["03"])}  # fmt: skip
