"""A payment is asked for again by its subject, where the subject keeps the state of what is paid."""

from __future__ import annotations

from typing import Any

import pytest

from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.welfare import payment_operations as money
from services.contracts.welfare.care_campaigns import operations as campaigns
from services.contracts.welfare.hardship import operations as hardship
from tests.component.welfare.buying import Buying
from tests.component.welfare.care_campaigns.test_care_campaigns import Campaign
from tests.component.welfare.hardship.aid import Aid
from tests.component.welfare.harness import WelfareHarness

OWN_WAY = "payments.subject_asks_again"


def again(welfare: WelfareHarness, source_type: str, source_id: str) -> str | None:
    return welfare.refused(money.pay_again, source_type=source_type, source_id=source_id).rule


@pytest.mark.databases("postgresql", "sqlite")
def test_a_purchase_is_paid_again_by_its_own_way_only(welfare: WelfareHarness) -> None:
    buying = Buying(welfare)
    buying.title()
    purchase = buying.invoice(buying.accepted())
    buying.pay(purchase)
    welfare.answered(ExpenseRefused, purchase["id"], "purchase", claim=1)
    assert buying.read(purchase)["state"] == "refused"
    assert again(welfare, "purchase", purchase["id"]) == OWN_WAY

    buying.pay(buying.read(purchase))
    welfare.answered(ExpenseRecorded, purchase["id"], "purchase", claim=2)
    assert buying.read(purchase)["state"] == "paid"
    assert [one["claim"] for one in welfare.events("payment_requested")] == [1, 2]


def test_aid_is_paid_again_by_its_own_way_only(welfare: WelfareHarness) -> None:
    aid = Aid(welfare)
    aid.under_review()
    aid.decide()
    aid.payment_refused(claim=1)
    assert again(welfare, "aid", aid.id) == OWN_WAY
    aid.do(hardship.pay_aid_again)
    aid.paid(claim=2)
    assert aid.look()["state"] == "paid"


def test_a_campaign_is_paid_again_by_its_own_way_only(welfare: WelfareHarness) -> None:
    campaign = Campaign(welfare)
    first, _ = campaign.begun()
    campaign.complete(first)
    campaign.do(campaigns.close_care_campaign)
    campaign.funds(ExpenseRefused, claim=1)
    assert again(welfare, "campaign", campaign.id) == OWN_WAY
    campaign.do(campaigns.pay_care_again)
    campaign.funds(ExpenseRecorded, claim=2)
    told: list[Any] = [one["open"] for one in welfare.events("care_payment_refused")]
    assert (campaign.look()["claim_state"], told) == ("recorded", [True, False])
