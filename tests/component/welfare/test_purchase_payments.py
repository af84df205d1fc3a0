"""Payments of purchases: asked of the funds, answered, asked again; what is bought for a cycle is booked once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import Problem, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.governance.funds.reservations import FundingRefused
from services.contracts.welfare.procurement import operations as buying
from services.contracts.welfare.programmes import operations as goods
from tests.component.welfare.buying import FILE, Buying
from tests.component.welfare.goods import choose, cycle, desk_open, hand_out, mine, open_cycle, package, read
from tests.component.welfare.harness import WelfareHarness
from tests.support.at_once import at_once


@pytest.fixture
def shop(welfare: WelfareHarness) -> Buying:
    shop = Buying(welfare)
    shop.title()
    return shop


def answered(shop: Buying, event: Any, purchase: dict[str, Any], **changes: Any) -> Any:
    shop.welfare.answered(event, purchase["id"], "purchase", **changes)
    return shop.read(purchase)


def refused(act: Any, *args: Any, **changes: Any) -> str | None:
    with pytest.raises(Refused) as caught:
        act(*args, **changes)
    return caught.value.rule


@pytest.mark.databases("postgresql", "sqlite")
def test_the_decision_reserves_money_and_the_payment_uses_it(shop: Buying) -> None:
    invoiced = shop.invoice(shop.accepted())
    (reserved,) = shop.welfare.events("funding_reserved")
    assert (reserved["source_type"], reserved["source_id"], reserved["amount"]) == (
        "purchase", invoiced["id"], "1000.00",
    )  # fmt: skip
    asked = shop.pay(invoiced)
    (told,) = shop.welfare.events("payment_requested")
    assert {name: told[name] for name in ("source_type", "source_id", "claim", "amount", "line_code")} == {
        "source_type": "purchase", "source_id": asked["id"], "claim": 1, "amount": "1000.00",
        "line_code": "activities.sports",
    }  # fmt: skip
    assert told["evidence_kinds"] == ["invoice"]
    paid = answered(shop, ExpenseRecorded, asked, claim=1, sequence=1)
    assert (paid["state"], paid["payment"]["state"], paid["reserved"]["state"]) == ("paid", "recorded", "released")
    assert len(shop.welfare.events("funding_released")) == 1
    assert paid["actions"] == []


def test_a_refused_payment_is_put_right_and_asked_for_again(shop: Buying) -> None:
    asked = shop.pay(shop.invoice(shop.accepted()))
    rule = {"rule": "funds.line_exists", "reason_code": "no_budget_line"}
    back = answered(shop, ExpenseRefused, asked, claim=1, sequence=1, **rule)
    assert (back["state"], back["payment"]["reason_code"]) == ("refused", "no_budget_line")
    again = shop.pay(back, line_code="operations.general")
    assert (again["state"], again["payment"]["claim"], again["line_code"]) == (
        "payment_requested", 2, "operations.general",
    )  # fmt: skip
    late = answered(shop, ExpenseRecorded, asked, claim=1, sequence=2)
    assert late["state"] == "payment_requested"
    assert answered(shop, ExpenseRecorded, asked, claim=2, sequence=3)["state"] == "paid"


def test_a_reversed_payment_frees_the_invoice(shop: Buying) -> None:
    asked = shop.pay(shop.invoice(shop.accepted()))
    answered(shop, ExpenseRecorded, asked, claim=1, sequence=1)
    back = answered(shop, ExpenseReversed, asked, claim=1, sequence=2)
    assert (back["state"], back["payment"]["state"]) == ("refused", "reversed")
    ref = {"purchase_id": back["id"], "invoice_id": back["invoices"][0]["id"], "reason": "重开"}
    assert shop.ask(buying.reverse_invoice, **ref)["state"] == "accepted"
    assert shop.pay(shop.invoice(back))["payment"]["claim"] == 2


def test_no_payment_without_acceptance_line_and_files(shop: Buying) -> None:
    assert refused(shop.pay, shop.decided(), amount="1000.00") == "workflow.purchase"
    accepted = shop.accepted()
    assert refused(shop.pay, accepted, amount="1000.00") == "workflow.purchase"
    unfiled = shop.invoice(accepted, file=None)
    assert refused(shop.pay, unfiled) == "procurement.papers_are_complete"
    about = {"kind": "invoice", "about_id": unfiled["invoices"][0]["id"], **FILE}
    filed = shop.ask(buying.attach_purchase_paper, purchase_id=unfiled["id"], **about)
    assert refused(shop.pay, filed, amount="999.99") == "procurement.payment_is_of_what_was_seen"
    assert shop.pay(filed)["state"] == "payment_requested"
    paper = {"purchase_id": filed["id"], "paper_id": filed["papers"][0]["id"], "reason": "删错"}
    assert refused(shop.ask, buying.remove_purchase_paper, **paper) == "procurement.papers_can_be_removed"
    unlined = shop.invoice(shop.accepted(line_code=None), "3" * 20)
    assert refused(shop.pay, unlined) == "procurement.payment_has_a_line"


def test_money_that_could_not_be_reserved_is_told(shop: Buying) -> None:
    decided = shop.decided()
    source = {"source_type": "purchase", "source_id": decided["id"], "claim": 1}
    shop.welfare.receive("on_funding_refused", shop.welfare.example_message(FundingRefused, **source))
    assert shop.read(decided)["reserved"]["state"] == "refused"


def test_an_undone_decision_gives_the_money_back(shop: Buying) -> None:
    decided = shop.decided()
    back = shop.ask(buying.undo_decision, purchase_id=decided["id"], reason="重新比价")
    assert back["reserved"]["state"] == "released"
    assert shop.decide(back)["reserved"]["state"] == "asked"


def test_asked_by_several_at_once_it_is_asked_for_once(shop: Buying) -> None:
    invoiced = shop.invoice(shop.accepted())
    answers = at_once(4, lambda _: shop.pay(invoiced))
    assert sum(isinstance(one, Problem) for one in answers) == 3
    assert len(shop.welfare.events("payment_requested")) == 1


def bought(shop: Buying, cycle_id: str, package_id: str, quantity: int, price: str) -> Any:
    items = [{"name": "粮油", "quantity": quantity, "unit": "份", "package_id": package_id}]
    source = {"kind": "goods", "source_type": "cycle", "source_id": UUID(cycle_id), "items": items}
    need = shop.need(**source, line_code="care.holiday")
    lines = [{"item_id": need["items"][0]["id"], "unit_price": price, "paired_aid": True}]
    return shop.decide(shop.quote(need, price, lines=lines))


def test_what_was_bought_stands_beside_what_was_planned(shop: Buying) -> None:
    made = cycle(shop.welfare)
    package_id = package(shop.welfare, made["id"], stock=10)["id"]
    assert read(shop.welfare, made["id"])["bought"] == []
    bought(shop, made["id"], package_id, 10, "190.00")
    found = read(shop.welfare, made["id"])
    assert found["bought"] == [{"package_id": package_id, "planned": "200.00", "bought": "190.00", "differs": True}]
    assert found["bought_paired_aid_percent"] == 100
    other = package(shop.welfare, cycle(shop.welfare, made["programme_id"], year=2024)["id"])["id"]
    items = [{"name": "油", "quantity": 1, "unit": "份", "package_id": UUID(other)}]
    source = {"source_type": "cycle", "source_id": UUID(made["id"]), "items": items}
    assert refused(shop.need, **source) == "procurement.items_are_of_the_cycle"


def test_goods_that_were_bought_are_booked_by_the_purchase_alone(shop: Buying) -> None:
    welfare = shop.welfare
    member_id = welfare.joined()
    cycle_id, (package_id,) = open_cycle(welfare, 10)
    decided = bought(shop, cycle_id, package_id, 10, "200.00")
    choose(welfare, member_id, package_id)
    with desk_open(welfare):
        hand_out(welfare, mine(welfare, member_id)["code"])
        assert welfare.events("benefit_granted") == []
        assert welfare.ask(goods.reconcile_cycle, cycle_id=cycle_id)["claims"] == {"none": 1}
        invoiced = shop.invoice(shop.confirm(shop.count(decided)))
        assert shop.pay(invoiced)["state"] == "payment_requested"


def test_goods_that_were_claimed_when_handed_out_are_not_paid_again(shop: Buying) -> None:
    welfare = shop.welfare
    member_id = welfare.joined()
    cycle_id, (package_id,) = open_cycle(welfare, 10)
    choose(welfare, member_id, package_id)
    with desk_open(welfare):
        hand_out(welfare, mine(welfare, member_id)["code"])
        assert len(welfare.events("benefit_granted")) == 1
        late = shop.invoice(shop.confirm(shop.count(bought(shop, cycle_id, package_id, 10, "200.00"))))
        assert refused(shop.pay, late) == "procurement.source_is_booked_once"
