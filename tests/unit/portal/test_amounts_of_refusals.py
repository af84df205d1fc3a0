"""Every sentence of a refusal writes its amounts alike, with two places, however the figure behind one was typed."""

from __future__ import annotations

import re
from decimal import Decimal

import flask
import pytest
from flask_babel import force_locale

from gateway.portal.messages import say
from gateway.portal.rule_messages import AMOUNTS, AMOUNTS_OF
from gateway.portal.rule_messages.figures import CAPS
from gateway.subjects import SUBJECTS
from services.chassis.errors import Refused
from services.governance.funds import rules as fund_rules
from services.membership.dues import paying_rules
from services.membership.dues import rules as dues_rules
from services.welfare.rulebook import rules as benefit_rules

SENTENCES = {
    **{rule: words[1] for rule, words in SUBJECTS.rules.items()},
    **{f"benefit.birth.{end}": CAPS[end] for end in CAPS},
}
FIGURE = re.compile(r"%\((\w+)\)s")
YUAN = re.compile(r"%\((\w+)\)s 元")


@pytest.fixture
def sentences(portal: flask.Flask) -> dict[str, str]:
    """The Chinese sentences that hold an amount, by rule."""
    with portal.test_request_context(), force_locale("zh"):
        found = {rule: str(words) for rule, words in SENTENCES.items()}
    return {rule: words for rule, words in found.items() if YUAN.search(words)}


def test_what_is_told_in_yuan_is_known_as_an_amount_and_nothing_else_is(
    portal: flask.Flask, sentences: dict[str, str]
) -> None:
    assert len(sentences) >= 8
    for rule, words in SENTENCES.items():
        with portal.test_request_context(), force_locale("zh"):
            text = str(words)
        amounts = {name for name in FIGURE.findall(text) if name in AMOUNTS | AMOUNTS_OF.get(rule, frozenset())}
        assert set(YUAN.findall(text)) == amounts, rule


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("typed", ["800", "800.0", "800.00", 800, Decimal("8E+2")])
def test_a_sentence_writes_every_amount_with_two_places(
    portal: flask.Flask, sentences: dict[str, str], locale: str, typed: object
) -> None:
    for rule, words in sentences.items():
        amounts = YUAN.findall(words)
        params = {name: typed if name in amounts else 3 for name in FIGURE.findall(words)}
        with portal.test_request_context(), force_locale(locale):
            said = say(Refused("not in words", rule=rule, params=params))
        assert re.findall(r"[\d.,]*800[\d.,]*", said.replace("800.00.", "800.00 ")) == ["800.00"] * len(amounts), said


@pytest.mark.parametrize("cap", ["800", "800.0", "8E+2"])
def test_the_service_says_it_alike_too(cap: str) -> None:
    source = benefit_rules.Source("a rule", None, None, "own")
    benefit = fund_rules.Benefit("birth", "生育慰问", None, "B1", "union", ("cap",))
    line = fund_rules.Line("B1", "union", Decimal(cap), Decimal(cap))
    expense = fund_rules.Expense(Decimal("801"), "goods", "union")
    refused = [
        benefit_rules.amount_is_within_cap(Decimal("801"), Decimal(cap), source),
        fund_rules.amount_is_within_cap(expense, Decimal(cap), benefit),
        fund_rules.year_total_is_within_cap(expense, Decimal(0), Decimal(cap), benefit),
        fund_rules.line_has_money(line, Decimal("801")),
        fund_rules.budget_covers(Decimal(1), Decimal(cap), Decimal(0)),
        paying_rules.payment_fits(Decimal(801), Decimal(cap)),
        dues_rules.refund_is_covered(Decimal(801), Decimal(cap), Decimal(0)),
        dues_rules.base_is_possible(Decimal(0)),
    ]
    for refusal in refused:
        assert refusal is not None
        amounts = [
            value
            for name, value in refusal.params.items()
            if name in AMOUNTS | AMOUNTS_OF.get(refusal.rule, frozenset())
        ]
        assert amounts
        assert all(re.fullmatch(r"\d+\.\d\d", str(amount)) for amount in amounts), refusal
        assert not re.search(r"\b80[01](?!\.\d\d)", refusal.detail), refusal.detail
