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
from services.membership.record.tables import Member
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases import deciding, ending
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import chair_of, member_account

WAY = ("transfer_requested", "transfer_released", "transfer_approved", "transfer_ended", "unit_changed")
TERM = today() - timedelta(days=100)


@pytest.fixture
def moving(membership: MembershipHarness) -> tuple[MembershipHarness, UUID, Principal, Principal]:
    """A union whose two units have chairs, a member of the first unit, and the two chairs."""
    member = membership.member(1)
    for order, unit in ((2, "01"), (3, "02")):
        membership.seat(unit, "unit_chair", membership.member(order, unit), TERM)
    return membership, member, chair_of(membership.units["01"]), chair_of(membership.units["02"])


def ask(membership: MembershipHarness, by: Principal, unit: str = "02", **values: Any) -> dict[str, Any]:
    given = {"to_unit_id": membership.units[unit], "reason": "工作调动", **values}
    return membership.ask_typed(contract.request_transfer, by, **given)


def decide(membership: MembershipHarness, by: Principal, transfer: Any, decision: str, **values: Any) -> dict[str, Any]:
    given = {"transfer_id": transfer["id"], "decision": decision, **values}
    return membership.ask_typed(contract.decide_transfer, by, **given)


def withdraw(membership: MembershipHarness, by: Principal, transfer: Any) -> dict[str, Any]:
    given = {"transfer_id": transfer["id"], "reason": "不调了"}
    return membership.ask_typed(contract.withdraw_transfer, by, **given)


def place_of(membership: MembershipHarness, member: UUID) -> tuple[UUID, str]:
    with membership.database.session() as session:
        found = session.get_one(Member, member)
        return found.unit_id, found.standing


@pytest.mark.databases("postgresql", "sqlite")
def test_a_member_is_transferred_when_both_units_agree(moving: Any) -> None:
    membership, member, old, new = moving
    transfer = ask(membership, member_account(member))
    assert transfer["state"] == "requested"
    assert place_of(membership, member) == (membership.units["01"], "transferring")
    assert decide(membership, old, transfer, "release")["state"] == "released"
    done = decide(membership, new, transfer, "accept")
    assert done["state"] == "effective"
    assert [step["action"] for step in done["steps"]] == [
        "release", "accept", "take_effect",
    ]  # fmt: skip
    assert place_of(membership, member) == (membership.units["02"], "active")
    told = membership.events(*WAY)
    assert [event["type"] for event in told] == list(WAY)
    assert "工作调动" not in str(told)


def test_the_chair_who_asks_for_his_member_has_released_him(moving: Any) -> None:
    membership, member, old, new = moving
    transfer = ask(membership, old, member_id=member)
    assert transfer["state"] == "released"
    assert decide(membership, new, transfer, "accept")["state"] == "effective"


def test_only_the_units_decide_and_nobody_about_himself(moving: Any) -> None:
    membership, member, old, new = moving
    transfer = ask(membership, member_account(member))
    himself = Principal("account", None, member, (Grant("chair", membership.units["01"]), Grant("officer")))
    for nobody in (himself, membership.officer, chair_of(membership.units["00"])):
        with pytest.raises(NotAllowed):
            decide(membership, nobody, transfer, "release")
    with pytest.raises(NotAllowed):
        decide(membership, new, transfer, "release")
    with pytest.raises(NotAllowed):
        decide(membership, old, decide(membership, old, transfer, "release"), "accept")


def test_an_officer_stands_in_where_a_unit_has_no_chair(membership: MembershipHarness) -> None:
    member = membership.member(1)
    transfer = ask(membership, membership.officer, member_id=member)
    decide(membership, membership.officer, transfer, "release")
    assert decide(membership, membership.officer, transfer, "accept")["state"] == "effective"


def test_a_refused_or_withdrawn_transfer_leaves_the_member_active_where_he_is(moving: Any) -> None:
    membership, member, old, _ = moving
    decide(membership, old, ask(membership, member_account(member)), "refuse", reason="教学任务未结束")
    assert place_of(membership, member) == (membership.units["01"], "active")
    himself = member_account(member)
    withdraw(membership, himself, ask(membership, himself))
    assert place_of(membership, member) == (membership.units["01"], "active")
    listed = membership.ask_typed(contract.list_transfers, himself, with_total=True)
    assert [row["state"] for row in listed["items"]] == ["withdrawn", "refused"]
    assert listed["total"] == 2


def test_a_transfer_takes_effect_on_its_day_by_the_clock(moving: Any) -> None:
    membership, member, old, new = moving
    transfer = ask(membership, old, member_id=member, effective_on=today() + timedelta(days=3))
    assert decide(membership, new, transfer, "accept")["state"] == "accepted"
    with membership.transaction() as tx:
        assert deciding.take_due_effect(tx) == 0
    assert place_of(membership, member) == (membership.units["01"], "transferring")
    with membership.transaction() as tx:
        tx.today = today() + timedelta(days=3)
        assert deciding.take_due_effect(tx) == 1
    assert place_of(membership, member) == (membership.units["02"], "active")


def test_a_transfer_to_a_unit_that_closed_meanwhile_lapses(moving: Any) -> None:
    membership, member, old, new = moving
    transfer = ask(membership, old, member_id=member, effective_on=today() + timedelta(days=3))
    decide(membership, new, transfer, "accept")
    with membership.database.session() as session:
        session.execute(sa.text("UPDATE unit SET active = false WHERE code = '02'"))
    with membership.transaction() as tx:
        tx.today = today() + timedelta(days=3)
        deciding.take_due_effect(tx)
    assert place_of(membership, member) == (membership.units["01"], "active")


