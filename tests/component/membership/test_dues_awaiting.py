"""Dues that were charged await the payroll (待代扣): nobody owes them, is listed or reminded before it ran."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import Refused
from services.chassis.rules.rulebook import load_rules
from services.contracts.membership.dues import collecting
from services.contracts.membership.dues import operations as contract
from services.membership.dues import rules
from services.membership.dues.use_cases import reading
from tests.component.membership.dues_harness import DuesHarness

THIS = rules.month_of(clock.today())
LAST = rules.months_before(THIS, 1)
LONG_PAST = rules.months_before(THIS, 5)


def day_of_arrears(dues: DuesHarness, day: int) -> None:
    """Set the day of the following month from which dues are arrears."""
    rule = {
        "key": "dues.arrears_day", "value": day, "unit": "day of the next month", "title": "会费代扣办法",
        "valid_from": date(2020, 1, 1),
    }  # fmt: skip
    with dues.transaction(dues.officer) as tx:
        load_rules(tx, [rule], "own")


def owing(dues: DuesHarness) -> list[tuple[str, int, str]]:
    """Return (number, months, since) of those in arrears."""
    found = dues.ask(collecting.list_arrears)["items"]
    return [(one["number"], one["months"], one["since"]) for one in found]


def month_of(dues: DuesHarness, month: str = THIS) -> dict[str, Any]:
    return next(one for one in dues.ask(contract.dues_by_month)["items"] if one["month"] == month)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_month_just_charged_awaits_the_payroll(dues: DuesHarness):
    member = dues.payer(1)
    dues.charge(THIS)

    told = dues.ask(contract.get_member_dues, member_id=member)
    figures = month_of(dues)

    assert owing(dues) == []
    assert (told["months"][0]["state"], told["months_owed"], told["owed"]) == ("waiting", 0, "0.00")
    assert (told["months_waiting"], told["waiting"]) == (1, "17.40")
    assert (figures["state"], figures["members_owing"], figures["members_waiting"]) == ("waiting", 0, 1)
    assert (figures["owed"], figures["waiting"]) == ("0.00", "17.40")
    assert figures["arrears_from"] > f"{clock.today()}"


@pytest.mark.databases("postgresql", "sqlite")
def test_who_is_not_in_the_posted_payroll_is_in_arrears(dues: DuesHarness):
    deducted, left_out = dues.payer(1), dues.payer(2)
    dues.charge(THIS)

    dues.post(dues.upload([(dues.number(deducted), "17.40")], THIS)["id"])

    assert owing(dues) == [(dues.number(left_out), 1, THIS)]
    assert month_of(dues)["state"] == "owing"
    assert dues.ask(contract.get_member_dues, member_id=left_out)["months"][0]["state"] == "open"
    assert dues.ask(contract.get_member_dues, member_id=deducted)["months_owed"] == 0


def test_a_month_is_settled_once_its_payroll_covers_all(dues: DuesHarness):
    member = dues.payer(1)
    dues.charge(THIS)
    dues.post(dues.upload([(dues.number(member), "17.40")], THIS)["id"])
    assert (month_of(dues)["state"], month_of(dues)["arrears_from"]) == ("settled", None)


def test_without_a_payroll_dues_are_arrears_from_the_day_of_the_rule(dues: DuesHarness):
    member = dues.payer(1)
    day_of_arrears(dues, 1)
    for month in (LAST, THIS):
        dues.charge(month)

    assert owing(dues) == [(dues.number(member), 1, LAST)]


def test_only_who_is_in_arrears_is_reminded_and_settled_when_only_the_awaited_month_is_left(dues: DuesHarness):
    behind, waiting = dues.payer(1), dues.payer(2)
    dues.charge(LONG_PAST)
    dues.pay(waiting, LONG_PAST, paid_on=clock.today())
    dues.charge(THIS)

    job = dues.run_job(dues.ask(collecting.remind_of_dues, months=1)["job_id"])
    dues.pay(behind, LONG_PAST, paid_on=clock.today())

    assert job.done == 1
    assert [event["member_id"] for event in dues.events("dues_reminded")] == [str(behind)]
    assert [event["member_id"] for event in dues.events("dues_settled")] == [str(behind)]


def test_an_awaited_month_does_not_count_as_unpaid_in_decisions(dues: DuesHarness):
    member = dues.payer(1)
    for month in (LONG_PAST, THIS):
        dues.charge(month)
    with dues.transaction(dues.officer) as tx:
        assert reading.months_unpaid(tx, [member]) == {member: 1}


def test_a_reminder_reaches_as_many_as_were_seen_or_nobody(dues: DuesHarness):
    dues.payer(1)
    dues.charge(LONG_PAST)
    with pytest.raises(Refused) as refused:
        dues.ask(collecting.remind_of_dues, months=1, expected=2)
    assert (refused.value.rule, refused.value.params) == ("many.number_is_as_seen", {"found": 1, "expected": 2})
    job = dues.run_job(dues.ask(collecting.remind_of_dues, months=1, expected=1)["job_id"])
    assert (job.done, job.total) == (1, 1)
