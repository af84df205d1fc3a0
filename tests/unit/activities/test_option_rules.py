"""Rules of options: what a choice takes, who is short of what, what may be chosen and changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.activities.options.rules import (
    NO_FORM,
    SEATS,
    Choice,
    Form,
    Group,
    Option,
    can_never_fit,
    needs_of,
    party_fits,
    quotas_cover_those_taken,
    refusal_of_choice,
    short_of,
)

BUS, DINNER = 1, 2
FORM = Form(
    2,
    [Group(1, "出行", 1, 1), Group(2, "其他", 0, 2)],
    {
        1: Option(1, "大巴", 1, (BUS,)),
        2: Option(2, "自驾", 1),
        3: Option(3, "晚餐", 2, (DINNER,)),
        4: Option(4, "晚餐加夜车", 2, (BUS, DINNER)),
        5: Option(5, "停办", 2, closed=True),
    },
    {BUS: "大巴座位", DINNER: "晚餐份数"},
)


def rule_of(*options: int, companions: int = 0) -> str | None:
    refusal = refusal_of_choice(Choice(companions, options), FORM)
    return refusal.rule if refusal else None


def test_each_of_a_party_takes_a_place_of_each_quota_of_each_option():
    assert needs_of(Choice(2, (1, 3)), FORM) == {SEATS: 3, BUS: 3, DINNER: 3}
    assert needs_of(Choice(0, (1, 4)), FORM) == {SEATS: 1, BUS: 2, DINNER: 1}
    assert needs_of(Choice(), NO_FORM) == {SEATS: 1}


@pytest.mark.parametrize(
    ("options", "companions", "rule"),
    [
        ((1,), 0, None),
        ((2, 3, 4), 2, None),
        ((), 0, "options.groups_are_answered"),
        ((1, 2), 0, "options.groups_are_answered"),
        ((1, 5), 0, "options.options_are_offered"),
        ((1, 9), 0, "options.options_are_offered"),
        ((1, 3, 3), 0, "options.options_are_offered"),
        ((1,), 3, "options.companions_are_within_the_limit"),
    ],
)
def test_a_choice_is_one_that_the_form_offers(options: tuple[int, ...], companions: int, rule: str | None):
    assert rule_of(*options, companions=companions) == rule


def test_who_is_short_of_one_resource_claims_only_that_one():
    free = {SEATS: 5, BUS: 0, DINNER: 3}
    assert short_of({SEATS: 1, BUS: 1}, free) == {BUS}
    assert short_of({SEATS: 1}, free, {BUS}) == frozenset()
    assert short_of({SEATS: 1, DINNER: 1}, free, {DINNER}) == {DINNER}
    assert short_of({SEATS: 9}, {SEATS: None}) == frozenset()


def test_a_party_larger_than_all_places_is_refused_with_what_it_is_short_of():
    sizes = {SEATS: None, BUS: 2, DINNER: 9}
    assert can_never_fit({SEATS: 3, BUS: 3}, sizes) == {BUS}
    refusal = party_fits({SEATS: 3, BUS: 3}, sizes, FORM)
    assert refusal is not None
    assert refusal.params == {"people": 3, "options": "大巴座位"}
    assert party_fits({SEATS: 2, BUS: 2}, sizes, FORM) is None


@given(st.integers(0, 20), st.integers(0, 20), st.booleans(), st.booleans())
def test_fewer_places_than_are_taken_need_consent_and_a_waiting_list(size: int, taken: int, move: bool, waits: bool):
    refusal = quotas_cover_those_taken("大巴", size, taken, move_overflow=move, waiting_list=waits)
    assert (refusal is None) == (taken <= size or (move and waits))