def test_who_may_not_be_transferred(moving: Any) -> None:
    membership, member, _, _ = moving
    transfer = ask(membership, member_account(member))
    for wrong, rule in (
        (lambda: ask(membership, member_account(member)), "transfer.one_at_a_time"),
        (
            lambda: ask(membership, membership.officer, member_id=membership.member(9), unit="01"),
            "transfer.unit_is_another",
        ),
        (
            lambda: ask(membership, membership.officer, member_id=membership.member(8), unit="00"),
            "organisation.unit_takes_members",
        ),
        (
            lambda: ask(membership, membership.officer, member_id=membership.member(7), effective_on=date(2020, 1, 1)),
            "transfer.effective_day_is_possible",
        ),
    ):
        with pytest.raises(Refused) as refused:
            wrong()
        assert refused.value.rule == rule
    with pytest.raises(NotAllowed):
        ask(membership, chair_of(membership.units["02"]), member_id=membership.member(6))
    correction = {"member_id": member, "version": 2, "unit_id": membership.units["02"], "reason": "更正"}
    with pytest.raises(Refused):
        membership.ask_typed(record_contract.change_unit, **correction)
    assert withdraw(membership, membership.officer, transfer)["state"] == "withdrawn"


def test_a_transfer_out_ends_the_membership_when_the_union_accepts(moving: Any) -> None:
    membership, member, old, _ = moving
    transfer = ask(membership, old, member_id=member, to_unit_id=None, other_union="江东大学工会")
    assert decide(membership, membership.officer, transfer, "accept")["state"] == "effective"
    assert place_of(membership, member) == (membership.units["01"], "withdrawn")
    assert [event["standing"] for event in membership.events("member_left")] == ["withdrawn"]


def test_a_transfer_in_keeps_the_former_union_and_number(moving: Any) -> None:
    membership, member, _, _ = moving
    given = {
        "member_id": member, "other_union": "江东大学工会", "former_number": "JD-0042",
        "member_since": date(2005, 9, 1), "reason": "调入",
    }  # fmt: skip
    noted = membership.ask_typed(contract.record_transfer_in, **given)
    assert (noted["kind"], noted["state"], noted["former_number"]) == ("in", "effective", "JD-0042")
    assert place_of(membership, member)[1] == "active"


@pytest.mark.databases("postgresql", "sqlite")
def test_transfers_follow_merged_units(moving: Any) -> None:
    membership, member, old, _ = moving
    membership.found("03")
    ask(membership, old, member_id=member)
    with membership.transaction(membership.officer) as tx:
        ending.follow_units(tx, {membership.units["01"]: membership.units["03"]})
    with membership.database.session() as session:
        assert session.scalar(sa.select(Transfer.from_unit_id)) == membership.units["03"]
    with membership.transaction(membership.officer) as tx:
        ending.follow_units(tx, {membership.units["02"]: membership.units["03"]})
    with membership.database.session() as session:
        assert session.scalar(sa.select(Transfer.state)) == "lapsed"
    assert place_of(membership, member)[1] == "active"


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
    membership, member, _, _ = moving
    membership.found("03")
    outcomes = together(
        *(lambda unit=unit: ask(membership, member_account(member), unit) for unit in ("02", "03", "02", "03"))
    )
    assert sorted(outcomes) == ["done"] + ["transfer.one_at_a_time"] * 3
    assert place_of(membership, member) == (membership.units["01"], "transferring")


def test_accepting_and_withdrawing_at_once_have_one_outcome(moving: Any) -> None:
    membership, member, old, new = moving
    transfer = ask(membership, old, member_id=member)
    outcomes = together(
        lambda: decide(membership, new, transfer, "accept"), lambda: withdraw(membership, membership.officer, transfer),
        lambda: decide(membership, new, transfer, "accept"),
    )  # fmt: skip
    assert outcomes.count("done") == 1
    with membership.database.session() as session:
        state = session.scalar(sa.select(Transfer.state))
    expected = {"effective": (membership.units["02"], "active"), "withdrawn": (membership.units["01"], "active")}
    assert place_of(membership, member) == expected[state]


def test_accepting_while_the_unit_is_merged_leaves_everybody_in_one_open_unit(moving: Any) -> None:
    membership, member, old, new = moving
    membership.found("03")
    transfer = ask(membership, old, member_id=member)

    def merge() -> None:
        with membership.database.session() as session:
            version = session.get_one(Unit, membership.units["02"]).version
        given = {"unit_id": membership.units["02"], "into_unit_id": membership.units["03"], "version": version}
        membership.ask(merge_unit, **given, reason="学院合并")

    outcomes = together(lambda: decide(membership, new, transfer, "accept"), merge)
    assert outcomes[1] == "done"
    unit, standing = place_of(membership, member)
    # Accepted first, the member moved too; merged first, the transfer leads to the other unit or waits for an answer.
    assert (unit, standing) in {(membership.units["03"], "active"), (membership.units["01"], "transferring")}
    with membership.database.session() as session:
        state, to_unit = session.execute(sa.select(Transfer.state, Transfer.to_unit_id)).one()
        assert session.get_one(Unit, unit).active
    assert (state, to_unit) in {("effective", membership.units["02"]), ("effective", membership.units["03"]),
                                ("released", membership.units["03"])}  # fmt: skip
