"""Dues paid over what is owed: kept as a credit where the officer says so, carried to later months, or given back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.chassis.errors import Refused
from tests.component.membership.dues_office import DuesOffice
from tests.component.membership.test_dues_paying import MONTH, charged
from tests.component.membership.union import Union

NEXT, AFTER = "2026-04", "2026-05"


@pytest.fixture
def office(any_union: Union) -> DuesOffice:
    return DuesOffice(any_union)


def overpaid(office: DuesOffice, amount: str, choice: str = "credit"):
    (member,) = charged(office, 1, MONTH)
    job = office.post(office.upload([(office.number(member), amount)], MONTH)["id"], choice)
    return member, job


def test_a_row_of_more_than_is_owed_is_left_unless_the_officer_says_otherwise(office: DuesOffice):
    member, job = overpaid(office, "20.00", "leave")
    assert (job.done, office.charges(MONTH)[member]) == (0, (office.due, Decimal("0.00")))
    assert office.paid() == office.announced() == 0


def test_the_surplus_is_a_credit_that_pays_the_months_charged_next(office: DuesOffice):
    member, job = overpaid(office, "40.00")
    assert (job.done, office.paid(), office.announced()) == (1, 40, 40)
    assert office.credits() == [(str(member), MONTH, "22.60")]
    office.charge(NEXT)
    assert office.charges(MONTH)[member][1] == Decimal("22.60")
    assert office.charges(NEXT)[member] == (office.due, office.due)
    office.charge(AFTER)
    assert office.charges(AFTER)[member] == (office.due, Decimal("5.20"))
    assert (office.credits(), office.paid(), office.announced()) == ([], 40, 40)
    office.charge(AFTER)
    assert office.charges(AFTER)[member][1] == Decimal("5.20")


def test_a_month_charged_before_takes_the_credit_when_it_is_charged_again(office: DuesOffice):
    (member,) = charged(office, 1, MONTH, NEXT)
    office.post(office.upload([(office.number(member), "34.80")], MONTH)["id"], "credit")
    office.charge(NEXT)
    assert office.charges(NEXT)[member] == (office.due, office.due)
    assert (office.credits(), office.paid()) == ([], office.announced())


def test_a_refund_asked_for_is_not_carried_and_gives_the_credit_back(office: DuesOffice):
    member, _ = overpaid(office, "20.00")
    refund = office.ask_refund(member, MONTH, "2.60")
    assert office.credits() == []
    office.charge(NEXT)
    assert office.charges(NEXT)[member][1] == 0
    office.decide(refund["id"], office.second)
    assert office.charges(MONTH)[member] == (office.due, office.due)
    assert office.paid() == office.announced() == office.due


def test_the_same_file_twice_is_no_credit_and_what_was_carried_is_not_reversed(office: DuesOffice):
    member, _ = overpaid(office, "30.00")
    again = office.post(office.upload([(office.number(member), "30.00")], MONTH)["id"], "credit")
    assert (again.done, office.paid()) == (0, 30)
    office.charge(NEXT)
    for payment in office.payments(member):
        with pytest.raises(Refused) as caught:
            office.reverse(payment["id"])
        assert caught.value.rule == "dues.payment_is_reversible"
    assert [(one["kind"], one["channel"]) for one in office.payments(member)][-1] == ("payment", "payroll")
