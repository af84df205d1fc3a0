"""The members' copy and the entitlement accounts: duplicates, disorder, the new year, and every figure explained."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import NotAllowed
from services.chassis.events.envelope import decode
from services.chassis.security.principal import ANONYMOUS
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.welfare import entitlements, rulebook
from tests.component.welfare.office import SYSTEM, Office, chair_of, member

NEW_YEAR = datetime(2023, 12, 31, 16, 0, tzinfo=UTC)
"""Midnight in China, where 2024 begins."""


def moved(office: Office, member_id: UUID, to_unit: UUID, sequence: int) -> None:
    data = {"member_id": member_id, "from_unit_id": office.unit, "to_unit_id": to_unit, "on": date(2023, 3, 1)}
    body = office.body(UnitChanged, f"member/{member_id}", sequence=sequence, **data)
    office.hear("on_unit_changed", UnitChanged, body)


def updated(office: Office, member_id: UUID, standing: str, sequence: int, unit_id: UUID | None = None) -> None:
    data = {
        "member_id": member_id,
        "unit_id": unit_id or office.unit,
        "employment": "contract",
        "standing": standing,
        "fields_changed": ["standing"],
    }
    body = office.body(MemberUpdated, f"member/{member_id}", sequence=sequence, **data)
    office.hear("on_member_updated", MemberUpdated, body)


def known(office: Office, member_id: UUID) -> tuple[str, str]:
    rows = {
        UUID(str(row[0])): (str(UUID(str(row[1]))), row[2])
        for row in office.stored("SELECT member_id, unit_id, standing FROM known_member")
    }
    return rows[member_id]


def test_joining_opens_one_account_however_often_it_is_announced(any_office: Office) -> None:
    office = any_office
    member_id = uuid4()
    body = office.joining(member_id, office.unit)
    office.hear("on_member_joined", MemberJoined, body, body)
    office.hear("on_member_joined", MemberJoined, body)
    again = json.loads(body) | {"id": str(uuid4())}
    office.hear("on_member_joined", MemberJoined, json.dumps(again))

    (opened,) = office.events("entitlement_opened")
    assert (opened["member_id"], opened["year"]) == (str(member_id), 2023)
    account = office.ask(entitlements.my_entitlements, member(member_id))
    assert (account["account_id"], account["opened_on"]) == (opened["account_id"], "2023-03-01")


def test_a_roster_opens_accounts_in_one_go(any_office: Office) -> None:
    office = any_office
    bodies = [office.joining(uuid4(), office.unit, joined_on=date(2015, 9, 1)) for _ in range(450)]
    office.hear("on_member_joined", MemberJoined, *bodies)
    opened = office.events("entitlement_opened")
    assert len({event["member_id"] for event in opened}) == len(opened) == 450
    assert {event["year"] for event in opened} == {2023}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (1, 3, 2)])
def test_news_that_come_out_of_order_end_in_the_latest(any_office: Office, order: tuple[int, ...]) -> None:
    office = any_office
    member_id = uuid4()
    news = {
        1: lambda: office.hear("on_member_joined", MemberJoined, office.joining(member_id, office.unit, sequence=1)),
        2: lambda: updated(office, member_id, "retained", 2),
        3: lambda: moved(office, member_id, office.other_unit, 3),
    }
    for number in order:
        news[number]()
    assert known(office, member_id) == (str(office.other_unit), "retained")
    assert len(office.events("entitlement_opened")) == 1


def test_an_event_of_a_later_version_with_more_fields_is_understood(office: Office) -> None:
    message = json.loads(office.joining(uuid4(), office.unit))
    message["data"]["shoe_size"] = 42
    office.hear("on_member_joined", MemberJoined, json.dumps(message))
    assert len(office.events("entitlement_opened")) == 1


def test_what_a_member_may_have_is_explained_by_the_rule_in_force(office: Office) -> None:
    account = office.ask(entitlements.my_entitlements, member(office.joined()))
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
    before = office.ask(entitlements.my_entitlements, member(office.joined()), as_of=date(2021, 6, 1))
    assert (before["items"], before["account_id"]) == ([], None)
    assert before["why_not"] == "no rule in force for entitlement.items on 2021-06-01 in contract"


def test_accounts_open_without_rules_and_say_what_is_missing(office_without_rules: Office) -> None:
    office = office_without_rules
    account = office.ask(entitlements.my_entitlements, member(office.joined()))
    assert account["account_id"] is not None
    assert account["why_not"] == "no rule in force for entitlement.items on 2023-03-01 in contract"


def test_the_new_year_opens_the_next_account_once(any_office: Office) -> None:
    office = any_office
    stays, retires = office.joined(), office.joined()
    updated(office, retires, "retained", 2)
    with office.at(NEW_YEAR):
        for _ in range(3):
            office.tick("open_new_year_accounts")
        assert office.ask(entitlements.my_entitlements, member(stays))["year"] == 2024
    opened = [(event["member_id"], event["year"]) for event in office.events("entitlement_opened")]
    assert sorted(opened) == sorted([(str(stays), 2023), (str(retires), 2023), (str(stays), 2024)])


def test_in_the_middle_of_the_year_the_clock_opens_nothing(office: Office) -> None:
    office.joined()
    office.tick("open_new_year_accounts")
    assert len(office.events("entitlement_opened")) == 1


def test_a_chair_sees_accounts_of_his_unit_only(office: Office) -> None:
    member_id = office.joined()
    assert office.ask(entitlements.entitlements_of, office.chair, member_id=member_id)["member_id"] == str(member_id)
    with pytest.raises(NotAllowed, match="another unit"):
        office.ask(entitlements.entitlements_of, chair_of(office.other_unit), member_id=member_id)
    with pytest.raises(NotAllowed):
        office.ask(entitlements.entitlements_of, member(uuid4()), member_id=member_id)


def test_loading_a_rule_set_again_changes_nothing(office: Office) -> None:
    for name in ("national", "demo"):
        again = office.ask(rulebook.load_welfare_rules, SYSTEM, ruleset=name)
        assert again == {"ruleset": name, "rules": 0, "visit_types": 0}


def test_the_rulebook_says_what_is_missing(office: Office) -> None:
    listed = office.ask(rulebook.list_welfare_rules, office.chair)
    assert "benefit.birth.cap" in {rule["key"] for rule in listed["items"]}
    assert listed["missing"] == [
        "benefit.grave_illness.cap",
        "benefit.grave_illness.forms",
        "benefit.hardship.cap",
        "benefit.hardship.forms",
        "benefit.on_duty.cap",
        "benefit.on_duty.forms",
        "benefit.retirement.cap",
    ]
    assert office.ask(rulebook.list_welfare_rules, office.chair, on=date(2010, 1, 1))["items"] == []


def test_a_message_is_read_as_it_was_sent(office: Office) -> None:
    member_id = uuid4()
    assert decode(office.joining(member_id, office.unit)).raw["member_id"] == str(member_id)


def test_who_is_dispatched_has_the_benefits_of_his_own_rule(office: Office) -> None:
    told = office.ask(entitlements.benefits_by_employment, ANONYMOUS)["items"]
    keys = {one["employment"]: [item["benefit_key"] for item in one["benefits"]] for one in told}
    assert keys["contract"] == keys["established"] == ["birthday", "holiday"]
    assert keys["dispatched"] == ["birthday"]
    assert next(one["rule"]["scope"] for one in told if one["employment"] == "dispatched") == "dispatched"
    mine = office.ask(entitlements.my_entitlements, member(office.joined(employment="dispatched")))
    assert [item["benefit_key"] for item in mine["items"]] == ["birthday"]
