"""A drive from draft to disclosure: the charity it must name, when gifts are taken, hand-over, who sees what."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.errors import InvalidInput, NoRuleInForce, NotFound
from services.contracts.welfare.charity import operations as contract
from services.welfare.charity.tables import Gift, Pledge
from tests.component.welfare.charity.drives import CHARITY, TERMS, TODAY, Drive, hand_over
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import applicant_account, member_account


def test_a_drive_is_published_only_with_a_qualified_charity_named(welfare: WelfareHarness) -> None:
    draft = welfare.ask(contract.prepare_drive, **TERMS)
    refusal = welfare.refused(contract.open_drive, drive_id=draft["id"])
    assert (refusal.rule, refusal.field) == ("charity.charity_is_named", "certificate")
    assert refusal.params["missing"] == ["certificate", "credit_code", "name"]
    assert refusal.params["document"] == "中华人民共和国慈善法"
    assert refusal.params["article"] == "第二十六条"
    welfare.ask(contract.change_drive, drive_id=draft["id"], **TERMS, **CHARITY)
    opened = welfare.ask(contract.open_drive, drive_id=draft["id"])
    assert opened["state"] == "open"
    assert [event["type"] for event in welfare.events("drive_opened")] == ["drive_opened"]
    again = welfare.refused(contract.change_drive, drive_id=draft["id"], **TERMS, **CHARITY)
    assert again.rule == "workflow.drive"


def test_without_a_rule_the_missing_figure_is_named(welfare_without_rules: WelfareHarness) -> None:
    draft = welfare_without_rules.ask(contract.prepare_drive, **TERMS, **CHARITY)
    refusal = welfare_without_rules.refused(contract.open_drive, drive_id=draft["id"])
    assert isinstance(refusal, NoRuleInForce)
    assert "charity.marks" in str(refusal.params)


@pytest.mark.parametrize(
    "code", ["53330000500001234X", "5333000050000123", "53330000500001234w ", "O3330000500001234W"]
)
def test_a_wrong_credit_code_is_refused(welfare: WelfareHarness, code: str) -> None:
    refusal = welfare.refused(contract.prepare_drive, **{**TERMS, **CHARITY, "credit_code": code})
    assert isinstance(refusal, InvalidInput)
    assert refusal.field == "credit_code"


def test_a_drive_is_closed_handed_over_and_disclosed(drive: Drive, welfare: WelfareHarness) -> None:
    member = drive.member()
    drive.enter((member, "50.00"), (None, "30.00"))
    assert drive.refused(contract.close_drive) == "charity.nothing_is_outstanding"
    drive.counted("80.00")
    drive.transferred(4)
    assert drive.ask(contract.drive_outstanding)["to_hand_over"] == "80.00"
    closed = drive.close()
    assert (closed["state"], closed["totals"]["amount"]) == ("closed", "480.00")
    assert drive.refused(contract.hand_over_drive, **hand_over("70.00")) == "charity.hand_over_is_explained"
    assert drive.refused(contract.hand_over_drive, **hand_over("80.00", handed_on="2026-09-02")) == (
        "charity.hand_over_follows"
    )
    drive.hand_over("70.00", difference="10 元残币，银行未收。")
    reader = member_account()
    with pytest.raises(NotFound):
        drive.ask(contract.charity_receipt, reader)
    drive.ask(contract.disclose_drive, report="资助 12 名困难学生，每人 40 元。")
    for who in (reader, applicant_account()):
        shown = drive.ask(contract.get_drive, who)
        assert (shown["state"], shown["handed_amount"]) == ("disclosed", "70.00")
        assert shown["report"].startswith("资助")
        assert drive.ask(contract.charity_receipt, who)["media_type"] == "application/pdf"
    kinds = {event["type"] for event in welfare.events()}
    assert {"drive_closed", "drive_handed_over", "drive_disclosed", "donation_recorded"} <= kinds


def test_the_money_never_enters_the_funds(drive: Drive, welfare: WelfareHarness) -> None:
    drive.enter((drive.member(), "50.00"))
    drive.counted("50.00")
    drive.close()
    drive.hand_over("50.00")
    told = {event["type"] for event in welfare.events()} - {"entitlement_opened"}
    assert told <= {"drive_opened", "cash_to_count", "donation_recorded", "drive_closed", "drive_handed_over"}


def test_events_tell_neither_who_gave_nor_how_much(drive: Drive, welfare: WelfareHarness) -> None:
    members = [drive.member() for _ in range(3)]
    drive.confirm(drive.give(members[0], "transfer", "77.31", anonymous=True))
    drive.enter((members[1], "88.42"))
    drive.counted("88.42")
    recorded = welfare.events("donation_recorded")
    assert [set(event) for event in recorded] == [{"type", "drive_id", "way"}] * 2
    text = "".join(str(event) for event in welfare.events() if event["type"].startswith(("drive", "donation")))
    assert not any(str(one.member_id) in text for one in members)
    assert "77.31" not in text
    assert "88.42" not in text


def test_members_see_no_drafts(drive: Drive, welfare: WelfareHarness) -> None:
    draft = welfare.ask(contract.prepare_drive, **TERMS)
    member = member_account()
    assert [one["id"] for one in welfare.ask(contract.list_drives, member)["items"]] == [drive.id]
    assert len(welfare.ask(contract.list_drives)["items"]) == 2
    with pytest.raises(NotFound):
        welfare.ask(contract.get_drive, member, drive_id=draft["id"])


def test_a_drive_with_gifts_is_not_cancelled_and_pledges_go_with_it(drive: Drive, welfare: WelfareHarness) -> None:
    giver = drive.member()
    drive.ask(contract.pledge_to_drive, giver, way="cash", amount="20.00")
    gift = drive.give(giver)
    assert drive.refused(contract.cancel_drive, reason="改期举行") == "charity.nothing_was_given"
    welfare.ask(contract.withdraw_gift, giver, gift_id=gift["id"])
    assert drive.ask(contract.cancel_drive, reason="改期举行")["state"] == "cancelled"
    with welfare.transaction() as tx:
        assert tx.session.scalar(sa.select(sa.func.count()).select_from(Pledge)) == 0


@pytest.mark.parametrize("given_on", ["2026-08-31", "2026-09-02", "2026-09-16"])
def test_gifts_are_of_a_day_of_the_period_that_has_come(drive: Drive, given_on: str) -> None:
    giver = drive.member()
    values: dict[str, Any] = {"way": "transfer", "amount": "5.00", "reference": "T-1", "given_on": given_on}
    assert drive.refused(contract.give_to_drive, giver, **values) == "charity.gifts_are_taken"


def test_no_gift_is_taken_after_the_end(drive: Drive, welfare: WelfareHarness) -> None:
    drive.transferred(1)
    drive.close()
    giver = drive.member()
    own = {"way": "payroll", "amount": "5.00", "wording_version": "2026-1"}
    assert drive.refused(contract.give_to_drive, giver, **own) == "charity.gifts_are_taken"
    lines = [{"member_id": giver.member_id, "amount": "5.00"}]
    listed = {"unit_id": drive.unit, "way": "cash", "given_on": TODAY, "gifts": lines}
    assert drive.refused(contract.enter_gifts, drive.chair, **listed) == "charity.gifts_are_taken"
    assert drive.refused(contract.pledge_to_drive, giver) == "charity.gifts_are_taken"
    with welfare.transaction() as tx:
        assert tx.session.scalar(sa.select(sa.func.count()).select_from(Gift)) == 1
