"""Rules of procurement by their figures, and credit codes by their check character."""

from __future__ import annotations

from decimal import Decimal

import marshmallow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.credit_codes import ALPHABET, CreditCode, check_character, is_credit_code
from services.welfare.procurement import delivery_rules, rules

LIMITS = rules.Limits(Decimal(30_000), Decimal(100_000), Decimal(200_000), 3, 3)


@pytest.mark.parametrize(
    ("amount", "way"),
    [
        ("0.01", "alone"), ("29999.99", "alone"), ("30000.00", "contract"), ("99999.99", "contract"),
        ("100000.00", "committee"), ("199999.99", "committee"), ("200000.00", "tender"),
    ],
)  # fmt: skip
def test_the_way_follows_from_the_amount(amount: str, way: str) -> None:
    assert LIMITS.way_of(Decimal(amount)) == way


def test_parts_that_pass_no_limit_together_are_no_split() -> None:
    assert rules.split_sum(LIMITS, "alone", Decimal(10_000), [Decimal(10_000)]) is None
    assert rules.split_sum(LIMITS, "alone", Decimal(10_000), [Decimal(10_000)] * 2) == Decimal(30_000)
    assert rules.split_sum(LIMITS, "tender", Decimal(300_000), [Decimal(1)]) is None


def test_the_share_of_paired_aid_is_by_money_and_rounded_down() -> None:
    assert rules.percent_of_aid([(Decimal(2), True), (Decimal(1), False)]) == 66
    assert rules.percent_of_aid([]) == 0


@pytest.mark.parametrize("known", ["91350100M000100Y43", "91110000600037341L"])
def test_codes_of_real_organisations_are_genuine(known: str) -> None:
    assert is_credit_code(known)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(begun: str, place: int, other: str) -> None:
    code = begun + check_character(begun)
    changed = code[:place] + other + code[place + 1 :]
    assert is_credit_code(code)
    assert is_credit_code(changed) == (changed == code)


def test_a_code_is_put_right_or_refused() -> None:
    assert CreditCode().deserialize(" 91350100 m000100y43 ") == "91350100M000100Y43"
    with pytest.raises(marshmallow.ValidationError):
        CreditCode().deserialize("91350100M000100Y44")


def test_names_of_buyers_are_compared_without_form() -> None:
    union = ("某大学（东校区）工会", "81330000MC0000011X")
    assert delivery_rules.buyer_is_the_union(("某大学(东校区) 工会", "81330000mc0000011x"), union) is None
    refusal = delivery_rules.buyer_is_the_union(("某大学", "81330000MC0000011X"), union)
    assert refusal is not None
    assert refusal.field == "buyer_name"
