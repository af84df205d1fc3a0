"""What may be given: caps and forms, each refusal with where the figure is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.rulebook import rules
from services.welfare.rulebook.rules import Source

SOURCE = Source("Measures on union funds", "No. 32", "8", "demo")
CAP = Decimal("500.00")


@pytest.mark.parametrize("amount", ["0.01", "499.99", "500.00", "500"])
def test_an_amount_may_reach_the_cap(amount):
    assert rules.amount_is_within_cap(Decimal(amount), CAP, SOURCE) is None


def test_an_amount_above_the_cap_is_refused_with_figure_document_and_article():
    refusal = rules.amount_is_within_cap(Decimal("500.01"), CAP, SOURCE)
    assert refusal.rule == "benefit.amount_is_within_cap"
    assert refusal.params == {
        "amount": "500.01",
        "cap": "500.00",
        "document": "Measures on union funds",
        "number": "No. 32",
        "article": "8",
        "ruleset": "demo",
    }
    assert "Measures on union funds, No. 32, Art. 8 (rule set demo)" in refusal.detail


@given(st.decimals(min_value="0", max_value="100000", places=2))
def test_every_amount_is_either_within_the_cap_or_refused(amount):
    assert (rules.amount_is_within_cap(amount, CAP, SOURCE) is None) is (amount <= CAP)


def test_a_form_the_rule_does_not_name_is_refused_with_those_it_names():
    assert rules.form_is_allowed("goods", ["goods", "voucher"], SOURCE) is None
    refusal = rules.form_is_allowed("cash", ["voucher", "goods"], SOURCE)
    assert (refusal.rule, refusal.field) == ("benefit.form_is_allowed", "form")
    assert refusal.params["forms"] == ["goods", "voucher"]


def test_a_source_without_number_and_article_reads_well():
    assert str(Source("Demo figures", None, None, "demo")) == "Demo figures (rule set demo)"
