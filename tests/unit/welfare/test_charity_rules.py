"""Rules of charity drives: the credit code, what totals tell, and that nothing about sums is asked of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, fields, missing, validate

from services.chassis.schema import OPERATIONS, Operation
from services.contracts.credit_codes import is_credit_code
from services.contracts.welfare.charity import operations
from services.contracts.welfare.charity.vocabulary import CHARITY_FIELDS, DRIVE_ORDERS, GIFT_ORDERS
from services.welfare.charity import rules

_CHARITY = [one for one in vars(operations).values() if isinstance(one, Operation)]
_FORBIDDEN = ("minimum", "least", "suggest", "average", "mean", "rank", "head", "share", "target", "top")


@pytest.mark.parametrize("code", ["91330100799655058B", "9144030071526726XG", "53330000500001234W"])
def test_codes_of_organisations_are_recognised(code: str) -> None:
    assert is_credit_code(code)


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_is_found(place: int, letter: str) -> None:
    code = "53330000500001234W"
    changed = code[:place] + letter + code[place + 1 :]
    assert is_credit_code(changed) == (changed == code)


@pytest.mark.parametrize(
    "code", ["", "53330000500001234", "53330000500001234W0", "5333000050000123IW", "53330000500001234w"]
)
def test_other_texts_are_no_codes(code: str) -> None:
    assert not is_credit_code(code)


_GROUPS = st.dictionaries(
    st.integers(0, 9),
    st.tuples(st.integers(1, 1000), st.frozensets(st.sampled_from("abcdefghijkl"), min_size=1)),
    max_size=7,
)


@given(_GROUPS)
def test_no_sum_that_can_be_had_tells_of_fewer_than_five(drawn: dict[int, tuple[int, frozenset[str]]]) -> None:
    """Neither a told amount, nor the total less what is told."""
    groups = {key: rules.Group(Decimal(amount), givers) for key, (amount, givers) in drawn.items()}
    told = rules.told_amounts(groups)
    assert all(len(groups[key].givers) >= rules.SMALLEST_GROUP for key, amount in told.items() if amount is not None)
    hidden = [key for key, amount in told.items() if amount is None]
    of_hidden = frozenset[str]().union(*(groups[key].givers for key in hidden))
    assert not hidden or len(of_hidden) >= rules.SMALLEST_GROUP or len(hidden) == len(groups)
    assert all(amount == groups[key].amount for key, amount in told.items() if amount is not None)


def test_large_groups_are_all_told() -> None:
    givers = frozenset("abcde")
    groups = {key: rules.Group(Decimal(key), givers) for key in (1, 2)}
    assert rules.told_amounts(groups) == {1: Decimal(1), 2: Decimal(2)}


def test_every_operation_of_charity_is_looked_at() -> None:
    assert len(_CHARITY) == 30
    assert {one.id for one in _CHARITY} <= OPERATIONS.keys()


@pytest.mark.parametrize("operation", _CHARITY, ids=lambda one: one.name)
def test_no_schema_asks_for_suggests_or_compares_sums(operation: Operation) -> None:
    for schema in (operation.request_schema, operation.reply_schema):
        for path, field in _fields(schema):
            words = path.lower().split("_")
            assert not set(words) & set(_FORBIDDEN), f"{operation.name}: {path}"
            if isinstance(field, fields.Decimal) and path != "handed_amount":
                assert field.load_default in (None, missing), f"{operation.name} suggests {path}"
                lower = [one for one in field.validators if isinstance(one, validate.Range)]
                assert all(one.min == 0 for one in lower), f"{operation.name} has a minimum of {path}"


def test_nothing_is_ordered_by_amount() -> None:
    assert {order.lstrip("-") for order in (*GIFT_ORDERS, *DRIVE_ORDERS)} == {"given_on", "entered_at", "opens_on"}
    for operation in _CHARITY:
        order = operation.request_schema.fields.get("sort")
        allowed = {word for check in order.validators for word in check.choices} if order else set()
        assert not any("amount" in word for word in allowed), operation.name


def test_fields_have_words() -> None:
    unnamed = {path for one in _CHARITY for path, _ in _fields(one.request_schema)} - set(CHARITY_FIELDS.texts)
    technical = {
        "cursor",
        "limit",
        "sort",
        "gift_id",
        "gifts",
        "again",
        "only_new",
        "ids",
        "name",
        "media_type",
        "content",
        "purpose",
        "missing",
    }
    assert unnamed <= technical


def _fields(schema: Schema) -> Iterator[tuple[str, fields.Field[Any]]]:
    for name, field in schema.fields.items():
        yield name, field
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from _fields(inner.schema)


def test_new_lines_are_those_that_do_not_stand() -> None:
    def line(member_id: str | None, amount: str | None, goods: str | None = None) -> dict[str, Any]:
        return {"member_id": member_id, "amount": amount and Decimal(amount), "goods": goods}

    coin, other, named, new = line(None, "1.00"), line(None, "2.00"), line("a", "5.00"), line("b", "5.00")
    assert rules.new_lines([coin, named, coin, other, new], [line("a", "9.00"), coin]) == [coin, other, new]
    assert rules.new_lines([coin, named], [coin, coin, named]) == []
    assert rules.new_lines([coin, named], []) == [coin, named]
    assert rules.something_is_new(1) is None
    refusal = rules.something_is_new(0)
    assert refusal is not None
    assert refusal.rule == "charity.something_is_new"
