"""Dues paid over what is owed: kept as a credit where the officer says so, carried to later months, or given back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.chassis.errors import Refused
from tests.component.membership.dues_harness import DuesHarness
from tests.component.membership.test_dues_paying import MONTH, charged

NEXT, AFTER = "2026-04", "2026-05"


def overpaid(dues: DuesHarness, amount: str, choice: str = "credit"):
    (member,) = charged(dues, 1, MONTH)
    job = dues.post(dues.upload([(dues.number(member), amount)], MONTH)["id"], choice)
    return member, job


def test_a_row_of_more_than_is_owed_is_left_unless_the_officer_says_otherwise(dues: DuesHarness):
    member, job = overpaid(dues, "20.00", "leave")
    assert (job.done, dues.charges(MONTH)[member]) == (0, (dues.due, Decimal("0.00")))
    assert dues.paid() == dues.announced() == 0


@pytest.mark.databases("postgresql", "sqlite")
def test_the_surplus_is_a_credit_that_pays_the_months_charged_next(dues: DuesHarness):
    member, job = overpaid(dues, "40.00")
    assert (job.done, dues.paid(), dues.announced()) == (1, 40, 40)
    assert dues.credits() == [(str(member), MONTH, "22.60")]
    dues.charge(NEXT)
    assert dues.charges(MONTH)[member][1] == Decimal("22.60")
    assert dues.charges(NEXT)[member] == (dues.due, dues.due)
    dues.charge(AFTER)
    assert dues.charges(AFTER)[member] == (dues.due, Decimal("5.20"))
    assert (dues.credits(), dues.paid(), dues.announced()) == ([], 40, 40)
    dues.charge(AFTER)
    assert dues.charges(AFTER)[member][1] == Decimal("5.20")


def test_a_month_charged_before_takes_the_credit_when_it_is_charged_again(dues: DuesHarness):
    (member,) = charged(dues, 1, MONTH, NEXT)
    dues.post(dues.upload([(dues.number(member), "34.80")], MONTH)["id"], "credit")
    dues.charge(NEXT)
    assert dues.charges(NEXT)[member] == (dues.due, dues.due)
    assert (dues.credits(), dues.paid()) == ([], dues.announced())


def test_a_refund_asked_for_is_not_carried_and_gives_the_credit_back(dues: DuesHarness):
    member, _ = overpaid(dues, "20.00")
    refund = dues.ask_refund(member, MONTH, "2.60")
    assert dues.credits() == []
    dues.charge(NEXT)
    assert dues.charges(NEXT)[member][1] == 0
    dues.decide(refund["id"], dues.second)
    assert dues.charges(MONTH)[member] == (dues.due, dues.due)
    assert dues.paid() == dues.announced() == dues.due


def test_the_same_file_twice_is_no_credit_and_what_was_carried_is_not_reversed(dues: DuesHarness):
    member, _ = overpaid(dues, "30.00")
    again = dues.post(dues.upload([(dues.number(member), "30.00")], MONTH)["id"], "credit")
    assert (again.done, dues.paid()) == (0, 30)
    dues.charge(NEXT)
    for payment in dues.payments(member):
        with pytest.raises(Refused) as caught:
            dues.reverse(payment["id"])
        assert caught.value.rule == "dues.payment_is_reversible"
    assert [(one["kind"], one["channel"]) for one in dues.payments(member)][-1] == ("payment", "payroll")
