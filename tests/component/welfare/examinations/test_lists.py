"""Who pays, who is on the list and why not, who is told, how far each unit is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import NoRuleInForce, NotAllowed, Refused
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare.decisions import get_decision
from services.contracts.welfare.examinations import operations as contract
from services.contracts.welfare.examinations.vocabulary import COVERAGE_ORDERS
from services.welfare.decisions.use_cases.recomputing import Recomputation
from services.welfare.examinations.tables import Examinee
from services.welfare.examinations.use_cases.telling import tell_progress
from tests.component.welfare.examinations.campaigns import DAY, Campaign, on
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import auditor, chair_of, member_account


def standing(welfare: WelfareHarness, member_id: UUID, word: str) -> None:
    data = {"member_id": member_id, "unit_id": welfare.unit, "employment": "contract", "standing": word,
            "fields_changed": ["standing"]}  # fmt: skip
    welfare.receive("on_member_updated", welfare.message(MemberUpdated, **data))


def remind(welfare: WelfareHarness, campaign: Campaign, by: Any = None, **request: Any) -> dict[str, Any]:
    told = welfare.ask(contract.remind_unbooked, by, examination_id=campaign.id, **request)
    campaign.run_reminders()
    return told  # type: ignore[no-any-return]


def rounds(welfare: WelfareHarness) -> list[tuple[str, int]]:
    return sorted((one["member_id"], one["round"]) for one in welfare.events("examination_due"))


def run(welfare: WelfareHarness) -> None:
    with welfare.transaction() as tx:
        tell_progress(tx)


def told_of(welfare: WelfareHarness, unit_id: UUID) -> list[tuple[int, int]]:
    """Return the numbers a unit was told: before and then."""
    events = welfare.events("examination_unbooked")
    return [(one["before"], one["unbooked"]) for one in events if one["unit_id"] == str(unit_id)]


def test_the_unions_funds_are_refused_with_the_document(welfare: WelfareHarness) -> None:
    with pytest.raises(Refused) as told:
        Campaign(welfare, funding="union")
    assert told.value.rule == "examinations.funding_is_allowed"
    assert told.value.params["number"] == "总工办发〔2017〕32号"
    assert Campaign(welfare).read()["funding"] == "administration"


def test_without_rules_nothing_is_begun(welfare_without_rules: WelfareHarness) -> None:
    with pytest.raises(NoRuleInForce) as told:
        Campaign(welfare_without_rules)
    assert "examinations.funding" in str(told.value)


@pytest.mark.databases("postgresql", "sqlite")
def test_who_is_not_on_the_list_has_a_rule(welfare: WelfareHarness, campaign: Campaign) -> None:
    campaign.package(age_from=30, age_to=60)
    campaign.slot()
    inside, young, unknown = campaign.member(), campaign.member(age=29), campaign.member(age=None)
    retained = campaign.member()
    standing(welfare, retained, "retained")
    gone = campaign.member()
    standing(welfare, gone, "withdrawn")
    found = campaign.open()
    assert (found["state"], found["done"], found["total"]) == ("open", 4, 4)
    assert campaign.refused() == {
        str(young): "examinations.a_package_fits",
        str(unknown): "examinations.a_package_fits",
    }
    assert {one["facts"][0] for one in campaign.asked} == {"sex"}
    told = welfare.ask(get_decision, member_account(inside), decision_id=campaign.mine(inside)["decision_id"])
    assert (told["kind"], told["outcome"]) == ("examinations.eligibility", "granted")
    assert campaign.mine(retained)["state"] == "listed"


def test_the_list_made_again_adds_who_is_new_and_changes_nobody(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot()
    first = campaign.member()
    campaign.open()
    campaign.book(first, slot, package)
    second = campaign.member()
    campaign.open()
    assert (campaign.mine(first)["state"], campaign.mine(second)["state"]) == ("booked", "listed")
    assert rounds(welfare) == sorted([(str(first), 1), (str(second), 1)])


def test_a_list_is_made_in_parts(welfare: WelfareHarness, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.welfare.examinations.use_cases.listing.PAGE", 2)
    monkeypatch.setattr("services.welfare.examinations.use_cases.reminding.AT_ONCE", 2)
    campaign.package()
    campaign.slot()
    people = [campaign.member() for _ in range(5)]
    campaign.open()
    assert campaign.coverage()["eligible"] == 5
    assert rounds(welfare) == sorted((str(one), 1) for one in people)


def test_the_special_examination_is_for_women_and_keeps_its_interval(welfare: WelfareHarness) -> None:
    before = Campaign(welfare, kind="women", year=2025, title="2025 年女职工专项检查")
    package, slot = before.package(), before.slot()
    woman = before.member()
    before.open()
    before.book(woman, slot, package)
    with on(DAY):
        before.mark(woman)
    again = Campaign(welfare, kind="women", title="2026 年女职工专项检查")
    again.facts.update(before.facts)
    assert welfare.ask(contract.get_examination, examination_id=before.id)["packages"][0]["sex"] == "female"
    again.package(), again.slot()
    man, other = again.member(sex="male"), again.member()
    again.open()
    assert again.refused() == {str(woman): "examinations.interval_has_passed", str(man): "examinations.is_for_women"}
    assert again.mine(other)["state"] == "listed"
    with welfare.transaction() as tx:
        assert Recomputation("examinations.eligibility").part(tx, 100) == []


def test_a_reminder_reaches_everybody_once_in_a_round(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot()
    one, two, three = campaign.member(), campaign.member(welfare.other_unit), campaign.member()
    campaign.open()
    campaign.book(three, slot, package)
    assert remind(welfare, campaign)["members"] == 0
    with on(date(2026, 5, 11)):
        assert remind(welfare, campaign, welfare.chair, expected=1)["members"] == 1
        assert remind(welfare, campaign, expected=2)["members"] == 1
        assert remind(welfare, campaign)["members"] == 0
        with pytest.raises(Refused) as told:
            remind(welfare, campaign, expected=3)
    assert told.value.rule == "many.number_is_as_seen"
    expected = [(str(one), 1), (str(two), 1), (str(three), 1), (str(one), 2), (str(two), 2)]
    assert rounds(welfare) == sorted(expected)


def test_coverage_goes_by_unit_and_chairs_see_their_own_only(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot()
    came, waits, other = campaign.member(), campaign.member(), campaign.member(welfare.other_unit)
    campaign.open()
    for member_id in (came, other):
        campaign.book(member_id, slot, package)
    with on(DAY):
        campaign.mark(came)
        campaign.mark(other, "no_show")
    whole = campaign.coverage()
    assert [(one["unit_id"], one["attended"], one["eligible"], one["percent"]) for one in whole["units"]] == [
        (str(welfare.other_unit), 0, 1, 0), (str(welfare.unit), 1, 2, 50),
    ]  # fmt: skip
    assert (whole["percent"], whole["unbooked"], whole["no_show"]) == (33, 2, 1)
    mine = campaign.coverage(welfare.chair)
    assert [one["unit_id"] for one in mine["units"]] == [str(welfare.unit)]
    assert mine["eligible"] == 2
    listed = welfare.ask(contract.list_unbooked_examinees, welfare.chair, examination_id=campaign.id)["items"]
    assert [(one["member_id"], sorted(one)) for one in listed] == [(str(waits), ["member_id", "reminded", "unit_id"])]
    for operation in (contract.list_examinees, contract.list_not_eligible):
        with pytest.raises(NotAllowed):
            welfare.ask(operation, welfare.chair, examination_id=campaign.id)
    decision = {"decision_id": campaign.mine(came)["decision_id"]}
    with pytest.raises(NotAllowed):
        welfare.ask(get_decision, chair_of(welfare.unit), **decision)
    assert welfare.ask(get_decision, auditor(), **decision)["outcome"] == "granted"


def test_progress_is_told_when_it_changes(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot()
    member_id = campaign.member()
    campaign.open()
    campaign.book(member_id, slot, package)
    welfare.run_timer("tell_examination_progress")
    with on(DAY):
        campaign.mark(member_id)
        for _ in range(2):
            welfare.run_timer("tell_examination_progress")
    told = [(one["attended"], one["eligible"]) for one in welfare.events("examination_progressed")]
    assert told == [(0, 1), (1, 1)]


def test_who_left_is_off_the_list_and_forgotten(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot(capacity=1)
    leaver, stays = campaign.member(), campaign.member()
    campaign.open()
    campaign.book(leaver, slot, package)
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, member_id=leaver, standing="withdrawn"))
    assert campaign.coverage()["eligible"] == 1
    assert campaign.book(stays, slot, package)["state"] == "booked"
    welfare.receive("on_member_anonymised", welfare.example_message(MemberAnonymised, member_id=leaver))
    with welfare.transaction() as tx:
        facts = {row.member_id: row.facts for row in tx.session.query(Examinee)}
    assert facts[leaver] is None
    assert facts[stays] is not None


@pytest.mark.databases("postgresql", "sqlite")
def test_a_unit_is_told_how_many_have_no_appointment_until_booking_is_over(
    welfare: WelfareHarness, campaign: Campaign
) -> None:
    package, slot = campaign.package(), campaign.slot()
    mine, other, stranger = campaign.member(), campaign.member(), campaign.member(welfare.other_unit)
    campaign.open()
    run(welfare)
    run(welfare)
    assert told_of(welfare, welfare.unit) == [(0, 2)]
    assert told_of(welfare, welfare.other_unit) == [(0, 1)]
    campaign.book(mine, slot, package)
    campaign.book(stranger, slot, package)
    run(welfare)
    assert told_of(welfare, welfare.unit) == [(0, 2), (2, 1)]
    assert told_of(welfare, welfare.other_unit) == [(0, 1), (1, 0)]
    campaign.book(other, slot, package)
    campaign.cancel(mine)
    with on(date(2026, 7, 1)):
        run(welfare)
        run(welfare)
    assert told_of(welfare, welfare.unit) == [(0, 2), (2, 1), (1, 0)]


def test_a_campaign_past_its_last_appointment_waits_to_be_closed(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot(day=date(2026, 7, 10))
    member_id = campaign.member()
    campaign.open()
    campaign.book(member_id, slot, package)
    for day, told in ((date(2026, 6, 30), []), (date(2026, 7, 9), []), (date(2026, 7, 10), [True])):
        with on(day):
            run(welfare)
        assert [one["open"] for one in welfare.events("examination_to_close")] == told
    with on(date(2026, 7, 11)):
        campaign.mark(member_id)
        welfare.ask(contract.close_examination, examination_id=campaign.id)
    assert [one["open"] for one in welfare.events("examination_to_close")] == [True, False]


@pytest.mark.databases("postgresql", "sqlite")
def test_the_list_of_units_says_what_the_coverage_says(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(), campaign.slot()
    came, booked = campaign.member(), campaign.member()
    campaign.member()
    campaign.member(welfare.other_unit)
    campaign.open()
    campaign.book(came, slot, package)
    campaign.book(booked, slot, package)
    with on(DAY):
        campaign.mark(came)

    def listed(by: Any = None, **asked: Any) -> list[dict[str, Any]]:
        asked = {"examination_id": campaign.id, **asked}
        items: list[dict[str, Any]] = welfare.ask(contract.list_unit_coverage, by, **asked)["items"]
        return items

    units = campaign.coverage()["units"]
    assert [one["percent"] for one in units] == [0, 33]
    assert listed() == units
    for order in COVERAGE_ORDERS:
        assert sorted(listed(sort=order), key=lambda one: one["percent"]) == units
    assert listed(sort="-eligible") == units[::-1]
    assert listed(welfare.chair) == listed(unit_id=welfare.unit) == units[1:]
