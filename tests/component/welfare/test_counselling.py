"""Counselling by appointment: seats, who sees whom, and that nothing but a count is left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import NotAllowed, Problem, Refused
from services.chassis.security.principal import Principal
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare.requests import appointments as contract
from services.contracts.welfare.requests import operations as requests
from services.contracts.welfare.requests import types
from tests.component.welfare.goods import on
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.test_requests import handler
from tests.support.at_once import at_once
from tests.support.principals import member_account

AFTER = date(2023, 3, 9)


def counselling(welfare: WelfareHarness, **changes: Any) -> str:
    values = {"name": "心理咨询", "counted_only": True, **changes}
    return str(welfare.ask(types.add_request_type, **values)["id"])


def slot(welfare: WelfareHarness, type_id: str, capacity: int = 1, days: int = 5) -> str:
    starts_at: datetime = clock.now() + timedelta(days=days)
    values = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "place": "工会 203 室"}
    return str(welfare.ask(contract.add_counselling_slot, type_id=type_id, capacity=capacity, **values)["id"])


def book(welfare: WelfareHarness, by: Principal, slot_id: str) -> dict[str, Any]:
    return welfare.ask(contract.book_appointment, by, slot_id=slot_id)  # type: ignore[no-any-return]


def everything(welfare: WelfareHarness) -> dict[str, str]:
    """Return the content of every table of the service as text."""
    with welfare.transaction() as tx:
        names = sa.inspect(tx.session.connection()).get_table_names()
        return {name: str(tx.session.execute(sa.text(f'SELECT * FROM "{name}"')).all()) for name in names}


def mentions(welfare: WelfareHarness, *ids: UUID | str | None) -> set[str]:
    """Return the tables that mention one of the ids, in either way of writing them."""
    wanted = {form for one in ids if one for form in (str(one), UUID(str(one)).hex)}
    return {name for name, text in everything(welfare).items() if any(form in text for form in wanted)}


@pytest.mark.databases("postgresql", "sqlite")
def test_after_the_appointment_nothing_but_a_count_is_left(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    by = member_account(member_id)
    before = everything(welfare)
    type_id = counselling(welfare)
    slot_id = slot(welfare, type_id)
    welfare.ask_keyed("a-key", contract.book_appointment, by, slot_id=slot_id)
    assert [one["id"] for one in welfare.ask(contract.my_appointments, by)["items"]] == [slot_id]

    with on(AFTER):
        welfare.run_timer("count_and_forget_counselling")
        welfare.run_timer("count_and_forget_counselling")
        (counted,) = welfare.ask(contract.counselling_counts)["items"]

    assert (counted["type_name"], counted["month"], counted["count"]) == ("心理咨询", "2023-03", 1)
    assert mentions(welfare, slot_id, by.account_id) == set()
    known = {name for name, text in before.items() if str(member_id) in text or member_id.hex in text}
    assert mentions(welfare, member_id) == known


def test_a_cancelled_appointment_is_gone_and_not_counted(welfare: WelfareHarness) -> None:
    by = member_account(welfare.joined())
    slot_id = slot(welfare, counselling(welfare))
    book(welfare, by, slot_id)
    welfare.ask_keyed("a-key", contract.cancel_appointment, by, slot_id=slot_id)
    welfare.ask(contract.cancel_appointment, by, slot_id=slot_id)

    assert mentions(welfare, by.account_id) == set()
    with on(AFTER):
        welfare.run_timer("count_and_forget_counselling")
        assert welfare.ask(contract.counselling_counts)["items"] == []


def test_the_last_place_goes_to_one(welfare: WelfareHarness) -> None:
    slot_id = slot(welfare, counselling(welfare), capacity=2)
    people = [member_account(welfare.joined()) for _ in range(6)]

    outcomes = at_once(6, lambda place: book(welfare, people[place], slot_id))

    refused = [one.rule for one in outcomes if isinstance(one, Refused)]
    assert refused == ["requests.slot_has_places"] * 4
    assert sum(isinstance(one, dict) for one in outcomes) == 2


def test_somebody_has_one_appointment_of_a_kind_to_come(welfare: WelfareHarness) -> None:
    type_id = counselling(welfare)
    first, second = slot(welfare, type_id), slot(welfare, type_id, days=6)
    by = member_account(welfare.joined())
    assert book(welfare, by, first) == book(welfare, by, first)

    assert welfare.refused(contract.book_appointment, by, slot_id=second).rule == "requests.one_appointment_at_a_time"


def test_only_who_counsels_sees_who_comes(welfare: WelfareHarness) -> None:
    who = welfare.joined()
    named, open_to_officers = counselling(welfare, handler_id=who), counselling(welfare, name="法律咨询")
    visitor = welfare.joined()
    slots = [slot(welfare, named), slot(welfare, open_to_officers)]
    for slot_id in slots:
        book(welfare, member_account(visitor), slot_id)

    told = welfare.ask(contract.list_visitors, handler(who), slot_id=slots[0])
    assert [one["member_id"] for one in told["items"]] == [str(visitor)]
    assert len(welfare.ask(contract.list_visitors, slot_id=slots[1])["items"]) == 1
    for by, slot_id in ((welfare.officer, slots[0]), (handler(who), slots[1]), (handler(uuid4()), slots[0])):
        with pytest.raises(NotAllowed):
            welfare.ask(contract.list_visitors, by, slot_id=slot_id)


def test_counselling_takes_nothing_in_writing(welfare: WelfareHarness) -> None:
    type_id = counselling(welfare)
    by = member_account(welfare.joined())
    refused = welfare.refused(requests.submit_request, by, type_id=type_id, text="想咨询一件事")
    assert refused.rule == "requests.by_appointment_only"


def test_a_slot_with_an_appointment_stays_and_one_that_is_past_is_not_added(welfare: WelfareHarness) -> None:
    type_id = counselling(welfare)
    slot_id = slot(welfare, type_id)
    book(welfare, member_account(welfare.joined()), slot_id)

    assert welfare.refused(contract.remove_counselling_slot, slot_id=slot_id).rule == "requests.slot_is_empty"
    with pytest.raises(Refused) as past:
        slot(welfare, type_id, days=-1)
    assert past.value.rule == "requests.slot_is_ahead"


def test_who_is_forgotten_has_no_appointment(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    slot_id = slot(welfare, counselling(welfare))
    book(welfare, member_account(member_id), slot_id)
    welfare.receive("on_member_anonymised", welfare.example_message(MemberAnonymised, None, member_id=member_id))

    assert welfare.stored("SELECT id FROM counselling_appointment") == []
    assert welfare.stored("SELECT taken FROM counselling_slot") == [(0,)]


def test_members_leave_and_cancel_at_the_same_moment(welfare: WelfareHarness) -> None:
    type_id = counselling(welfare)
    slot_id = slot(welfare, type_id, capacity=20)
    members = [member_account(welfare.joined()) for _ in range(12)]
    for by in members:
        book(welfare, by, slot_id)

    def go(order: int) -> Any:
        by = members[order % len(members)]
        if order < len(members):
            return welfare.ask(contract.cancel_appointment, by, slot_id=slot_id)
        known = {"member_id": by.member_id, "unit_id": welfare.unit, "standing": "withdrawn", "on": "2023-03-01"}
        return welfare.receive("on_member_left", welfare.message(MemberLeft, 5, **known))

    assert [one for one in at_once(2 * len(members), go) if isinstance(one, Problem)] == []
    (left,) = welfare.ask(contract.list_counselling_slots, type_id=type_id)["items"]
    assert left["taken"] == 0
