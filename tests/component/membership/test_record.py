"""Records: corrections by the right people, kept in the history; moving to another unit; birthdays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, PreconditionFailed, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import operations as contract
from tests.component.membership.harness import SYSTEM, MembershipHarness
from tests.support.principals import chair_of, member_account
from tests.unit.membership.people import id_number


def update(
    membership: MembershipHarness, member_id: UUID, by: Principal | None = None, **changes: Any
) -> dict[str, Any]:
    values = {"member_id": member_id, "version": 1, "reason": "HR notice 17", **changes}
    return membership.ask_typed(contract.update_member, by or membership.officer, **values)


def move(membership: MembershipHarness, member_id: UUID, to: str, **changes: Any) -> dict[str, Any]:
    values = {"member_id": member_id, "version": 1, "unit_id": membership.units[to], "reason": "both units agreed"}
    return membership.ask_typed(contract.change_unit, **{**values, **changes})


def history(membership: MembershipHarness, member_id: UUID, by: Principal | None = None) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = membership.ask_typed(
        contract.member_history, by or membership.officer, member_id=member_id
    )["items"]
    return items


@pytest.mark.databases("postgresql", "sqlite")
def test_an_officer_corrects_a_record_and_its_history_says_who_what_and_why(membership: MembershipHarness) -> None:
    member = membership.member(1, name="李娜")
    changed = update(membership, member, name="李娜娜", employment="contract", phone="13700001111")
    assert (changed["pinyin"], changed["employment"], changed["version"]) == ("linana", "contract", 2)
    latest, first = history(membership, member)
    assert (latest["by"], latest["reason"]) == (str(membership.officer.account_id), "HR notice 17")
    fields = {change["field"]: (change["old"], change["new"]) for change in latest["changes"]}
    assert fields == {
        "name": ("李娜", "李娜娜"),
        "employment": ("established", "contract"),
        "phone": ("139****0001", "137****1111"),
    }
    assert (first["by"], first["reason"]) == ("demo", "admitted from a roster")
    assert membership.events("member_updated") == [
        {
            "type": "member_updated",
            "member_id": str(member),
            "unit_id": str(membership.units["01"]),
            "employment": "contract",
            "standing": "active",
            "fields_changed": ["employment", "name", "phone"],
        }
    ]


def test_two_numbers_that_look_alike_behind_the_mask_are_still_a_change(membership: MembershipHarness) -> None:
    member = membership.member(1, phone="13900001111")
    update(membership, member, phone="13911111111")
    (change,) = history(membership, member)[0]["changes"]
    assert (change["old"], change["new"]) == ("139****1111", "139****1111 *")


def test_the_same_values_change_nothing(membership: MembershipHarness) -> None:
    member = membership.member(1, name="李娜")
    assert update(membership, member, name=" 李娜 ")["version"] == 1
    assert membership.events("member_updated") == []


def test_members_change_their_own_contact_and_nothing_else(membership: MembershipHarness) -> None:
    member = membership.member(1)
    me = member_account(member)
    assert update(membership, member, me, reason=None, email="new@example.edu.cn")["email"] == "n***@example.edu.cn"
    with pytest.raises(Refused) as caught:
        update(membership, member, me, version=2, employment="contract")
    assert caught.value.rule == "record.fields_are_open"
    with pytest.raises(NotAllowed):
        update(membership, membership.member(2), me, email="other@example.edu.cn")


def test_a_chair_puts_members_of_the_own_unit_into_groups(membership: MembershipHarness) -> None:
    member, group = membership.member(1), membership.found("01-1", "group", "01")
    mine = chair_of(membership.units["01"])
    assert update(membership, member, mine, group_id=group)["group_id"] == group
    for refused, changes in ((mine, {"name": "李梅"}), (mine, {"reason": None, "phone": "13700001111"})):
        with pytest.raises(Refused):
            update(membership, member, refused, version=2, **changes)
    with pytest.raises(NotAllowed):
        update(membership, member, chair_of(membership.units["02"]), version=2, group_id=None)


def test_a_group_of_another_unit_is_refused(membership: MembershipHarness) -> None:
    member, group = membership.member(1), membership.found("02-1", "group", "02")
    with pytest.raises(Refused) as caught:
        update(membership, member, group_id=group)
    assert caught.value.rule == "organisation.group_is_of_unit"


def test_an_older_version_is_not_changed(membership: MembershipHarness) -> None:
    member = membership.member(1)
    update(membership, member, employment="agency")
    with pytest.raises(PreconditionFailed) as caught:
        update(membership, member, employment="contract")
    assert caught.value.params == {"version": 2}


def test_number_and_birth_date_are_corrected_together(membership: MembershipHarness) -> None:
    member, birth = membership.member(1), date(1975, 10, 12)
    with pytest.raises(InvalidInput) as caught:
        update(membership, member, birth_date=birth)
    assert "birth_date" in caught.value.errors
    update(membership, member, birth_date=birth, id_number=id_number(birth, 8))
    october = membership.ask_typed(contract.birthdays, SYSTEM, month=10)
    assert [(item["member_id"], item["day"]) for item in october["items"]] == [(member, 12)]


@pytest.mark.databases("postgresql", "sqlite")
def test_nobody_gets_the_identity_number_of_another_member(membership: MembershipHarness) -> None:
    birth = date(1975, 10, 12)
    taken = id_number(birth, 8)
    membership.member(1, birth_date=birth, id_number=taken)
    with pytest.raises(Refused) as caught:
        update(membership, membership.member(2), birth_date=birth, id_number=taken)
    assert caught.value.rule == "record.person_is_no_member"


def test_the_class_of_retirement_is_what_hr_says_whatever_the_sex(membership: MembershipHarness) -> None:
    member = membership.member(1, gender="female", original_age=None)
    assert update(membership, member, original_age="M60")["original_age"] == "M60"


def test_a_member_moves_to_another_unit(membership: MembershipHarness) -> None:
    membership.found("01-1", "group", "01")
    member = membership.member(1, group_id=membership.units["01-1"])
    moved = move(membership, member, "02")
    assert (moved["unit_id"], moved["group_id"]) == (membership.units["02"], None)
    (told,) = membership.events("unit_changed")
    assert told == {
        "type": "unit_changed",
        "member_id": str(member),
        "from_unit_id": str(membership.units["01"]),
        "to_unit_id": str(membership.units["02"]),
        "on": clock.today().isoformat(),
    }
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.get_member, chair_of(membership.units["01"]), member_id=member)


@pytest.mark.parametrize(
    ("to", "changes", "rule"),
    [
        ("01", {}, "record.unit_is_another"),
        ("00", {}, "organisation.unit_takes_members"),
        ("02", {"on": date(2011, 12, 31)}, "record.move_day_is_possible"),
        ("02", {"on": clock.today() + timedelta(days=300)}, "record.move_day_is_possible"),
        ("02", {"group_id": uuid4()}, "organisation.group_is_of_unit"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    membership: MembershipHarness, to: str, changes: dict[str, Any], rule: str
) -> None:
    member = membership.member(1, joined_on=date(2012, 1, 1))
    with pytest.raises(Refused) as caught:
        move(membership, member, to, **changes)
    assert caught.value.rule == rule
    assert membership.events("unit_changed") == []


def test_a_chair_gives_the_post_back_before_moving(membership: MembershipHarness) -> None:
    member = membership.member(1)
    membership.seat("01", "unit_chair", member, clock.today() - timedelta(days=10))
    with pytest.raises(Refused) as caught:
        move(membership, member, "02")
    assert caught.value.rule == "record.holds_no_post_there"


def test_an_unknown_member_is_not_found(membership: MembershipHarness) -> None:
    with pytest.raises(NotFound):
        update(membership, uuid4(), employment="contract")
    with pytest.raises(NotFound):
        membership.ask_typed(contract.get_member, member_id=uuid4())


def test_the_record_is_seen_by_its_member_chair_officer_and_auditor(membership: MembershipHarness) -> None:
    member = membership.member(1)
    seeing = (member_account(member), chair_of(membership.units["01"]), membership.officer, SYSTEM)
    for principal in (*seeing, Principal("account", uuid4(), uuid4(), (Grant("auditor"),))):
        assert membership.ask_typed(contract.get_member, principal, member_id=member)["id"] == member
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.get_member, chair_of(membership.units["02"]), member_id=member)


@pytest.mark.databases("postgresql", "sqlite")
def test_birthdays_of_a_month_come_by_day_in_pages_without_the_year(membership: MembershipHarness) -> None:
    for order, day in enumerate((29, 3, 17, 3), 1):
        birth = date(1980, 2, day)
        membership.member(order, birth_date=birth, id_number=id_number(birth, order))
    membership.member(9, unit="02")
    days: list[int] = []
    cursor = None
    while True:
        page = membership.ask_typed(contract.birthdays, SYSTEM, month=2, limit=3, cursor=cursor)
        days += [item["day"] for item in page["items"]]
        assert all(item.keys() == {"member_id", "unit_id", "day"} for item in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert days == [3, 3, 17, 29]
    request = {"month": 3, "unit_id": membership.units["02"]}
    assert len(membership.ask_typed(contract.birthdays, SYSTEM, **request)["items"]) == 1
