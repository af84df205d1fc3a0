"""The members' copy and the entitlement accounts: duplicates, disorder, the new year, and every figure explained."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed
from services.chassis.events.envelope import decode
from services.chassis.security.principal import ANONYMOUS
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.welfare import entitlements, rulebook
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import chair_of, member_account

NEW_YEAR = datetime(2023, 12, 31, 16, 0, tzinfo=UTC)
"""Midnight in China, where 2024 begins."""


def moved(welfare: WelfareHarness, member_id: UUID, to_unit: UUID, sequence: int) -> None:
    data = {"member_id": member_id, "from_unit_id": welfare.unit, "to_unit_id": to_unit, "on": date(2023, 3, 1)}
    body = welfare.message(UnitChanged, sequence, **data)
    welfare.receive("on_unit_changed", body)


def updated(
    welfare: WelfareHarness, member_id: UUID, standing: str, sequence: int, unit_id: UUID | None = None
) -> None:
    data = {
        "member_id": member_id,
        "unit_id": unit_id or welfare.unit,
        "employment": "contract",
        "standing": standing,
        "fields_changed": ["standing"],
    }
    body = welfare.message(MemberUpdated, sequence, **data)
    welfare.receive("on_member_updated", body)


def known(welfare: WelfareHarness, member_id: UUID) -> tuple[str, str]:
    rows = {
        UUID(str(row[0])): (str(UUID(str(row[1]))), row[2])
        for row in welfare.stored("SELECT member_id, unit_id, standing FROM known_member")
    }
    return rows[member_id]


@pytest.mark.databases("postgresql", "sqlite")
def test_joining_opens_one_account_however_often_it_is_announced(welfare: WelfareHarness) -> None:
    member_id = uuid4()
    body = welfare.joining(member_id, welfare.unit)
    welfare.receive("on_member_joined", body, body)
    welfare.receive("on_member_joined", body)
    again = json.loads(body) | {"id": str(uuid4())}
    welfare.receive("on_member_joined", json.dumps(again))

    (opened,) = welfare.events("entitlement_opened")
    assert (opened["member_id"], opened["year"]) == (str(member_id), 2023)
    account = welfare.ask(entitlements.my_entitlements, member_account(member_id))
    assert (account["account_id"], account["opened_on"]) == (opened["account_id"], "2023-03-01")


@pytest.mark.databases("postgresql", "sqlite")
def test_a_roster_opens_accounts_in_one_go(welfare: WelfareHarness) -> None:
    bodies = [welfare.joining(uuid4(), welfare.unit, joined_on=date(2015, 9, 1)) for _ in range(450)]
    welfare.receive("on_member_joined", *bodies)
    opened = welfare.events("entitlement_opened")
    assert len({event["member_id"] for event in opened}) == len(opened) == 450
    assert {event["year"] for event in opened} == {2023}


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (1, 3, 2)])
def test_news_that_come_out_of_order_end_in_the_latest(welfare: WelfareHarness, order: tuple[int, ...]) -> None:
    member_id = uuid4()
    news = {
        1: lambda: welfare.receive("on_member_joined", welfare.joining(member_id, welfare.unit, sequence=1)),
        2: lambda: updated(welfare, member_id, "retained", 2),
        3: lambda: moved(welfare, member_id, welfare.other_unit, 3),
    }
    for number in order:
        news[number]()
    assert known(welfare, member_id) == (str(welfare.other_unit), "retained")
    assert len(welfare.events("entitlement_opened")) == 1


def test_an_event_of_a_later_version_with_more_fields_is_understood(welfare: WelfareHarness) -> None:
    message = json.loads(welfare.joining(uuid4(), welfare.unit))
    message["data"]["shoe_size"] = 42
    welfare.receive("on_member_joined", json.dumps(message))
    assert len(welfare.events("entitlement_opened")) == 1


def test_what_a_member_may_have_is_explained_by_the_rule_in_force(welfare: WelfareHarness) -> None:
    account = welfare.ask(entitlements.my_entitlements, member_account(welfare.joined()))
    birthday, holiday = account["items"]
    assert (birthday["benefit_key"], birthday["cap"], birthday["used"], birthday["remaining"]) == (
        "birthday",
        "300.00",
        "0.00",
        "300.00",
    )
    assert (holiday["cap"], holiday["rule"]["ruleset"], holiday["rule"]["key"]) == (
        "2000.00",
        "demo",
        "benefit.holiday.cap",
    )
    before = welfare.ask(entitlements.my_entitlements, member_account(welfare.joined()), as_of=date(2021, 6, 1))
    assert (before["items"], before["account_id"]) == ([], None)
    assert before["why_not"] == "no rule in force for entitlement.items on 2021-06-01 in contract"


def test_accounts_open_without_rules_and_say_what_is_missing(welfare_without_rules: WelfareHarness) -> None:
    welfare = welfare_without_rules
    account = welfare.ask(entitlements.my_entitlements, member_account(welfare.joined()))
    assert account["account_id"] is not None
    assert account["why_not"] == "no rule in force for entitlement.items on 2023-03-01 in contract"
    assert account["missing_rule"] == "entitlement.items"


@pytest.mark.databases("postgresql", "sqlite")
def test_the_new_year_opens_the_next_account_once(welfare: WelfareHarness) -> None:
    stays, retires = welfare.joined(), welfare.joined()
    updated(welfare, retires, "retained", 2)
    with clock.frozen(NEW_YEAR):
        for _ in range(3):
            welfare.run_timer("open_new_year_accounts")
        assert welfare.ask(entitlements.my_entitlements, member_account(stays))["year"] == 2024
    opened = [(event["member_id"], event["year"]) for event in welfare.events("entitlement_opened")]
    assert sorted(opened) == sorted([(str(stays), 2023), (str(retires), 2023), (str(stays), 2024)])


def test_in_the_middle_of_the_year_the_clock_opens_nothing(welfare: WelfareHarness) -> None:
    welfare.joined()
    welfare.run_timer("open_new_year_accounts")
    assert len(welfare.events("entitlement_opened")) == 1


def test_a_chair_sees_accounts_of_his_unit_only(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    assert welfare.ask(entitlements.entitlements_of, welfare.chair, member_id=member_id)["member_id"] == str(member_id)
    with pytest.raises(NotAllowed, match="another unit"):
        welfare.ask(entitlements.entitlements_of, chair_of(welfare.other_unit), member_id=member_id)
    with pytest.raises(NotAllowed):
        welfare.ask(entitlements.entitlements_of, member_account(uuid4()), member_id=member_id)


def test_the_rulebook_says_what_is_missing(welfare: WelfareHarness) -> None:
    listed = welfare.ask(rulebook.list_welfare_rules, welfare.chair)
    assert "benefit.birth.cap" in {rule["key"] for rule in listed["items"]}
    assert listed["missing"] == [
        "benefit.accident.cap",
        "benefit.accident.forms",
        "benefit.grave_illness.cap",
        "benefit.grave_illness.forms",
        "benefit.hardship.cap",
        "benefit.hardship.forms",
        "benefit.on_duty.cap",
        "benefit.on_duty.forms",
        "benefit.retirement.cap",
        "charity.marks",
    ]
    assert welfare.ask(rulebook.list_welfare_rules, welfare.chair, on=date(2010, 1, 1))["items"] == []


def test_a_message_is_read_as_it_was_sent(welfare: WelfareHarness) -> None:
    member_id = uuid4()
    assert decode(welfare.joining(member_id, welfare.unit)).raw["member_id"] == str(member_id)


def test_who_is_dispatched_has_the_benefits_of_his_own_rule(welfare: WelfareHarness) -> None:
    told = welfare.ask(entitlements.benefits_by_employment, ANONYMOUS)["items"]
    keys = {one["employment"]: [item["benefit_key"] for item in one["benefits"]] for one in told}
    assert keys["contract"] == keys["established"] == ["birthday", "holiday"]
    assert keys["dispatched"] == ["birthday"]
    assert next(one["rule"]["scope"] for one in told if one["employment"] == "dispatched") == "dispatched"
    mine = welfare.ask(entitlements.my_entitlements, member_account(welfare.joined(employment="dispatched")))
    assert [item["benefit_key"] for item in mine["items"]] == ["birthday"]
