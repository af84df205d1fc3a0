"""A chair learns no price, no budget line, no reason of the office, and nothing of other units' purchases."""

from __future__ import annotations

from typing import Any

from services.contracts.welfare.procurement import operations as contract
from tests.component.welfare.buying import Buying
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import auditor


def test_neither_the_purchase_nor_the_list_tells_what_the_office_decided(welfare: WelfareHarness) -> None:
    buying = Buying(welfare)
    dear = buying.supplier()
    other = buying.need(unit_id=welfare.other_unit, estimate="29000.00")
    buying.decide(buying.quote(other, "300.00", "50.00", supplier_id=dear))
    need = buying.need(welfare.chair, unit_id=welfare.unit, line_code=None)
    quoted = buying.quote(buying.quote(need, "10.00", "5.00"), "150.00", "110.00", supplier_id=dear)
    decided = buying.decide(quoted, place=1, reason="最低价的一家去年供货不合格")
    assert [one["rule"] for one in decided["warnings"]] == ["procurement.need_is_not_split"]
    assert "最低价的一家去年供货不合格" in str(buying.read(need, auditor()))

    seen = buying.read(need, welfare.chair)
    (row,) = welfare.ask(contract.list_purchases, welfare.chair)["items"]
    for told in (seen, row):
        assert (told["amount"], told["line_code"]) == ("2000.00", None)
    hidden = ("18500", "去年供货不合格", other["number"], "20000.00", "38500")
    assert [text for text in hidden if text in str(seen)] == []
    assert (seen["warnings"], seen["paired_aid_percent"]) == ([], None)


def test_a_chair_reads_why_the_office_cancelled_a_need_of_the_unit(welfare: WelfareHarness) -> None:
    buying = Buying(welfare)
    need = buying.need(welfare.chair, unit_id=welfare.unit)
    welfare.ask(contract.cancel_purchase, purchase_id=need["id"], reason="同类物品仓库还有")
    steps: list[Any] = buying.read(need, welfare.chair)["steps"]
    assert [one["reason"] for one in steps if one["step"] == "cancelled"] == ["同类物品仓库还有"]
