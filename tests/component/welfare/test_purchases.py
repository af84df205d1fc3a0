"""A purchase from the need to the payment, step by step, and back while nothing followed."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from services.chassis.errors import Conflict, InvalidInput, NoRuleInForce, NotAllowed, NotFound, Refused
from services.contracts.welfare.procurement import operations as buying
from tests.component.welfare.buying import FILE, TODAY, Buying, code
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import auditor, chair_of, member_account


@pytest.fixture
def shop(welfare: WelfareHarness) -> Buying:
    return Buying(welfare)


def rule_of(caught: pytest.ExceptionInfo[Refused]) -> str | None:
    return caught.value.rule


@pytest.mark.databases("postgresql", "sqlite")
def test_a_purchase_goes_from_the_need_to_the_request_for_payment(shop: Buying) -> None:
    shop.title()
    need = shop.need()
    assert (need["number"], need["state"], need["expected_way"]) == ("2023-0001", "need", "alone")
    quoted = shop.quote(shop.quote(need, "12.00", "5.00") and need, "10.00", "5.00")
    assert [quote["total"] for quote in quoted["quotes"]] == ["1000.00", "1100.00"]
    assert [quote["cheapest"] for quote in quoted["quotes"]] == [True, False]
    decided = shop.decide(quoted)
    assert (decided["state"], decided["way"], decided["amount"]) == ("decided", "alone", "1000.00")
    counted = shop.count(decided)
    assert (counted["state"], counted["acceptances"][0]["state"]) == ("decided", "waiting")
    accepted = shop.confirm(counted)
    assert (accepted["state"], accepted["accepted_amount"]) == ("accepted", "1000.00")
    invoiced = shop.invoice(accepted)
    assert (invoiced["state"], invoiced["invoiced_amount"]) == ("invoiced", "1000.00")
    assert shop.pay(invoiced)["state"] == "payment_requested"
    (told,) = shop.welfare.events("purchase_accepted")
    assert (told["amount"], told["purchase_id"], told["source_type"]) == ("1000.00", need["id"], "other")
    steps = [step["step"] for step in shop.read(need)["steps"]]
    assert steps == [
        "payment_requested", "invoiced", "accepted", "confirmed", "counted", "decided", "quoted", "quoted", "raised",
    ]  # fmt: skip


def test_suppliers_are_registered_once_by_a_genuine_code_and_blocked_with_a_reason(shop: Buying) -> None:
    supplier_id = shop.supplier(contact="李四", phone="0571-1234")
    with pytest.raises(Conflict) as twice:
        shop.ask(buying.add_supplier, name="另一家", credit_code=code(1).lower())
    assert twice.value.rule == "procurement.supplier_is_new"
    with pytest.raises(InvalidInput):
        shop.ask(buying.add_supplier, name="写错", credit_code=code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1"))
    found = shop.ask(buying.get_supplier, supplier_id=supplier_id)
    assert (found["contact"], found["version"]) == ("李四", 1)
    assert "李四" not in str(shop.welfare.stored("SELECT * FROM supplier"))
    changed = shop.ask(
        buying.change_supplier, supplier_id=supplier_id, version=1, name="更名", contact="王五", phone="0571-1234"
    )
    assert changed["steps"][0]["fields_changed"] == ["contact", "name"]
    assert "王五" not in str(shop.welfare.stored("SELECT * FROM change_history"))
    shop.ask(buying.block_supplier, supplier_id=supplier_id, reason="以次充好")
    with pytest.raises(Refused) as caught:
        shop.quote(shop.need(), "1.00", "1.00", supplier_id=supplier_id)
    assert rule_of(caught) == "procurement.supplier_can_sell"
    listed = shop.ask(buying.list_suppliers, blocked=True, q="更")["items"]
    assert [one["blocked_reason"] for one in listed] == ["以次充好"]
    shop.ask(buying.admit_supplier, supplier_id=supplier_id, reason="已整改")
    assert shop.quote(shop.need(), "1.00", "1.00", supplier_id=supplier_id)["state"] == "quoting"


def test_a_second_quote_of_a_supplier_takes_the_place_of_the_first(shop: Buying) -> None:
    supplier_id, need = shop.supplier(), shop.need()
    shop.quote(need, "12.00", "5.00", supplier_id=supplier_id)
    again = shop.quote(need, "11.00", "5.00", supplier_id=supplier_id, file=FILE)
    assert [quote["total"] for quote in again["quotes"]] == ["1050.00"]
    assert [(paper["kind"], paper["about_id"]) for paper in again["papers"]] == [("quote", again["quotes"][0]["id"])]
    ref = {"purchase_id": need["id"], "quote_id": again["quotes"][0]["id"]}
    emptied = shop.ask(buying.withdraw_quote, **ref)
    assert (emptied["state"], emptied["quotes"], emptied["papers"]) == ("need", [], [])
    assert shop.welfare.stored("SELECT count(*) FROM stored_file") == [(0,)]


def test_a_quote_prices_every_item_once(shop: Buying) -> None:
    need = shop.need()
    line = {"item_id": need["items"][0]["id"], "unit_price": "1.00"}
    with pytest.raises(Refused) as caught:
        shop.quote(need, "1.00", "1.00", lines=[line, line])
    assert rule_of(caught) == "procurement.quote_prices_every_item"


def test_the_amount_says_how_it_is_decided(shop: Buying) -> None:
    need = shop.need(estimate="120000.00")
    assert need["expected_way"] == "committee"
    quoted = shop.quote(need, "2000.00", "100.00")
    with pytest.raises(Refused) as few:
        shop.decide(quoted)
    assert (rule_of(few), few.value.params["least"]) == ("procurement.quotes_suffice", 3)
    assert few.value.params["document"]
    shop.quote(need, "2000.00", "150.00")
    quoted = shop.quote(need, "2100.00", "100.00")
    with pytest.raises(Refused) as alone:
        shop.decide(quoted, present=["张一", "张二"])
    assert rule_of(alone) == "procurement.enough_decide_together"
    with pytest.raises(Refused) as twice:
        shop.decide(quoted, present=["张一", "张 一", "张二"])
    assert rule_of(twice) == "procurement.persons_are_named_once"
    present = ["张一", "张二", "张三"]
    with pytest.raises(Refused) as dearer:
        shop.decide(quoted, place=1, present=present)
    assert rule_of(dearer) == "procurement.dearer_quote_has_a_reason"
    decided = shop.decide(quoted, place=1, present=present, reason="质量更好", file=FILE)
    assert (decided["decision"]["present"], decided["decision"]["way"]) == (present, "committee")
    assert [rule["key"] for rule in decided["rules"]] == [
        "procurement.committee_from", "procurement.quotes_least", "procurement.committee_least",
    ]  # fmt: skip
    assert [paper["kind"] for paper in decided["papers"]] == ["minutes"]
    assert "张三" not in str(shop.welfare.stored("SELECT * FROM purchase"))


def test_a_tender_needs_the_number_of_its_result(shop: Buying) -> None:
    quoted = shop.quote(shop.need(), "4000.00", "10.00")
    with pytest.raises(Refused) as caught:
        shop.decide(quoted)
    assert rule_of(caught) == "procurement.tender_is_named"
    assert shop.decide(quoted, tender_number="ZB-2023-8")["way"] == "tender"


def test_a_decision_is_of_the_quote_that_was_seen_while_it_is_valid(shop: Buying) -> None:
    quoted = shop.quote(shop.need(), "10.00", "5.00", valid_until=TODAY)
    with pytest.raises(Refused) as seen:
        shop.decide(quoted, amount="999.00")
    assert rule_of(seen) == "procurement.decision_is_of_what_was_seen"
    with pytest.raises(Refused) as early:
        shop.decide(quoted, decided_on=date(2023, 2, 28))
    assert rule_of(early) == "procurement.decision_day_has_come"
    late = shop.quote(shop.need(), "10.00", "5.00", valid_until=date(2023, 2, 28))
    with pytest.raises(Refused) as over:
        shop.decide(late)
    assert rule_of(over) == "procurement.quote_is_valid"


def test_without_the_dated_figures_nothing_is_decided(welfare_without_rules: WelfareHarness) -> None:
    shop = Buying(welfare_without_rules)
    quoted = shop.quote(shop.need(), "10.00", "5.00")
    assert (quoted["expected_way"], quoted["missing_rule"]) == (None, "procurement.contract_from")
    with pytest.raises(NoRuleInForce) as caught:
        shop.decide(quoted)
    assert caught.value.rule == "procurement.contract_from"


def test_steps_are_taken_back_while_nothing_followed(shop: Buying) -> None:
    signed = shop.sign(shop.decided("700.00", "10.00"))
    assert (signed["state"], signed["way"]) == ("contracted", "contract")
    back = shop.ask(buying.undo_contract, purchase_id=signed["id"], reason="合同填错")
    assert (back["state"], back["contract_number"]) == ("decided", None)
    back = shop.ask(buying.undo_decision, purchase_id=signed["id"], reason="重新比价")
    assert (back["state"], back["decision"], back["supplier_id"]) == ("quoting", None, None)
    assert back["amount"] == back["estimate"]
    signed = shop.sign(shop.decide(back))
    counted = shop.count(signed)
    for operation in (buying.undo_contract, buying.cancel_purchase):
        with pytest.raises(Refused) as caught:
            shop.ask(operation, purchase_id=signed["id"], reason="太晚")
        assert rule_of(caught) == "procurement.nothing_was_delivered"
    waiting = counted["acceptances"][0]["id"]
    shop.ask(buying.withdraw_count, purchase_id=signed["id"], acceptance_id=waiting, reason="数错")
    assert shop.ask(buying.cancel_purchase, purchase_id=signed["id"], reason="供应商违约")["state"] == "cancelled"


def test_parts_of_one_need_below_a_limit_are_shown(shop: Buying) -> None:
    supplier_id = shop.supplier()
    first = shop.need(title="用品一", estimate="20000.00")
    shop.decide(shop.quote(first, "300.00", "50.00", supplier_id=supplier_id))
    second = shop.need(title="用品二", estimate="20000.00")
    assert second["warnings"] == []
    decided = shop.decide(shop.quote(second, "300.00", "50.00", supplier_id=supplier_id))
    (warning,) = decided["warnings"]
    assert warning["rule"] == "procurement.need_is_not_split"
    assert (warning["params"]["sum"], warning["params"]["way"]) == ("40000.00", "contract")
    assert warning["params"]["numbers"] == [first["number"]]
    other = shop.need(kind="printing", estimate="20000.00")
    assert shop.decide(shop.quote(other, "300.00", "50.00", supplier_id=supplier_id))["warnings"] == []


def test_a_chair_raises_needs_of_the_own_unit_and_sees_no_prices(shop: Buying) -> None:
    chair, unit = shop.welfare.chair, shop.welfare.unit
    for unit_id in (None, shop.welfare.other_unit):
        with pytest.raises(Refused) as caught:
            shop.need(chair, unit_id=unit_id)
        assert rule_of(caught) == "procurement.need_is_of_own_unit"
    need = shop.need(chair, unit_id=unit)
    shop.need(unit_id=shop.welfare.other_unit)
    assert [one["id"] for one in shop.ask(buying.list_purchases, chair)["items"]] == [need["id"]]
    quoted = shop.quote(need, "10.00", "5.00", file=FILE)
    seen = shop.read(need, chair)
    assert (seen["quotes"], seen["papers"], seen["actions"]) == ([], [], [])
    with pytest.raises(NotAllowed):
        shop.ask(buying.open_purchase_paper, chair, purchase_id=need["id"], paper_id=quoted["papers"][0]["id"])
    with pytest.raises(NotAllowed):
        shop.read(need, chair_of(uuid4()))
    with pytest.raises(Refused) as late:
        shop.ask(buying.cancel_purchase, chair, purchase_id=need["id"], reason="不要了")
    assert rule_of(late) == "procurement.need_is_cancelled_by_its_unit"
    fresh = shop.need(chair, unit_id=unit)
    assert shop.ask(buying.cancel_purchase, chair, purchase_id=fresh["id"], reason="不要了")["state"] == "cancelled"


def test_auditors_read_everything_with_its_files_and_write_nothing(shop: Buying) -> None:
    quoted = shop.quote(shop.need(), "10.00", "5.00", file=FILE)
    by = auditor()
    seen = shop.read(quoted, by)
    assert (len(seen["quotes"]), seen["actions"]) == (1, [])
    file = shop.ask(buying.open_purchase_paper, by, purchase_id=quoted["id"], paper_id=seen["papers"][0]["id"])
    assert (file["name"], file["media_type"]) == ("发票.pdf", "application/pdf")
    with pytest.raises(NotAllowed):
        shop.decide(quoted, by)
    with pytest.raises(NotAllowed):
        shop.read(quoted, member_account())


def test_purchases_are_found_filtered_and_ordered(shop: Buying) -> None:
    cheap = shop.need(title="便签纸", kind="printing", estimate="100.00")
    dear = shop.decided("100.00", "50.00", title="运动会奖品")

    def found(**filters: object) -> list[str]:
        return [one["id"] for one in shop.ask(buying.list_purchases, **filters)["items"]]

    assert found(sort="amount") == [cheap["id"], dear["id"]]
    assert found(sort="-amount") == [dear["id"], cheap["id"]]
    assert found(q="运动会") == found(q=dear["supplier"]) == found(q=dear["number"]) == [dear["id"]]
    assert found(state="decided") == found(supplier_id=dear["supplier_id"]) == [dear["id"]]
    assert found(kind="printing") == [cheap["id"]]
    assert found(source_type="cycle") == found(source_id=uuid4()) == []


def test_what_it_is_bought_for_must_exist(shop: Buying) -> None:
    with pytest.raises(Refused) as caught:
        shop.need(source_type="cycle")
    assert rule_of(caught) == "procurement.source_is_named"
    with pytest.raises(NotFound):
        shop.need(source_type="cycle", source_id=uuid4())
    assert shop.need(source_type="activity", source_id=uuid4())["state"] == "need"
