"""The administration's money: reserved for the list, paid for who came, given back; refusals are put again."""

from __future__ import annotations

from typing import Any

import pytest

from services.chassis.errors import Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.governance.funds.reservations import FundingRefused
from services.contracts.welfare.examinations import operations as contract
from services.contracts.welfare.payments import FundingReserved
from tests.component.welfare.examinations.campaigns import DAY, Campaign, on
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account


def closed(welfare: WelfareHarness, campaign: Campaign, came: bool = True) -> Any:
    """Open a campaign for three, of whom one came, and close it."""
    campaign.package(name="基础", price="300.00", age_to=45)
    package, slot = campaign.package(), campaign.slot()
    people = [campaign.member() for _ in range(3)]
    campaign.open()
    campaign.book(people[0], slot, package)
    with on(DAY):
        campaign.mark(people[0], "attended" if came else "no_show")
        return welfare.ask(contract.close_examination, examination_id=campaign.id)


def test_the_list_reserves_and_who_came_is_paid(welfare: WelfareHarness, campaign: Campaign) -> None:
    detail = closed(welfare, campaign)
    (reserved,) = welfare.events("funding_reserved")
    assert (reserved["amount"], reserved["funding_source"], reserved["benefit_key"], reserved["year"]) == (
        "1800.00", "administration", "medical_examination", 2026,
    )  # fmt: skip
    (paid,) = welfare.events("payment_requested")
    assert (paid["source_type"], paid["amount"], paid["people"], paid["beneficiary"]) == (
        "examination", "600.00", 1, None,
    )  # fmt: skip
    assert (detail["reserved"]["state"], detail["payment"]["state"]) == ("asked", "pending")
    for _ in range(2):
        welfare.answered(ExpenseRecorded, campaign.id, "examination", claim=1)
    assert campaign.read()["payment"]["state"] == "recorded"
    assert len(welfare.events("funding_released")) == 1
    mine = welfare.ask(contract.get_examination, member_account(), examination_id=campaign.id)
    assert (mine["reserved"], mine["payment"]) == (None, None)


def test_what_the_funds_refused_is_put_again(welfare: WelfareHarness, campaign: Campaign) -> None:
    closed(welfare, campaign)
    again = {"examination_id": campaign.id}
    with pytest.raises(Refused):
        welfare.ask(contract.fund_examination_again, **again)
    source = {"source_type": "examination", "source_id": campaign.id, "claim": 1}
    welfare.receive("on_funding_refused", welfare.example_message(FundingRefused, **source))
    assert welfare.ask(contract.fund_examination_again, **again)["reserved"]["claim"] == 2
    welfare.answered(ExpenseRefused, campaign.id, "examination", claim=1)
    assert campaign.read()["payment"]["state"] == "refused"
    told = welfare.ask(contract.fund_examination_again, **again)
    assert (told["payment"]["state"], told["payment"]["claim"]) == ("pending", 2)
    assert len(welfare.events(FundingReserved.type)) == 2


def test_where_nobody_came_nothing_is_paid(welfare: WelfareHarness, campaign: Campaign) -> None:
    closed(welfare, campaign, came=False)
    assert welfare.events("payment_requested") == []
    assert len(welfare.events("funding_released")) == 1
