"""Booking, moving, cancelling, who came; places are never more than there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.database.history import accesses_of
from services.chassis.errors import NotAllowed, NotFound, Problem, Refused
from services.contracts.welfare.examinations import operations as contract
from services.welfare.examinations.tables import ExaminationSlot
from tests.component.welfare.examinations.campaigns import DAY, Campaign, on
from tests.component.welfare.harness import WelfareHarness
from tests.support.at_once import all_at_once, at_once
from tests.support.principals import auditor, member_account

LATER = date(2026, 5, 27)


def refused(act: Any, *arguments: Any, **request: Any) -> str | None:
    with pytest.raises(Problem) as told:
        act(*arguments, **request)
    return told.value.rule


@pytest.mark.databases("postgresql", "sqlite")
def test_a_full_slot_is_refused_and_moving_exchanges_places(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, small, large = campaign.package(), campaign.slot(1), campaign.slot(5, LATER)
    one, two = campaign.member(), campaign.member()
    campaign.open()
    assert campaign.book(one, small, package)["state"] == "booked"
    assert refused(campaign.book, two, small, package) == "examinations.slot_has_places"
    campaign.book(one, small, package)
    campaign.book(one, large, package)
    campaign.book(two, small, package)
    assert campaign.booked() == {small: 1, large: 1}
    campaign.cancel(one)
    assert (campaign.booked(), campaign.mine(one)["state"]) == ({small: 1, large: 0}, "cancelled")
    assert refused(campaign.cancel, one) == "workflow.examinee"
    assert campaign.book(one, large, package)["starts_at"].startswith("2026-05-27")


def test_a_package_is_for_a_sex_and_an_age(welfare: WelfareHarness, campaign: Campaign) -> None:
    men, older = campaign.package(sex="male"), campaign.package(sex="female", age_from=50)
    younger, slot = campaign.package(age_to=49), campaign.slot()
    woman = campaign.member(age=49)
    campaign.open()
    assert [one["id"] for one in campaign.mine(woman)["packages"]] == [younger]
    for package in (men, older):
        assert refused(campaign.book, woman, slot, package) == "examinations.package_is_for_member"
    assert campaign.book(woman, slot, younger)["package_id"] == younger


def test_appointments_are_changed_until_the_day_of_the_rule(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot, other = campaign.package(), campaign.slot(), campaign.slot(5, LATER)
    member_id, late = campaign.member(), campaign.member()
    campaign.open()
    for one in (member_id, late):
        campaign.book(one, slot, package)
    with on(date(2026, 5, 19)):
        campaign.book(member_id, other, package)
    with on(DAY):
        assert refused(campaign.book, late, other, package) == "examinations.place_can_be_given_up"
        assert refused(campaign.cancel, late) == "examinations.place_can_be_given_up"
        assert refused(campaign.book, member_id, slot, package) == "examinations.slot_is_ahead"
    with on(date(2026, 7, 1)):
        assert refused(campaign.book, late, other, package) == "examinations.booking_is_open"


def test_one_books_for_oneself_and_officers_for_others(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot()
    one, two = campaign.member(), campaign.member()
    campaign.open()
    wanted = {"examination_id": campaign.id, "slot_id": slot, "package_id": package, "member_id": one}
    with pytest.raises(NotAllowed):
        welfare.ask(contract.book_examination, member_account(two), **wanted)
    assert welfare.ask(contract.book_examination, **wanted)["member_id"] == str(one)
    with pytest.raises(NotAllowed):
        welfare.ask(contract.cancel_examination_booking, member_account(two), examinee_id=campaign.mine(one)["id"])
    with pytest.raises(NotFound):
        campaign.book(welfare.joined(), slot, package)


def test_who_came_is_marked_by_card_and_by_list(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot()
    by_card, by_list, absent = campaign.member(), campaign.member(), campaign.member()
    campaign.open()
    for one in (by_card, by_list, absent):
        campaign.book(one, slot, package)
    assert refused(campaign.mark, by_card) == "examinations.slot_has_begun"
    with on(DAY):
        looked = welfare.ask(contract.look_up_examinee, examination_id=campaign.id, member_id=by_card)
        assert (looked["state"], looked["package"]) == ("booked", "常规套餐")
        campaign.mark(by_card)
        assert refused(welfare.ask, contract.close_examination, examination_id=campaign.id) == (
            "examinations.all_are_marked"
        )
        stranger = {"slot_id": slot, "attended": [welfare.joined()]}
        assert refused(welfare.ask, contract.mark_examination_slot, **stranger) == "examinations.members_are_of_slot"
        marked = welfare.ask(contract.mark_examination_slot, slot_id=slot, attended=[by_list], rest_absent=True)
        assert marked == {"attended": 1, "no_show": 1}
        assert campaign.booked() == {slot: 3}
        later = campaign.slot(3, LATER)
        campaign.book(absent, later, package)
        assert campaign.booked() == {slot: 2, later: 1}
        campaign.cancel(absent)
        assert refused(campaign.book, by_card, later, package) == "workflow.examinee"
        assert welfare.ask(contract.close_examination, examination_id=campaign.id)["state"] == "closed"
        assert refused(campaign.mark, by_card) == "examinations.goes_on"


def test_the_list_for_the_hospital_is_for_a_purpose(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot, later = campaign.package(), campaign.slot(), campaign.slot(5, LATER)
    one, two = campaign.member(), campaign.member()
    campaign.open()
    campaign.book(one, slot, package)
    campaign.book(two, later, package)
    wanted = {"examination_id": campaign.id, "hospital_id": campaign.hospital, "day": DAY}
    read = welfare.ask(contract.read_hospital_list, **wanted, purpose="交医院核对")
    assert [line["member_id"] for line in read["items"]] == [str(one)]
    with pytest.raises(NotAllowed):
        welfare.ask(contract.read_hospital_list, auditor(), **wanted, purpose="看看")
    with welfare.transaction() as tx:
        seen = accesses_of(tx, f"examination/{campaign.id}").rows
    assert [(row.field, row.purpose) for row in seen] == [("hospital_list", "交医院核对")]


def test_a_slot_never_has_fewer_places_than_are_booked(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot(2)
    people = [campaign.member() for _ in range(2)]
    campaign.open()
    for one in people:
        campaign.book(one, slot, package)
    small = {"slot_id": slot, "capacity": 1}
    assert refused(welfare.ask, contract.set_slot_capacity, **small) == "examinations.capacity_covers_booked"
    with welfare.transaction() as tx, pytest.raises(sa.exc.IntegrityError):
        tx.session.execute(sa.update(ExaminationSlot).values(booked=3))


def test_the_last_places_go_to_as_many_as_there_are(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, first, second = campaign.package(), campaign.slot(3), campaign.slot(8, LATER)
    people = [campaign.member() for _ in range(8)]
    campaign.open()
    answers = at_once(8, lambda order: campaign.book(people[order], first, package))
    assert sum(isinstance(one, Refused) for one in answers) == 5
    assert campaign.booked()[first] == 3

    def walk(order: int) -> Any:
        """Move between both slots, cancel and book again, as fast as it goes."""
        for slot in (second, first, second):
            try:
                campaign.book(people[order], slot, package)
            except Refused:
                continue
        return campaign.cancel(people[order]) if order % 2 else None

    for answer in all_at_once(*(lambda order=order: walk(order) for order in range(8))):
        assert not isinstance(answer, Problem), answer
    held = [campaign.mine(one) for one in people]
    for slot, booked in campaign.booked().items():
        assert booked == sum(one["slot_id"] == slot for one in held)
    assert campaign.booked()[first] <= 3
    assert sum(one["state"] == "cancelled" for one in held) == 4
