"""Deliveries accepted by two, invoices used once, payments never above what came; also when several act at once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.errors import InvalidInput, NotAllowed, Problem, Refused
from services.contracts.welfare.procurement import operations as buying
from tests.component.welfare.buying import FILE, TITLE, TODAY, Buying
from tests.component.welfare.harness import WelfareHarness
from tests.support.at_once import all_at_once, at_once
from tests.support.pictures import picture
from tests.support.principals import chair_of, officer


@pytest.fixture
def shop(welfare: WelfareHarness) -> Buying:
    shop = Buying(welfare)
    shop.title()
    return shop


def refused(act: Any, *args: Any, **changes: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **changes)
    return caught.value


def test_two_different_persons_accept_and_neither_decided_alone(shop: Buying) -> None:
    decided = shop.decided()
    assert refused(shop.count, decided, shop.welfare.officer).rule == "procurement.accepter_did_not_decide"
    counted = shop.count(decided)
    assert refused(shop.confirm, counted, shop.second).rule == "procurement.another_person_confirms"
    assert refused(shop.confirm, counted, shop.welfare.officer).rule == "procurement.accepter_did_not_decide"
    same_member = chair_of(uuid4(), member_id=shop.second.member_id)
    with pytest.raises(NotAllowed):
        shop.confirm(counted, same_member)
    assert shop.read(decided, shop.second)["actions"] == ["withdraw_count"]
    assert shop.read(decided, shop.third)["actions"] == ["confirm", "withdraw_count"]
    assert shop.confirm(counted)["state"] == "accepted"


def test_the_same_member_with_another_account_is_not_a_second_person(shop: Buying) -> None:
    unit = shop.welfare.unit
    counted = shop.count(shop.decided(unit_id=unit))
    other_account = chair_of(unit, member_id=shop.second.member_id)
    assert refused(shop.confirm, counted, other_account).rule == "procurement.another_person_confirms"
    assert shop.confirm(counted, shop.welfare.chair)["state"] == "accepted"


def test_who_decided_with_a_committee_may_accept(shop: Buying) -> None:
    need = shop.need()
    for price in ("2000.00", "2100.00", "2200.00"):
        quoted = shop.quote(need, price, "10.00")
    decided = shop.sign(shop.decide(quoted, present=["一", "二", "三"]))
    assert shop.confirm(shop.count(decided, shop.welfare.officer))["state"] == "accepted"


def test_without_the_contract_the_amount_asks_for_nothing_is_accepted(shop: Buying) -> None:
    decided = shop.decided("700.00", "10.00")
    assert refused(shop.count, decided).rule == "procurement.contract_is_signed"
    assert shop.count(shop.sign(decided))["acceptances"][0]["state"] == "waiting"


def test_deliveries_come_in_parts_with_rejections(shop: Buying) -> None:
    decided = shop.decided()
    rope, shuttle = decided["items"]
    lines = [
        {"item_id": rope["id"], "accepted": 30, "rejected": 5, "reason": "开线"},
        {"item_id": shuttle["id"], "accepted": 100},
    ]
    part = shop.confirm(shop.count(decided, lines=lines))
    assert part["state"] == "decided"
    assert [(one["accepted"], one["rejected"], one["open"]) for one in part["items"]] == [(30, 5, 20), (100, 0, 0)]
    assert part["accepted_amount"] == "800.00"
    too_many = refused(shop.count, part, None, 21, 0)
    assert (too_many.rule, too_many.params["open"]) == ("procurement.accepted_is_ordered", 20)
    no_reason = [{"item_id": rope["id"], "accepted": 0, "rejected": 1}]
    assert refused(shop.count, part, lines=no_reason).rule == "procurement.rejection_has_a_reason"
    assert refused(shop.count, part, None, 0, 0).rule == "procurement.something_was_counted"
    done = shop.confirm(shop.count(part, None, 20, 0))
    assert (done["state"], done["accepted_amount"], len(done["acceptances"])) == ("accepted", "1000.00", 2)
    assert len(shop.welfare.events("purchase_accepted")) == 1


def test_a_delivery_that_stays_incomplete_is_finished_by_the_office(shop: Buying) -> None:
    decided = shop.decided()
    finish = {"purchase_id": decided["id"], "reason": "供应商停产"}
    nothing = refused(shop.ask, buying.finish_delivery, **finish)
    assert nothing.rule == "procurement.something_was_accepted"
    counted = shop.count(decided, None, 40, 0)
    assert refused(shop.ask, buying.finish_delivery, **finish).rule == "procurement.no_other_count_waits"
    shop.confirm(counted)
    done = shop.ask(buying.finish_delivery, **finish)
    assert (done["state"], done["accepted_amount"]) == ("accepted", "400.00")
    (told,) = shop.welfare.events("purchase_accepted")
    assert told["amount"] == "400.00"
    over = refused(shop.invoice, done, amount="400.01")
    assert (over.rule, over.params["accepted"]) == ("procurement.invoices_are_covered", "400.00")


def test_goods_come_after_the_order_and_one_count_waits(shop: Buying) -> None:
    decided = shop.decided()
    early = refused(shop.count, decided, received_on=date(2023, 2, 28))
    assert early.rule == "procurement.delivery_day_fits"
    counted = shop.count(decided, None, 10, 0)
    assert refused(shop.count, decided, None, 10, 0).rule == "procurement.no_other_count_waits"
    waiting = counted["acceptances"][0]["id"]
    ref = {"purchase_id": decided["id"], "acceptance_id": waiting}
    shop.ask(buying.withdraw_count, shop.second, **ref, reason="数错")
    assert refused(shop.ask, buying.confirm_delivery, shop.third, **ref).rule == "procurement.count_still_waits"


def test_the_buyer_on_an_invoice_is_the_union(shop: Buying) -> None:
    accepted = shop.accepted()
    name = refused(shop.invoice, accepted, buyer_name="某大学")
    assert (name.rule, name.field) == ("procurement.buyer_is_the_union", "buyer_name")
    number = refused(shop.invoice, accepted, buyer_tax_number="123")
    assert (number.field, number.params["tax_number"]) == ("buyer_tax_number", TITLE["tax_number"])
    spaced = f" {TITLE['tax_number'].lower()} "
    assert shop.invoice(accepted, buyer_tax_number=spaced)["state"] == "invoiced"


def test_without_the_unions_own_title_no_invoice_is_checked(welfare: WelfareHarness) -> None:
    shop = Buying(welfare)
    assert refused(shop.invoice, shop.accepted()).rule == "procurement.title_is_set"


def test_an_invoice_has_the_form_of_its_kind(shop: Buying) -> None:
    accepted = shop.accepted()
    for parts in ({"invoice_number": "12345678"}, {"invoice_number": "1" * 20, "invoice_code": "033001900204"},
                  {"invoice_number": "１" * 20}):  # fmt: skip
        with pytest.raises(InvalidInput):
            shop.invoice(accepted, **{"number": parts.pop("invoice_number"), **parts})
    old = shop.invoice(accepted, "12345678", invoice_code="033001900204")
    assert old["invoices"][0]["invoice_code"] == "033001900204"


def test_an_invoice_is_used_once_unless_it_was_reversed(shop: Buying) -> None:
    first = shop.invoice(shop.accepted())
    second = shop.accepted()
    again = refused(shop.invoice, second)
    assert (again.rule, again.params["purchase"]) == ("procurement.invoice_is_used_once", first["number"])
    ref = {"purchase_id": first["id"], "invoice_id": first["invoices"][0]["id"], "reason": "开错"}
    back = shop.ask(buying.reverse_invoice, **ref)
    assert (back["state"], back["invoiced_amount"], back["invoices"][0]["reason"]) == ("accepted", "0.00", "开错")
    assert shop.invoice(second)["state"] == "invoiced"
    twice = refused(shop.ask, buying.reverse_invoice, **ref)
    assert twice.rule == "workflow.purchase"


def test_several_invoices_never_pass_what_was_accepted(shop: Buying) -> None:
    accepted = shop.accepted()
    shop.invoice(accepted, "1" * 20, amount="600.00")
    assert refused(shop.invoice, accepted, "2" * 20, amount="400.01").rule == "procurement.invoices_are_covered"
    both = shop.invoice(accepted, "2" * 20, amount="400.00")
    assert both["invoiced_amount"] == "1000.00"
    ref = {"purchase_id": both["id"], "invoice_id": both["invoices"][0]["id"], "reason": "开错"}
    assert shop.ask(buying.reverse_invoice, **ref)["state"] == "invoiced"


def test_files_are_examined_and_stay_once_the_payment_rests_on_them(shop: Buying) -> None:
    accepted = shop.accepted()
    photo = {"kind": "acceptance", "name": "货.jpg", "media_type": "image/jpeg", "content": picture(600, 400)}
    with_photo = shop.ask(buying.attach_purchase_paper, purchase_id=accepted["id"], **photo)
    assert [paper["kind"] for paper in with_photo["papers"]] == ["acceptance"]
    wrong = {"kind": "other", **FILE, "media_type": "image/png"}
    assert refused(shop.ask, buying.attach_purchase_paper, purchase_id=accepted["id"], **wrong).rule
    removed = {"purchase_id": accepted["id"], "paper_id": with_photo["papers"][0]["id"], "reason": "拍糊了"}
    assert shop.ask(buying.remove_purchase_paper, **removed)["papers"] == []
    assert shop.welfare.stored("SELECT count(*) FROM stored_file") == [(0,)]


@pytest.mark.databases("postgresql", "sqlite")
def test_two_confirm_at_once_and_it_counts_once(shop: Buying) -> None:
    counted = shop.count(shop.decided())
    answers = all_at_once(lambda: shop.confirm(counted, officer()), lambda: shop.confirm(counted, officer()))
    assert sum(isinstance(one, Problem) for one in answers) == 1
    read = shop.read(counted)
    assert (read["state"], read["accepted_amount"]) == ("accepted", "1000.00")
    assert len(shop.welfare.events("purchase_accepted")) == 1


def test_one_invoice_recorded_by_several_at_once_is_recorded_once(shop: Buying) -> None:
    purchases = [shop.accepted() for _ in range(4)]
    answers = at_once(4, lambda order: shop.invoice(purchases[order]))
    rules = [one.rule for one in answers if isinstance(one, Problem)]
    assert rules == ["procurement.invoice_is_used_once"] * 3


def test_needs_raised_at_once_have_numbers_of_their_own(shop: Buying) -> None:
    numbers = [one["number"] for one in at_once(4, lambda _: shop.need())]
    assert sorted(numbers) == [f"2023-{place:04d}" for place in range(1, 5)]


def test_a_repeated_command_answers_as_the_first_time(shop: Buying) -> None:
    decided = shop.decided()
    lines = [{"item_id": item["id"], "accepted": item["open"]} for item in decided["items"]]
    request = {"purchase_id": decided["id"], "received_on": TODAY, "lines": lines}
    first = shop.welfare.ask_keyed("k1", buying.count_delivery, shop.second, **request)
    again = shop.welfare.ask_keyed("k1", buying.count_delivery, shop.second, **request)
    assert first == again
    assert len(shop.read(decided)["acceptances"]) == 1
