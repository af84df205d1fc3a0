"""Money, places and decisions under several who act at the same moment, on PostgreSQL: each counts once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from services.chassis import clock
from services.chassis.errors import Problem
from services.contracts.welfare.care_campaigns import operations as campaigns
from services.contracts.welfare.charity import operations as charity
from services.contracts.welfare.hardship import operations as hardship
from services.contracts.welfare.procurement import operations as buying_operations
from tests.component.welfare.buying import Buying
from tests.component.welfare.care_campaigns.test_care_campaigns import Campaign
from tests.component.welfare.charity.drives import AUTUMN, Drive
from tests.component.welfare.hardship.aid import Aid
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.test_counselling import book, counselling, slot
from tests.component.welfare.test_requests import a_type, act, attach, look, submit
from tests.component.welfare.test_requests import contract as requests
from tests.support.at_once import all_at_once, at_once
from tests.support.principals import member_account, officer

MANY = 8


def outcomes(answers: list[Any]) -> Counter[str]:
    """Return how many answers were accepted, and how many refused by each rule or code."""
    return Counter((one.rule or one.code) if isinstance(one, Problem) else "ok" for one in answers)


def test_a_payment_is_requested_once_however_many_ask(welfare: WelfareHarness) -> None:
    buying = Buying(welfare)
    buying.title()
    purchase = buying.invoice(buying.accepted())
    told = outcomes(at_once(MANY, lambda _: buying.pay(purchase)))
    assert told["ok"] == 1
    assert len(welfare.events("payment_requested")) == 1


def test_an_invoice_is_used_once_by_purchases_that_record_it_together(welfare: WelfareHarness) -> None:
    buying = Buying(welfare)
    buying.title()
    purchases = [buying.accepted() for _ in range(4)]
    told = outcomes(at_once(4, lambda order: buying.invoice(purchases[order], "7" * 20)))
    assert told == {"ok": 1, "procurement.invoice_is_used_once": 3}


def test_a_delivery_is_confirmed_once_and_never_passes_the_order(welfare: WelfareHarness) -> None:
    buying = Buying(welfare)
    ordered = buying.decided()
    told = outcomes(at_once(MANY, lambda _: buying.count(ordered, officer())))
    assert (told["ok"], told["procurement.no_other_count_waits"]) == (1, MANY - 1)
    counted = buying.read(ordered)
    told = outcomes(at_once(MANY, lambda _: buying.confirm(counted, officer())))
    assert told["ok"] == 1
    assert [item["accepted"] for item in buying.read(ordered)["items"]] == [50, 100]
    assert len(welfare.events("purchase_accepted")) == 1


def test_undoing_and_accepting_at_the_same_moment_leaves_one_of_them(welfare: WelfareHarness) -> None:
    buying = Buying(welfare)
    ordered = buying.decided()
    back = {"purchase_id": ordered["id"], "reason": "供应商不能供货"}
    all_at_once(
        lambda: welfare.ask(buying_operations.undo_decision, **back),
        lambda: welfare.ask(buying_operations.cancel_purchase, **back),
        lambda: buying.count(ordered, officer()),
    )
    left = buying.read(ordered)
    counted = [one for one in left["acceptances"] if one["state"] == "waiting"]
    assert (left["state"], len(counted)) in (("quoting", 0), ("cancelled", 0), ("decided", 1))


def test_one_application_and_one_decision_of_several_at_once(welfare: WelfareHarness) -> None:
    aid = Aid(welfare)
    values = {"kind": "hardship", "asked": "8000.00", "reason": "The roof burned down."}
    drafts = at_once(MANY, lambda _: welfare.ask(hardship.draft_aid_application, aid.applicant, **values))
    assert outcomes(drafts)["ok"] == 1
    aid.id = next(one["id"] for one in drafts if not isinstance(one, Problem))
    aid.attach()
    aid.do(hardship.submit_aid_application, aid.applicant)
    aid.taken_up()
    refusal = {"outcome": "refused", "granted": None}
    told = outcomes(at_once(MANY, lambda order: aid.decide(officer(), **(refusal if order % 2 else {}))))
    assert told["ok"] == 1
    paid = len(welfare.events("payment_requested"))
    assert (aid.look()["state"], paid) in (("granted", 1), ("refused", 0))


def test_what_is_given_while_a_campaign_ends_is_paid_or_was_not_given(welfare: WelfareHarness) -> None:
    campaign = Campaign(welfare)
    items = campaign.begun(*(welfare.joined() for _ in range(5)))
    acts = [lambda one=one: campaign.complete(one, welfare.officer) for one in items for _ in range(2)]
    all_at_once(*acts, lambda: campaign.do(campaigns.close_care_campaign))
    shown = campaign.look()
    given = sum(one["state"] == "given" for one in campaign.items())
    asked = [one["amount"] for one in welfare.events("payment_requested")]
    assert (shown["given"], shown["missed"], shown["spent"]) == (given, 5 - given, f"{500 * given}.00")
    assert asked == ([f"{500 * given}.00"] if given else [])


def test_one_receipt_is_one_gift_and_one_member_one_deduction(welfare: WelfareHarness) -> None:
    with clock.frozen(AUTUMN):
        drive = Drive(welfare)
        givers = [drive.member() for _ in range(MANY)]
        told = outcomes(at_once(MANY, lambda order: drive.give(givers[order], "transfer", reference="2026-77")))
        assert told == {"ok": 1, "charity.reference_is_new": MANY - 1}
        assert outcomes(at_once(MANY, lambda order: drive.give(givers[0], amount=f"{order + 1}.00")))["ok"] == MANY
        assert [one["way"] for one in drive.gifts()].count("payroll") == 1
        drive.ask(charity.read_payroll_list, purpose="交财务处")
        values = {"deducted_on": "2026-09-01", "missing": []}
        at_once(MANY, lambda _: drive.ask(charity.confirm_payroll, **values))
        assert len(welfare.events("donation_recorded")) == 1


def test_somebody_books_two_slots_of_a_kind_at_once_and_has_one(welfare: WelfareHarness) -> None:
    type_id = counselling(welfare)
    slots = [slot(welfare, type_id, days=5 + place) for place in range(2)]
    by = member_account(welfare.joined())
    told = outcomes(at_once(2, lambda order: book(welfare, by, slots[order])))
    assert (told["ok"], told["requests.one_appointment_at_a_time"]) == (1, 1)


def test_a_request_is_accepted_or_withdrawn_not_both(welfare: WelfareHarness) -> None:
    by = member_account(welfare.joined())
    made = submit(welfare, by, a_type(welfare)["id"])
    attach(welfare, by, made["id"])
    all_at_once(
        lambda: act(welfare, requests.accept_request, made["id"]),
        lambda: act(welfare, requests.withdraw_request, made["id"], by),
        lambda: act(welfare, requests.decline_request, made["id"], reason="不在受理范围"),
    )
    kept = look(welfare, by, made["id"])
    assert (kept["due_on"] is None) == (kept["state"] in ("withdrawn", "declined"))
    ended = [one["action"] for one in kept["history"] if one["action"] in ("withdraw", "decline")]
    assert len(ended) == (kept["state"] != "accepted")
