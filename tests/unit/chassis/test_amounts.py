"""An amount is read one way or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.amounts import is_ambiguous, plain_amount


@pytest.mark.parametrize("text", ["3487,50", "3487，50", "1.083,70", "12,345,67", "1,2", ",5", "-3487,50"])
def test_what_can_be_read_two_ways_comes_back_as_it_was(text: str) -> None:
    assert plain_amount(text) == text
    assert is_ambiguous(text)


@pytest.mark.parametrize("text", ["", "十七", "a,b", "1e3", "1 083", "NaN", "١٧"])
def test_what_is_no_number_is_not_called_ambiguous(text: str) -> None:
    assert plain_amount(text) == text
    assert not is_ambiguous(text)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_is_read_back_however_it_is_grouped(amount: Decimal) -> None:
    for text in (f"{amount:,}", f"{amount}", f" ¥{amount:,} ", f"{amount}元"):
        assert Decimal(plain_amount(text)) == amount
        assert not is_ambiguous(text)
