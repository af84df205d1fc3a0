"""Lists of cash and goods: duplicates first, the unit's own members, counted by two, who sees which gifts."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest

from services.contracts.welfare.charity import operations as contract
from services.contracts.welfare.charity.vocabulary import GIFT_ORDERS
from tests.component.welfare.charity.drives import TODAY, Drive
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import chair_of, member_account, officer


def test_the_same_list_twice_shows_its_duplicates_first(drive: Drive) -> None:
    first, second = drive.member(), drive.member()
    lines = ((first, "50.00"), (second, "20.00"), (None, "10.00"))
    assert drive.enter(*lines)["stored"]
    again = drive.enter(*lines)
    assert (again["stored"], len(again["duplicates"])) == (False, 3)
    assert len(drive.gifts()) == 3
    twice = drive.enter((first, "1.00"), (first, "1.00"), way="cash")
    assert twice["repeated"] == [str(first.member_id)]
    assert drive.enter((first, "5.00"), again=True)["stored"]
    assert len(drive.gifts()) == 4


def test_of_a_list_entered_again_only_what_is_new_is_added(drive: Drive) -> None:
    first, second = drive.member(), drive.member()
    lines = ((first, "50.00"), (None, "10.00"))
    drive.enter(*lines)
    more = drive.enter(*lines, (None, "10.00"), (second, "20.00"), only_new=True)
    assert [(one["member_id"], one["amount"]) for one in more["gifts"]] == [
        (None, "10.00"),
        (str(second.member_id), "20.00"),
    ]
    assert len(more["codes"]) == 1
    third = drive.member()
    doubled = drive.enter(*lines, (third, "1.00"), (third, "2.00"), only_new=True)
    assert (doubled["stored"], doubled["repeated"]) == (False, [str(third.member_id)])
    nothing = [{"member_id": first.member_id, "amount": "50.00"}]
    values = {"unit_id": drive.unit, "way": "cash", "given_on": TODAY, "gifts": nothing, "only_new": True}
    assert drive.refused(contract.enter_gifts, drive.chair, **values) == "charity.something_is_new"
    assert len(drive.gifts()) == 4


def test_a_chair_does_not_learn_of_transfers_by_duplicates_or_lists(drive: Drive) -> None:
    giver = drive.member()
    drive.give(giver, "transfer")
    drive.give(giver, "payroll")
    assert drive.enter((giver, "50.00"))["stored"]
    assert {row["way"] for row in drive.gifts(drive.chair)} == {"cash"}
    assert {row["way"] for row in drive.gifts(drive.chair, way="transfer")} == set()
    assert {row["way"] for row in drive.gifts()} == {"cash", "transfer", "payroll"}


def test_a_list_is_of_the_units_own_members_by_its_own_chair(drive: Drive, welfare: WelfareHarness) -> None:
    stranger = drive.member(welfare.other_unit)
    lines = [{"member_id": stranger.member_id, "amount": "5.00"}]
    listed = {"unit_id": drive.unit, "way": "cash", "given_on": TODAY, "gifts": lines}
    assert drive.refused(contract.enter_gifts, drive.chair, **listed) == "charity.givers_are_of_the_unit"
    assert drive.refused(contract.enter_gifts, chair_of(welfare.other_unit), **listed) == "own_unit"
    drive.enter((drive.member(), "5.00"))
    assert drive.gifts(chair_of(welfare.other_unit)) == []


@pytest.mark.parametrize(
    ("way", "line"),
    [
        ("cash", {}),
        ("cash", {"amount": "5.00", "goods": "棉被", "quantity": "2 床"}),
        ("goods", {"goods": "棉被"}),
        ("goods", {"goods": "棉被", "quantity": "2 床", "amount": "5.00"}),
    ],
)
def test_an_incomplete_line_is_refused(drive: Drive, way: str, line: dict[str, str]) -> None:
    listed = {"unit_id": drive.unit, "way": way, "given_on": TODAY, "gifts": [line]}
    assert drive.refused(contract.enter_gifts, drive.chair, **listed) == "charity.line_is_complete"


def test_goods_have_no_price_and_an_officer_confirms_them(drive: Drive) -> None:
    line = {"member_id": drive.member().member_id, "goods": "棉被", "quantity": "2 床"}
    (gift,) = drive.enter(way="goods", gifts=[line])["gifts"]
    assert (gift["amount"], gift["quantity"]) == (None, "2 床")
    drive.confirm(gift)
    assert drive.close()["totals"]["goods"] == [{"goods": "棉被", "quantity": "2 床"}]


def test_cash_is_confirmed_when_two_persons_find_the_sum_of_the_list(drive: Drive) -> None:
    drive.enter((drive.member(), "50.00"), (drive.member(), "20.00"))
    first = drive.count("70.00")
    assert (first["counted"], first["second_at"]) == (None, None)
    assert drive.count("70.00")["second_at"] is None, "the same person counted twice"
    assert {row["state"] for row in drive.gifts()} == {"noted"}
    second = drive.count("70.00", drive.auditor)
    assert (second["counted"], second["gifts"]) == ("70.00", 2)
    assert {row["state"] for row in drive.gifts()} == {"confirmed"}
    assert drive.refused(contract.count_cash, unit_id=drive.unit, counted="70.00") == "charity.cash_is_there"


def test_a_wrong_count_confirms_nothing_and_is_counted_again(drive: Drive, welfare: WelfareHarness) -> None:
    drive.enter((drive.member(), "70.00"))
    drive.count("60.00")
    assert drive.count("70.00", drive.auditor)["second_at"] is None
    assert drive.count("60.00", drive.auditor)["second_at"] is None
    assert drive.count("60.00")["second_at"] is None, "both found what the list does not say"
    drive.count("70.00", drive.auditor)
    assert drive.count("70.00", welfare.officer)["second_at"]


def test_a_changed_list_is_counted_anew(drive: Drive, welfare: WelfareHarness) -> None:
    (gift,) = drive.enter((drive.member(), "50.00"))["gifts"]
    drive.count("50.00")
    drive.enter((drive.member(), "20.00"))
    assert drive.count("70.00", drive.auditor)["second_at"] is None
    welfare.ask(contract.withdraw_gift, drive.chair, gift_id=gift["id"], reason="登记错误")
    assert drive.count("20.00", drive.auditor)["second_at"] is None
    assert drive.count("20.00", officer())["second_at"]


def test_cash_and_deductions_are_not_confirmed_one_by_one(drive: Drive, welfare: WelfareHarness) -> None:
    (cash,) = drive.enter((drive.member(), "50.00"))["gifts"]
    for gift in (cash, drive.give(drive.member())):
        assert welfare.refused(contract.confirm_gift, gift_id=gift["id"]).rule == "charity.gift_can_be_confirmed"


def test_a_confirmed_gift_stays_and_only_its_keeper_withdraws_it(drive: Drive, welfare: WelfareHarness) -> None:
    transfer = drive.give(drive.member(), "transfer")
    refusal = welfare.refused(contract.withdraw_gift, drive.chair, gift_id=transfer["id"])
    assert refusal.rule == "charity.gift_is_ones_own"
    refusal = welfare.refused(contract.withdraw_gift, member_account(), gift_id=transfer["id"])
    assert refusal.rule == "charity.gift_is_ones_own"
    drive.confirm(transfer)
    assert welfare.refused(contract.withdraw_gift, gift_id=transfer["id"], reason="重复").rule == "workflow.gift"


def test_lists_are_searched_and_sorted_but_never_by_amount(drive: Drive) -> None:
    for reference in ("A-1", "B-2"):
        drive.give(drive.member(), "transfer", reference=reference)
    assert [row["reference"] for row in drive.gifts(q="a-1")] == ["A-1"]
    assert [row["reference"] for row in drive.gifts(sort="entered_at")] == ["A-1", "B-2"]
    assert not [order for order in GIFT_ORDERS if "amount" in order]
    for order in GIFT_ORDERS:
        assert len(drive.gifts(sort=order)) == 2


def test_totals_hide_few_givers_also_where_they_could_be_subtracted(drive: Drive) -> None:
    units = [uuid4() for _ in range(3)]
    for unit, givers in zip(units, (5, 6, 2), strict=True):
        drive.transferred(givers, "10.00", unit)
    totals = drive.close()["totals"]
    told = {row["unit_id"]: row["amount"] for row in totals["units"]}
    assert totals["amount"] == "130.00"
    assert told == {str(units[0]): None, str(units[1]): "60.00", str(units[2]): None}
    assert [row["unit_id"] for row in totals["units"]] == sorted(str(unit) for unit in units)
    assert all(set(row) == {"unit_id", "amount"} for row in totals["units"]), "no number of people, no sum a head"


def test_a_drive_of_few_tells_no_sum(drive: Drive) -> None:
    drive.transferred(4)
    totals = drive.close()["totals"]
    assert totals["amount"] is None
    assert {row["amount"] for row in totals["units"] + totals["ways"]} == {None}


def test_anonymous_gifts_that_a_chair_adds_do_not_uncover_a_transfer(drive: Drive, welfare: WelfareHarness) -> None:
    """Four coins entered without name do not make five givers of one."""
    drive.transferred(1, "500.00")
    drive.transferred(6, "10.00", welfare.other_unit)
    drive.enter(*itertools.repeat((None, "0.01"), 4))
    drive.counted("0.04")
    told = {row["unit_id"]: row["amount"] for row in drive.close()["totals"]["units"]}
    assert told == {str(drive.unit): None, str(welfare.other_unit): None}


def test_no_sum_is_told_before_the_totals_are_fixed(drive: Drive) -> None:
    drive.transferred(6)
    for who in (member_account(), drive.chair):
        shown = drive.ask(contract.get_drive, who)
        assert shown["totals"] is None
        assert "to_hand_over" not in shown
    problem = drive.welfare.refused(contract.drive_outstanding, drive.chair, drive_id=drive.id)
    assert problem.rule == "role_allows"


@pytest.mark.databases("postgresql", "sqlite")
def test_cash_waits_from_the_first_list_until_two_have_counted_it(drive: Drive, welfare: WelfareHarness) -> None:
    (first,) = drive.enter((drive.member(), "50.00"))["gifts"]
    drive.enter((drive.member(), "20.00"))
    drive.enter(way="goods", gifts=[{"goods": "棉被", "quantity": "2 床"}])
    assert cash(welfare) == [True]
    welfare.ask(contract.withdraw_gift, drive.chair, gift_id=first["id"], reason="登记错误")
    assert cash(welfare) == [True]
    drive.count("20.00")
    assert cash(welfare) == [True]
    drive.count("20.00", drive.auditor)
    assert cash(welfare) == [True, False]
    (last,) = drive.enter((drive.member(), "5.00"))["gifts"]
    welfare.ask(contract.withdraw_gift, drive.chair, gift_id=last["id"], reason="登记错误")
    assert cash(welfare) == [True, False, True, False]


def cash(welfare: WelfareHarness) -> list[bool]:
    return [one["open"] for one in welfare.events("cash_to_count")]
