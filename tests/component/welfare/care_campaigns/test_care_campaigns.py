"""Care campaigns: nobody twice on a list, visitors, what was given and what not, units done, the money."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Thread
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import InvalidInput, NoRuleInForce, NotAllowed
from services.chassis.security.principal import Principal
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.governance.funds.reservations import FundingRefused
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare.care_campaigns import operations as contract
from services.contracts.welfare.hardship import operations as hardship
from services.contracts.welfare.payment_operations import reserve_money_again
from tests.component.welfare.hardship.aid import refused
from tests.component.welfare.harness import WelfareHarness
from tests.support.pictures import PDF, picture
from tests.support.principals import auditor, chair_of, member_account

LATE = datetime(2023, 3, 26, 4, 0, tzinfo=UTC)


class Campaign:
    """A campaign in March with people of two units, and one visitor."""

    def __init__(self, welfare: WelfareHarness, **changes: Any) -> None:
        self.welfare = welfare
        values = {
            "kind": "warmth", "title": "2023 年春送温暖", "starts_on": "2023-03-01", "ends_on": "2023-03-31",
            "amount": "500.00", "form": "goods", **changes,
        }  # fmt: skip
        self.id: str = welfare.ask(contract.create_care_campaign, **values)["id"]
        self.visitor: Principal = member_account(welfare.joined())

    def do(self, operation: Any, by: Principal | None = None, **request: Any) -> Any:
        return self.welfare.ask(operation, by, campaign_id=self.id, **request)

    def add(self, *member_ids: UUID, **changes: Any) -> dict[str, Any]:
        return dict(self.do(contract.add_to_care_list, source="typed", member_ids=list(member_ids), **changes))

    def items(self, by: Principal | None = None, **filters: Any) -> list[dict[str, Any]]:
        return list(self.do(contract.list_care_items, by, **filters)["items"])

    def begun(self, *member_ids: UUID) -> list[str]:
        """Add people, give them to the visitor, begin; return the items."""
        people = member_ids or (self.welfare.joined(), self.welfare.joined(self.welfare.other_unit))
        self.add(*people)
        self.do(contract.assign_care_items, visitor_id=self.visitor.member_id)
        self.do(contract.open_care_campaign)
        return [one["id"] for one in self.items()]

    def complete(self, item_id: str, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        values = {"given_on": "2023-03-01", "signed_by": "张三", "note": "went to the house", **changes}
        return dict(self.welfare.ask(contract.complete_care_item, by or self.visitor, item_id=item_id, **values))

    def look(self, by: Principal | None = None) -> dict[str, Any]:
        return dict(self.do(contract.get_care_campaign, by))

    def funds(self, event: Any, **changes: Any) -> None:
        self.welfare.answered(event, self.id, "campaign", **changes)


@pytest.fixture
def campaign(welfare: WelfareHarness) -> Campaign:
    return Campaign(welfare)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_campaign_from_its_list_to_the_payment_and_the_rest_given_back(campaign: Campaign) -> None:
    first, second = campaign.begun()
    campaign.complete(first)
    campaign.welfare.ask(contract.miss_care_item, campaign.visitor, item_id=second, reason="abroad until June")
    shown = campaign.look()
    assert (shown["people"], shown["given"], shown["missed"], shown["open"]) == (2, 1, 1, 0)
    assert {one["unit_id"]: one["given"] for one in shown["by_unit"]} == {
        str(campaign.welfare.unit): 1, str(campaign.welfare.other_unit): 0,
    }  # fmt: skip
    closed = campaign.do(contract.close_care_campaign)
    assert (closed["state"], closed["spent"], closed["claim_state"]) == ("closed", "500.00", "pending")
    (reserved,) = campaign.welfare.events("funding_reserved")
    (asked,) = campaign.welfare.events("payment_requested")
    assert (reserved["amount"], asked["amount"], asked["people"], asked["line_code"]) == (
        "1000.00", "500.00", 1, "aid.hardship",
    )  # fmt: skip
    assert campaign.welfare.events("funding_released") == []
    campaign.funds(ExpenseRecorded, claim=1)
    assert campaign.look()["claim_state"] == "recorded"
    assert len(campaign.welfare.events("funding_released")) == 1
    (ended,) = campaign.welfare.events("care_campaign_ended")
    assert (ended["held"], ended["given"], ended["missed"]) == (True, 1, 1)


def test_a_refused_payment_comes_back_and_is_put_again(campaign: Campaign) -> None:
    first, _ = campaign.begun()
    campaign.complete(first)
    campaign.do(contract.close_care_campaign)
    assert refused(campaign.do, contract.pay_care_again) == "campaigns.payment_can_be_put_again"
    campaign.funds(ExpenseRefused, claim=1, rule="funds.budget_is_enough", reason_code="budget_exhausted")
    shown = campaign.look()
    assert (shown["claim_state"], shown["refused_rule"]) == ("refused", "funds.budget_is_enough")
    assert campaign.do(contract.pay_care_again)["claim_state"] == "pending"
    assert [one["claim"] for one in campaign.welfare.events("payment_requested")] == [1, 2]
    assert [one["open"] for one in campaign.welfare.events("care_payment_refused")] == [True, False]


@pytest.mark.databases("postgresql", "sqlite")
def test_nobody_is_on_a_list_twice_and_duplicates_are_shown_first(campaign: Campaign) -> None:
    first, second = campaign.welfare.joined(), campaign.welfare.joined()
    assert campaign.add(first, second)["new"] == 2
    third = campaign.welfare.joined()
    checked = campaign.do(contract.check_care_list, source="typed", member_ids=[third, first, third, second])
    assert (checked["duplicates"], checked["new_ids"]) == ([str(third), str(first), str(second)], [str(third)])
    assert campaign.add(third, first, third, second)["new"] == 1
    assert campaign.add(third, first, second)["new"] == 0
    assert len(campaign.items()) == 3


def test_other_names_than_were_seen_are_not_added(campaign: Campaign) -> None:
    names = campaign.welfare.joined(), campaign.welfare.joined()
    campaign.add(names[0])
    assert refused(campaign.add, *names, expected=2) == "many.number_is_as_seen"
    assert campaign.add(*names, expected=1)["new"] == 1


def test_names_come_from_the_registry_and_from_units_and_only_members_are_taken(campaign: Campaign) -> None:
    welfare = campaign.welfare
    poor, other = welfare.joined(), welfare.joined(welfare.other_unit)
    record = {"member_id": poor, "grade": "deep", "since": "2023-01-01"}
    welfare.ask(hardship.open_hardship_record, **record)
    assert campaign.do(contract.add_to_care_list, source="registry")["new_ids"] == [str(poor)]
    added = campaign.do(contract.add_to_care_list, source="units", unit_ids=[welfare.other_unit])
    assert added["new_ids"] == [str(other)]
    gone = welfare.joined()
    left = {"member_id": gone, "unit_id": welfare.unit, "standing": "deceased", "on": date(2023, 2, 1)}
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, 5, **left))
    told = campaign.add(gone)
    assert (told["new"], [one["rule"] for one in told["refused"]]) == (0, ["campaigns.member_is_served"])
    sources = {one["member_id"]: one["source"] for one in campaign.items()}
    assert sources == {str(poor): "registry", str(other): "units"}
    assert {one["source"] for one in campaign.items(welfare.chair)} == {None}


def test_two_who_load_the_same_list_at_once_add_everybody_once(campaign: Campaign) -> None:
    people = [campaign.welfare.joined() for _ in range(30)]
    added: list[int] = []

    def load() -> None:
        added.append(campaign.add(*people)["new"])

    threads = [Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(added) == 30
    assert campaign.look()["people"] == 30


def test_figures_come_from_rules_and_a_missing_one_is_named(welfare_without_rules: WelfareHarness) -> None:
    with pytest.raises(NoRuleInForce) as told:
        Campaign(welfare_without_rules)
    assert told.value.rule == "campaign.warmth.cap"
    welfare_without_rules.rules("demo")
    assert refused(Campaign, welfare_without_rules, amount="1000.01") == "campaigns.amount_is_within_cap"
    coolness = {"kind": "coolness", "amount": "100.00", "form": "cash"}
    assert refused(Campaign, welfare_without_rules, **coolness) == "campaigns.form_is_allowed"
    assert refused(Campaign, welfare_without_rules, ends_on="2023-02-28") == "campaigns.days_are_in_order"


def test_visitors_hear_of_their_people_once_the_campaign_has_begun(campaign: Campaign) -> None:
    campaign.add(campaign.welfare.joined(), campaign.welfare.joined())
    campaign.do(contract.assign_care_items, visitor_id=campaign.visitor.member_id)
    assert campaign.welfare.events("care_assigned") == []
    assert campaign.welfare.ask(contract.my_care_items, campaign.visitor)["items"] == []
    campaign.do(contract.open_care_campaign)
    first, _ = (one["id"] for one in campaign.welfare.ask(contract.my_care_items, campaign.visitor)["items"])
    campaign.complete(first)
    assert [one["people"] for one in campaign.welfare.events("care_assigned")] == [2, 1]
    with clock.frozen(LATE):
        for _ in range(2):
            campaign.welfare.run_timer("remind_care_visitors")
    told = campaign.welfare.events("care_assigned")[2:]
    assert [(one["people"], one["reminder"]) for one in told] == [(1, True)]


def test_people_are_handed_over_and_nobody_visits_oneself(campaign: Campaign) -> None:
    visitor_id = campaign.visitor.member_id
    assert visitor_id is not None
    campaign.begun(campaign.welfare.joined(), campaign.welfare.joined(), visitor_id)
    assert {one["member_id"]: one["visitor_id"] for one in campaign.items()}[str(visitor_id)] is None
    other = member_account(campaign.welfare.joined())
    handed = campaign.do(contract.hand_over_care_items, campaign.visitor, to_visitor_id=other.member_id)
    assert handed["assigned"] == 2
    assert campaign.welfare.ask(contract.my_care_items, campaign.visitor)["items"] == []
    assert [one["people"] for one in campaign.welfare.events("care_assigned")][-2:].count(0) == 1
    with pytest.raises(NotAllowed):
        campaign.do(
            contract.hand_over_care_items, campaign.visitor, visitor_id=other.member_id, to_visitor_id=visitor_id
        )


def test_a_chair_directs_the_own_unit_only(campaign: Campaign) -> None:
    own, other = campaign.begun()
    seen = campaign.items(campaign.welfare.chair)
    assert [one["id"] for one in seen] == [own]
    assert campaign.look(campaign.welfare.chair)["people"] == 1
    with pytest.raises(NotAllowed):
        campaign.complete(other, campaign.welfare.chair)
    with pytest.raises(NotAllowed):
        campaign.do(
            contract.assign_care_items, campaign.welfare.chair, visitor_id=campaign.visitor.member_id,
            unit_id=campaign.welfare.other_unit,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        campaign.complete(own, chair_of(campaign.welfare.other_unit))


def test_what_is_given_is_signed_for_in_time_and_within_the_standard(campaign: Campaign) -> None:
    first, _ = campaign.begun()
    assert refused(campaign.complete, first, signed_by=None) == "campaigns.gift_is_signed_for"
    assert refused(campaign.complete, first, value="500.01") == "campaigns.value_is_within_standard"
    assert refused(campaign.complete, first, given_on="2023-03-02") == "campaigns.day_fits"
    assert refused(campaign.complete, first, given_on="2023-02-28") == "campaigns.day_fits"
    member_id = UUID(campaign.items()[0]["member_id"])
    oneself = chair_of(campaign.welfare.unit, member_id=member_id)
    assert refused(campaign.complete, first, oneself) == "campaigns.visitor_is_not_the_visited"
    assert campaign.complete(first)["state"] == "given"
    assert refused(campaign.complete, first) == "workflow.care_item"


def test_a_campaign_can_ask_for_a_sheet_and_photos_say_who_is_shown(welfare: WelfareHarness) -> None:
    campaign = Campaign(welfare, evidence_needed="signature")
    first, _ = campaign.begun()
    assert refused(campaign.complete, first) == "campaigns.evidence_is_given"
    photo = {"kind": "photo", "name": "家里.jpg", "media_type": "image/jpeg", "content": picture(900, 600)}
    attach = {"item_id": first, **photo}
    assert (
        refused(welfare.ask, contract.attach_care_evidence, campaign.visitor, **attach) == "campaigns.people_are_asked"
    )
    welfare.ask(contract.attach_care_evidence, campaign.visitor, **attach, people_shown="agreed")
    sheet = {"kind": "signature", "name": "sheet.pdf", "media_type": "application/pdf", "content": PDF}
    kept = welfare.ask(contract.attach_care_evidence, campaign.visitor, item_id=first, **sheet)
    assert [(one["kind"], one["opens"]) for one in kept["evidence"]] == [("photo", "freely"), ("signature", "freely")]
    assert campaign.complete(first, signed_by=None)["state"] == "given"

    piece = {"item_id": first, "evidence_id": kept["evidence"][0]["id"]}
    with pytest.raises(InvalidInput):
        welfare.ask(contract.open_care_evidence, auditor(), **piece)
    assert welfare.ask(contract.open_care_evidence, auditor(), **piece, purpose="an audit")["name"] == "photo.jpg"
    with pytest.raises(NotAllowed):
        welfare.ask(contract.open_care_evidence, welfare.chair, **piece, purpose="looking")
    assert refused(welfare.ask, contract.remove_care_evidence, campaign.visitor, **piece)
    visited = member_account(UUID(campaign.items()[0]["member_id"]))
    assert len(welfare.ask(contract.remove_care_evidence, visited, **piece)["evidence"]) == 1
    (gift,) = welfare.ask(contract.my_campaign_gifts, visited)["items"]
    assert (gift["value"], gift["signed_by"], gift["campaign"]) == ("500.00", None, "2023 年春送温暖")


def test_nothing_is_given_after_a_death_and_a_mistake_is_undone(campaign: Campaign) -> None:
    first, _ = campaign.begun()
    member_id = UUID(campaign.items()[0]["member_id"])
    left = {"member_id": member_id, "unit_id": campaign.welfare.unit, "standing": "deceased", "on": date(2023, 3, 1)}
    campaign.welfare.receive("on_member_left", campaign.welfare.example_message(MemberLeft, 5, **left))
    shown = campaign.welfare.ask(contract.get_care_item, item_id=first)
    assert (shown["state"], shown["missed_cause"]) == ("missed", "member_died")
    back = {"member_id": member_id, "unit_id": campaign.welfare.unit}
    campaign.welfare.receive("on_member_reinstated", campaign.welfare.example_message(MemberReinstated, 6, **back))
    assert campaign.welfare.ask(contract.get_care_item, item_id=first)["state"] == "listed"


def test_who_visits_and_leaves_gives_the_people_back(campaign: Campaign) -> None:
    campaign.begun()
    left = {
        "member_id": campaign.visitor.member_id, "unit_id": campaign.welfare.unit, "standing": "withdrawn",
        "on": date(2023, 3, 1),
    }  # fmt: skip
    campaign.welfare.receive("on_member_left", campaign.welfare.example_message(MemberLeft, 5, **left))
    assert {(one["state"], one["visitor_id"]) for one in campaign.items()} == {("listed", None)}


def test_a_campaign_in_which_nothing_was_given_can_be_cancelled(campaign: Campaign) -> None:
    first, _ = campaign.begun()
    campaign.complete(first)
    assert refused(campaign.do, contract.cancel_care_campaign) == "campaigns.nothing_was_given"
    other = Campaign(campaign.welfare)
    other.begun()
    assert other.do(contract.cancel_care_campaign)["state"] == "cancelled"
    assert len(campaign.welfare.events("funding_released")) == 1
    assert campaign.welfare.events("care_campaign_ended")[-1]["held"] is False


def test_somebody_is_taken_off_before_the_campaign_begins_and_an_empty_one_does_not(campaign: Campaign) -> None:
    assert refused(campaign.do, contract.open_care_campaign) == "campaigns.somebody_is_listed"
    campaign.add(campaign.welfare.joined())
    (item,) = campaign.items()
    campaign.welfare.ask(contract.remove_from_care_list, item_id=item["id"])
    assert campaign.items() == []
    first, _ = campaign.begun()
    assert (
        refused(campaign.welfare.ask, contract.remove_from_care_list, item_id=first) == "campaigns.list_is_not_in_work"
    )


@pytest.mark.databases("postgresql", "sqlite")
def test_words_are_encrypted_and_erased_with_the_member(campaign: Campaign) -> None:
    first, _ = campaign.begun()
    campaign.complete(first)
    for table in ("care_item", "change_history", "outbox"):
        rows = str(campaign.welfare.stored(f"SELECT * FROM {table}"))
        assert "张三" not in rows
        assert "went to the house" not in rows
    member_id = UUID(campaign.items()[0]["member_id"])
    campaign.welfare.receive(
        "on_member_anonymised", campaign.welfare.example_message(MemberAnonymised, member_id=member_id)
    )
    shown = campaign.welfare.ask(contract.get_care_item, item_id=first)
    assert (shown["state"], shown["value"], shown["signed_by"], shown["note"]) == ("given", "500.00", None, None)


def test_who_is_added_to_a_campaign_under_way_has_money_reserved_too(campaign: Campaign) -> None:
    campaign.begun()
    campaign.add(campaign.welfare.joined())
    campaign.add(campaign.welfare.joined())
    asked = [(one["claim"], one["amount"]) for one in campaign.welfare.events("funding_reserved")]
    assert asked == [(1, "1000.00"), (2, "1500.00"), (3, "2000.00")]


def test_a_reservation_that_the_funds_refused_is_told_with_its_reason_and_can_be_asked_for_again(
    campaign: Campaign,
) -> None:
    welfare = campaign.welfare
    campaign.begun()
    assert campaign.look()["reserved"]["state"] == "asked"
    source = {"source_type": "campaign", "source_id": campaign.id, "claim": 1}
    refusal = {"rule": "funds.budget_is_enough", "reason_code": "budget_exhausted"}
    welfare.receive("on_funding_refused", welfare.example_message(FundingRefused, **source, **refusal))

    told = campaign.look()["reserved"]
    assert (told["state"], told["refused_rule"], told["reason_code"], told["amount"]) == (
        "refused", "funds.budget_is_enough", "budget_exhausted", "1000.00",
    )  # fmt: skip
    assert campaign.look(welfare.chair)["reserved"] is None
    welfare.ask(reserve_money_again, source_type="campaign", source_id=campaign.id)
    assert campaign.look()["reserved"]["state"] == "asked"
