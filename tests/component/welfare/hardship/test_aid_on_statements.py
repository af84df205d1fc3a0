"""Aid and care campaigns on a member's statement, as they stood on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.contracts.welfare.statement import my_statement
from tests.component.welfare.care_campaigns.test_care_campaigns import Campaign
from tests.component.welfare.goods import on
from tests.component.welfare.hardship.aid import Aid
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account


def lines(aid: Aid, kind: str, as_of: date) -> list[dict[str, Any]]:
    told = aid.welfare.ask(my_statement, aid.applicant, as_of=as_of)["lines"]
    return [line for line in told if line["kind"] == kind]


def test_an_application_is_told_as_it_stood_on_each_day(aid: Aid) -> None:
    aid.submitted()
    with on(date(2023, 3, 2)):
        aid.taken_up()
    with on(date(2023, 3, 3)):
        aid.decide(decided_on=date(2023, 3, 3))
    with on(date(2023, 3, 4)):
        aid.paid(claim=1)
    with on(date(2023, 3, 5)):
        told = {day: lines(aid, "aid", date(2023, 3, day)) for day in range(1, 6)}
    assert [(told[day][0]["state"], told[day][0]["amount"]) for day in range(1, 6)] == [
        ("pending", "8000.00"), ("pending", "8000.00"), ("pending", "6000.00"), ("given", "6000.00"),
        ("given", "6000.00"),
    ]  # fmt: skip
    assert told[2][0]["decision_id"] is None
    assert told[4][0]["on"] == "2023-03-04"
    assert lines(aid, "aid", date(2023, 2, 28)) == []


def test_a_refusal_names_its_rule(aid: Aid) -> None:
    aid.under_review()
    aid.decide(outcome="refused", granted=None)
    (line,) = lines(aid, "aid", date(2023, 3, 1))
    assert (line["state"], line["reason"], line["decision_id"]) == (
        "refused", "hardship.committee_agrees", aid.look()["decision_id"],
    )  # fmt: skip


def test_a_gift_of_a_campaign_is_told_once_it_was_given(welfare: WelfareHarness) -> None:
    campaign = Campaign(welfare)
    member_id = welfare.joined()
    (item,) = campaign.begun(member_id)
    me = member_account(member_id)
    assert [one for one in welfare.ask(my_statement, me)["lines"] if one["kind"] == "campaign"] == []
    campaign.complete(item)
    (line,) = (one for one in welfare.ask(my_statement, me)["lines"] if one["kind"] == "campaign")
    assert (line["state"], line["amount"], line["title"]) == ("given", "500.00", "2023 年春送温暖")
