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
from services.membership.record.use_cases import changing, reading
from tests.component.membership.union import SYSTEM, Union, account, asked, chair_of
from tests.unit.membership.people import id_number


def update(union: Union, member_id: UUID, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
    values = {"member_id": member_id, "version": 1, "reason": "HR notice 17", **changes}
    with union.acting(by or union.officer) as tx:
        return changing.update_member(tx, asked(contract.update_member, **values))


def move(union: Union, member_id: UUID, to: str, **changes: Any) -> dict[str, Any]:
    values = {"member_id": member_id, "version": 1, "unit_id": union.units[to], "reason": "both units agreed"}
    with union.acting(union.officer) as tx:
        return changing.change_unit(tx, asked(contract.change_unit, **{**values, **changes}))


def history(union: Union, member_id: UUID, by: Principal | None = None) -> list[dict[str, Any]]:
    with union.acting(by or union.officer) as tx:
        items: list[dict[str, Any]] = reading.member_history(tx, asked(contract.member_history, member_id=member_id))[
            "items"
        ]
    return items


def test_an_officer_corrects_a_record_and_its_history_says_who_what_and_why(any_union: Union) -> None:
    member = any_union.member(1, name="李娜")
    changed = update(any_union, member, name="李娜娜", employment="contract", phone="13700001111")
    assert (changed["pinyin"], changed["employment"], changed["version"]) == ("linana", "contract", 2)
    latest, first = history(any_union, member)
    assert (latest["by"], latest["reason"]) == (str(any_union.officer.account_id), "HR notice 17")
    fields = {change["field"]: (change["old"], change["new"]) for change in latest["changes"]}
    assert fields == {
        "name": ("李娜", "李娜娜"),
        "employment": ("established", "contract"),
        "phone": ("139****0001", "137****1111"),
    }
    assert (first["by"], first["reason"]) == ("demo", "admitted from a roster")
    assert any_union.events("member_updated") == [
        {
            "type": "member_updated",
            "subject": f"member/{member}",
            "member_id": str(member),
            "unit_id": str(any_union.units["01"]),
            "employment": "contract",
            "standing": "active",
            "fields_changed": ["employment", "name", "phone"],
        }
    ]


def test_two_numbers_that_look_alike_behind_the_mask_are_still_a_change(any_union: Union) -> None:
    member = any_union.member(1, phone="13900001111")
    update(any_union, member, phone="13911111111")
    (change,) = history(any_union, member)[0]["changes"]
    assert (change["old"], change["new"]) == ("139****1111", "139****1111 *")


def test_the_same_values_change_nothing(any_union: Union) -> None:
    member = any_union.member(1, name="李娜")
    assert update(any_union, member, name=" 李娜 ")["version"] == 1
    assert any_union.events("member_updated") == []


def test_members_change_their_own_contact_and_nothing_else(any_union: Union) -> None:
    member = any_union.member(1)
    me = account(member)
    assert update(any_union, member, me, reason=None, email="new@example.edu.cn")["email"] == "n***@example.edu.cn"
    with pytest.raises(Refused) as caught:
        update(any_union, member, me, version=2, employment="contract")
    assert caught.value.rule == "record.fields_are_open"
    with pytest.raises(NotAllowed):
        update(any_union, any_union.member(2), me, email="other@example.edu.cn")


def test_a_chair_puts_members_of_the_own_unit_into_groups(any_union: Union) -> None:
    member, group = any_union.member(1), any_union.found("01-1", "group", "01")
    mine = chair_of(any_union.units["01"])
    assert update(any_union, member, mine, group_id=group)["group_id"] == group
    for refused, changes in ((mine, {"name": "李梅"}), (mine, {"reason": None, "phone": "13700001111"})):
        with pytest.raises(Refused):
            update(any_union, member, refused, version=2, **changes)
    with pytest.raises(NotAllowed):
        update(any_union, member, chair_of(any_union.units["02"]), version=2, group_id=None)


def test_a_group_of_another_unit_is_refused(any_union: Union) -> None:
    member, group = any_union.member(1), any_union.found("02-1", "group", "02")
    with pytest.raises(Refused) as caught:
        update(any_union, member, group_id=group)
    assert caught.value.rule == "organisation.group_is_of_unit"


def test_an_older_version_is_not_changed(any_union: Union) -> None:
    member = any_union.member(1)
    update(any_union, member, employment="agency")
    with pytest.raises(PreconditionFailed) as caught:
        update(any_union, member, employment="contract")
    assert caught.value.params == {"version": 2}


def test_number_and_birth_date_are_corrected_together(any_union: Union) -> None:
    member, birth = any_union.member(1), date(1975, 10, 12)
    with pytest.raises(InvalidInput) as caught:
        update(any_union, member, birth_date=birth)
    assert "birth_date" in caught.value.errors
    update(any_union, member, birth_date=birth, id_number=id_number(birth, 8))
    with any_union.acting(SYSTEM) as tx:
        october = reading.birthdays(tx, asked(contract.birthdays, month=10))
    assert [(item["member_id"], item["day"]) for item in october["items"]] == [(member, 12)]


def test_nobody_gets_the_identity_number_of_another_member(any_union: Union) -> None:
    birth = date(1975, 10, 12)
    taken = id_number(birth, 8)
    any_union.member(1, birth_date=birth, id_number=taken)
    with pytest.raises(Refused) as caught:
        update(any_union, any_union.member(2), birth_date=birth, id_number=taken)
    assert caught.value.rule == "record.person_is_no_member"


def test_the_class_of_retirement_is_what_hr_says_whatever_the_sex(any_union: Union) -> None:
    member = any_union.member(1, gender="female", original_age=None)
    assert update(any_union, member, original_age="M60")["original_age"] == "M60"


def test_a_member_moves_to_another_unit(any_union: Union) -> None:
    any_union.found("01-1", "group", "01")
    member = any_union.member(1, group_id=any_union.units["01-1"])
    moved = move(any_union, member, "02")
    assert (moved["unit_id"], moved["group_id"]) == (any_union.units["02"], None)
    (told,) = any_union.events("unit_changed")
    assert told == {
        "type": "unit_changed",
        "subject": f"member/{member}",
        "member_id": str(member),
        "from_unit_id": str(any_union.units["01"]),
        "to_unit_id": str(any_union.units["02"]),
        "on": clock.today().isoformat(),
    }
    with any_union.acting(chair_of(any_union.units["01"])) as tx, pytest.raises(NotAllowed):
        reading.get_member(tx, member)


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
def test_a_move_that_cannot_be_is_refused(any_union: Union, to: str, changes: dict[str, Any], rule: str) -> None:
    member = any_union.member(1, joined_on=date(2012, 1, 1))
    with pytest.raises(Refused) as caught:
        move(any_union, member, to, **changes)
    assert caught.value.rule == rule
    assert any_union.events("unit_changed") == []


def test_a_chair_gives_the_post_back_before_moving(any_union: Union) -> None:
    member = any_union.member(1)
    any_union.seat("01", "unit_chair", member, clock.today() - timedelta(days=10))
    with pytest.raises(Refused) as caught:
        move(any_union, member, "02")
    assert caught.value.rule == "record.holds_no_post_there"


def test_an_unknown_member_is_not_found(any_union: Union) -> None:
    with pytest.raises(NotFound):
        update(any_union, uuid4(), employment="contract")
    with any_union.acting(any_union.officer) as tx, pytest.raises(NotFound):
        reading.get_member(tx, uuid4())


def test_the_record_is_seen_by_its_member_chair_officer_and_auditor(any_union: Union) -> None:
    member = any_union.member(1)
    seeing = (account(member), chair_of(any_union.units["01"]), any_union.officer, SYSTEM)
    for principal in (*seeing, Principal("account", uuid4(), uuid4(), (Grant("auditor"),))):
        with any_union.acting(principal) as tx:
            assert reading.get_member(tx, member)["id"] == member
    with any_union.acting(chair_of(any_union.units["02"])) as tx, pytest.raises(NotAllowed):
        reading.get_member(tx, member)


def test_birthdays_of_a_month_come_by_day_in_pages_without_the_year(any_union: Union) -> None:
    for order, day in enumerate((29, 3, 17, 3), 1):
        birth = date(1980, 2, day)
        any_union.member(order, birth_date=birth, id_number=id_number(birth, order))
    any_union.member(9, unit="02")
    days: list[int] = []
    cursor = None
    while True:
        with any_union.acting(SYSTEM) as tx:
            page = reading.birthdays(tx, asked(contract.birthdays, month=2, limit=3, cursor=cursor))
        days += [item["day"] for item in page["items"]]
        assert all(item.keys() == {"member_id", "unit_id", "day"} for item in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert days == [3, 3, 17, 29]
    with any_union.acting(SYSTEM) as tx:
        request = asked(contract.birthdays, month=3, unit_id=any_union.units["02"])
        assert len(reading.birthdays(tx, request)["items"]) == 1
