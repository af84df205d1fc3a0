"""Entitlement accounts: which year's, and what is left of a cap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.welfare.entitlements import rules


@pytest.mark.parametrize(
    ("joined_on", "announced_on", "year"),
    [
        (date(2023, 3, 1), date(2023, 3, 1), 2023),
        (date(2015, 9, 1), date(2023, 3, 1), 2023),
        (date(2024, 1, 1), date(2023, 12, 30), 2024),
        (date(2023, 12, 31), date(2024, 1, 2), 2024),
    ],
)
def test_joining_opens_the_account_of_the_year_it_counts_for(joined_on, announced_on, year):
    assert rules.year_of_account(joined_on, announced_on) == year


def test_what_is_left_is_never_below_zero():
    assert rules.remaining(Decimal("300.00"), Decimal("200.00")) == Decimal("100.00")
    assert rules.remaining(Decimal("100.00"), Decimal("200.00")) == Decimal("0.00")
    assert rules.remaining(Decimal("300.00"), Decimal("200.00"), "per_member_year") == Decimal("100.00")
    assert rules.remaining(Decimal("300.00"), Decimal("200.00"), "per_occasion") == Decimal("300.00")
