"""Values, bases, qualifiers and days an officer may give a dated rule; what a change leaves of the others."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.governance.rulebook.keys import has_form_of, rule_key
from services.governance.rulebook import rules
from services.governance.rulebook.timeline_rules import Span, after_ending, after_setting, after_withdrawing
from services.governance.rulebook.use_cases.shipping import RULESETS


def read(key: str, text: str):
    known = rule_key(key)
    assert known is not None
    return rules.read_value(key, known.kind, known.words, text)


@pytest.mark.parametrize("text", ["0", "500", "500.5", "500.00", " 500.00 "])
def test_a_cap_is_an_amount(text: str):
    assert read("benefit.birth.cap", text) == text.strip()


@pytest.mark.parametrize(
    "text", ["", "much", "-1", "1.005", "NaN", "Infinity", "1e400", "1000000000000", "1,000", "５"]
)
def test_what_is_no_amount_is_no_cap(text: str):
    refusal = read("benefit.birthday.year_cap", text)

    assert (refusal.rule, refusal.field) == ("rulebook.value_fits_key", "value")


def test_every_shipped_value_has_the_form_of_its_key():
    shipped = [rule for file in RULESETS.glob("*.json") for rule in json.loads(file.read_text("utf-8"))["rules"]]
    assert len(shipped) > 40
    for rule in shipped:
        known = rule_key(rule["key"])
        assert known is not None
        assert has_form_of(known.kind, rule["value"]), rule["key"]


def test_forms_are_goods_voucher_or_cash():
    assert read("benefit.birth.forms", "goods, cash") == read("benefit.birth.forms", "goods，cash") == ["goods", "cash"]
    assert read("benefit.birth.forms", "gold").rule == "rulebook.value_fits_key"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("retention.contact", "6", 6),
        ("retention.family", "0", 0),
        ("dues.percent", "0.5", "0.5"),
        ("entitlement.items", "birthday, holiday", ["birthday", "holiday"]),
        ("joining.documents.contract", "labour_contract", ["labour_contract"]),
        ("dues.exempt_reasons", "unpaid_leave", ["unpaid_leave"]),
        ("benefit.tea.line", "care.birth", "care.birth"),
        ("fund.income.dues", "401", "401"),
        ("retirement.m60", '{"base": 60, "start": "1965-01", "step": 4, "max": 36}',
         {"base": 60, "start": "1965-01", "step": 4, "max": 36}),
    ],
)  # fmt: skip
def test_every_kind_of_value_is_read_as_whoever_decides_wants_it(key: str, text: str, value):
    assert read(key, text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("retention.contact", "six"),
        ("retention.contact", "1201"),
        ("dues.percent", "-0.5"),
        ("entitlement.items", "birthday,"),
        ("joining.documents.contract", "letter"),
        ("benefit.tea.line", "two words"),
        ("retirement.m60", "60"),
        ("retirement.m60", '{"base": 60}'),
        ("retirement.m60", '{"base": true, "start": "1965-01", "step": 4, "max": 36}'),
        ("retirement.m60", "[" * 190),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_to_write_it(key: str, text: str):
    refusal = read(key, text)

    assert refusal.rule == "rulebook.value_fits_key"
    assert refusal.detail.startswith("Write ")


def test_a_rule_begins_within_reach_and_ends_after_it_begins():
    today = date(2026, 11, 28)
    plausible = rules.first_day_is_plausible

    assert plausible(date(1978, 1, 1), None, today) is None
    assert plausible(date(2036, 12, 31), None, today) is None
    assert plausible(date(2026, 1, 1), date(2026, 1, 1), today) is None
    assert plausible(date(1900, 1, 1), None, today).field == "valid_from"
    assert plausible(date(2037, 1, 1), None, today).field == "valid_from"
    assert plausible(date(2026, 1, 2), date(2026, 1, 1), today).field == "valid_to"


def test_a_rule_ends_yesterday_at_the_earliest_and_is_withdrawn_only_before_it_has_held():
    today = date(2026, 11, 28)

    assert rules.last_day_can_be_set(date(2026, 1, 1), date(2026, 11, 27), today) is None
    assert rules.last_day_can_be_set(date(2026, 1, 1), date(2026, 11, 26), today).field == "last_day"
    assert rules.last_day_can_be_set(date(2027, 1, 1), date(2026, 12, 31), today).field == "last_day"
    assert rules.rule_can_be_withdrawn(today, today) is None
    assert rules.rule_can_be_withdrawn(date(2026, 11, 27), today) is not None


@pytest.mark.parametrize("text", ["1/3", "2/3", "1/1", "0/5"])
def test_a_share_is_a_fraction_of_the_whole(text: str):
    assert read("prize.winners_share", text) == text


@pytest.mark.parametrize("text", ["", "0.5", "3/2", "1/0", "-1/3", "1/3/2", "50%"])
def test_what_is_no_part_of_the_whole_is_no_share(text: str):
    assert read("prize.winners_share", text).field == "value"


def test_qualifiers_are_those_of_the_key_with_words_they_may_have():
    allowed = {"destination": ("local", "paired_aid")}

    assert rules.qualifiers_fit_key({}, allowed) is None
    assert rules.qualifiers_fit_key({"destination": "paired_aid"}, allowed) is None
    refusal = rules.qualifiers_fit_key({"destination": "moon"}, allowed)
    assert (refusal.rule, refusal.field) == ("rulebook.qualifiers_fit_key", "qualifiers")
    assert rules.qualifiers_fit_key({"festival": "qingming"}, allowed).params["unfit"] == ["festival"]


def test_a_value_is_counted_by_a_basis_of_its_key():
    bases = ("per_occasion", "per_member_year")

    assert rules.basis_fits_key(None, bases) is None
    assert rules.basis_fits_key("per_member_year", bases) is None
    assert rules.basis_fits_key("share_of_wages", bases).field == "basis"


FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
JANUARY, APRIL, JULY = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)


def test_a_rule_ends_the_one_before_and_ends_before_the_next():
    spans = [Span(FIRST, JANUARY, None), Span(THIRD, JULY, None)]

    assert after_setting(spans, Span(SECOND, APRIL, None)) == [
        Span(FIRST, JANUARY, date(2026, 3, 31)),
        Span(SECOND, APRIL, date(2026, 6, 30)),
        Span(THIRD, JULY, None),
    ]


def test_a_rule_of_the_same_first_day_is_replaced():
    assert after_setting([Span(FIRST, JANUARY, None)], Span(FIRST, JANUARY, APRIL)) == [Span(FIRST, JANUARY, APRIL)]


def test_a_withdrawn_rule_lets_the_one_before_go_on():
    spans = [Span(FIRST, JANUARY, date(2026, 3, 31)), Span(SECOND, APRIL, None)]

    assert after_withdrawing(spans, SECOND) == [Span(FIRST, JANUARY, None)]


def test_an_ended_rule_does_not_reach_into_the_next():
    spans = [Span(FIRST, JANUARY, date(2026, 3, 31)), Span(SECOND, APRIL, None)]

    assert after_ending(spans, FIRST, JULY)[0].last == date(2026, 3, 31)
    assert after_ending(spans, SECOND, JULY)[1].last == JULY


@given(st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 40)), max_size=8))
def test_whatever_is_set_no_two_rules_are_in_force_on_a_day(changes: list[tuple[int, int | None]]):
    spans: list[Span] = []
    for number, (begins, lasts) in enumerate(changes):
        first = JANUARY + timedelta(days=begins)
        last = None if lasts is None else first + timedelta(days=lasts)
        spans = after_setting(spans, Span(UUID(int=number + 1), first, last))

    for day in (JANUARY + timedelta(days=number) for number in range(90)):
        assert sum(span.covers(day) for span in spans) <= 1
