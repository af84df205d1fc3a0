"""A past day's statement stays what it was, whatever is recorded late, reversed or given again; and sums agree."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.contracts.governance.funds.events import ExpenseRefused, ExpenseReversed
from services.contracts.welfare import care
from services.contracts.welfare.entitlements import my_entitlements
from services.contracts.welfare.hardship import operations as hardship
from services.contracts.welfare.programmes import operations as goods
from services.contracts.welfare.statement import my_statement
from tests.component.welfare import goods as cycles
from tests.component.welfare.goods import on
from tests.component.welfare.hardship.aid import Aid
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.test_care import own
from tests.support.principals import member_account


def lines(welfare: WelfareHarness, member_id: UUID, kind: str, as_of: date | None = None) -> list[dict[str, Any]]:
    told = welfare.ask(my_statement, member_account(member_id), as_of=as_of)["lines"]
    return [line for line in told if line["kind"] == kind]


def test_goods_that_lapsed_and_were_signed_for_on_paper_lapsed_until_the_list_came(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    with on(date(2023, 3, 1)):
        cycle_id, _ = cycles.open_cycle(welfare, 100)
    with cycles.desk_open(welfare):
        number = cycles.mine(welfare, member_id)["number"]
    with on(date(2023, 3, 21)):
        cycles.turn(welfare, "expire_goods")
        lapsed = lines(welfare, member_id, "goods")
    with on(date(2023, 3, 25)):
        signed = [{"number": number, "handed_at": "2023-03-15T10:00:00+08:00"}]
        welfare.ask(goods.sync_signed_list, cycle_id=cycle_id, sheet="第 3 页", lines=signed)
        assert [one["state"] for one in lines(welfare, member_id, "goods")] == ["given"]
        assert lines(welfare, member_id, "goods", date(2023, 3, 21)) == lapsed
    assert [one["state"] for one in lapsed] == ["lapsed"]


def test_aid_that_was_paid_keeps_its_day_after_the_entry_was_reversed_and_paid_again(welfare: WelfareHarness) -> None:
    aid = Aid(welfare)
    aid.under_review()
    aid.decide()
    with on(date(2023, 3, 5)):
        aid.paid(claim=1)
        first = lines(welfare, aid.member_id, "aid")
    with on(date(2023, 3, 8)):
        aid.reversed(claim=1)
        between = lines(welfare, aid.member_id, "aid")
        aid.do(hardship.pay_aid_again)
        aid.paid(claim=2)
    with on(date(2023, 3, 20)):
        assert lines(welfare, aid.member_id, "aid", date(2023, 3, 5)) == first
        (last,) = lines(welfare, aid.member_id, "aid")
    assert ([one["on"] for one in first], [one["state"] for one in between], last["on"]) == (
        ["2023-03-05"], ["pending"], "2023-03-08",
    )  # fmt: skip


def account(welfare: WelfareHarness, member_id: UUID, as_of: date | None = None) -> tuple[str, str]:
    """Return what was used for a wedding, by the account and by the statement."""
    by = member_account(member_id)
    items = welfare.ask(my_entitlements, by)["items"]
    used = {one["benefit_key"]: one["used"] for one in items}
    told = {one["params"].get("benefit_key"): one for one in lines(welfare, member_id, "account", as_of)}
    return used.get("wedding", "0.00"), told["wedding"]["params"]["used"] if "wedding" in told else "0.00"


def test_a_gift_of_standing_care_counts_in_the_statement_as_in_the_account(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    own(welfare, "care.kinds", ["wedding"])
    welfare.report(member_id, "wedding")
    given = {"year": 2023, "month": 3, "kind": "wedding", "amount": "300.00", "form": "goods", "expected": 1}
    with on(date(2023, 3, 2)):
        assert account(welfare, member_id) == ("0.00", "0.00")
        welfare.ask(care.give_care_gifts, **given)
        assert account(welfare, member_id) == ("300.00", "300.00")
        (gift,) = welfare.ask(care.my_care_gifts, member_account(member_id))["items"]
    with on(date(2023, 3, 4)):
        welfare.answered(ExpenseRefused, gift["id"], "benefit", claim=1)
        assert account(welfare, member_id) == ("0.00", "0.00")
    with on(date(2023, 3, 6)):
        welfare.ask(care.give_care_gifts, **{**given, "amount": "200.00"})
        assert account(welfare, member_id) == ("200.00", "200.00")
        welfare.answered(ExpenseReversed, gift["id"], "benefit", claim=2)
        past = {day: account(welfare, member_id, date(2023, 3, day))[1] for day in (1, 2, 4, 6)}
    assert past == {1: "0.00", 2: "300.00", 4: "0.00", 6: "0.00"}
