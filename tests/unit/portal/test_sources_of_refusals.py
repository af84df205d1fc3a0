"""A refusal names the document and the article its figure is written in, in one place for every rule."""

from __future__ import annotations

import flask
import pytest
from flask_babel import force_locale

from gateway.portal.messages import explain, say
from services.chassis.errors import Refused
from services.chassis.rules.refusal import Refusal, sourced
from services.welfare.rulebook.rules import Source

OWN = Source("本校工会慰问办法", "校工〔2026〕3号", "第五条", "own")
ABOVE = Refusal("benefit.amount_is_within_cap", "Above the cap.", "amount", {"amount": "801.00", "cap": "800.00"})


def refused(source: Source | None) -> Refused:
    answer = sourced(ABOVE, source)
    assert answer is not None
    return Refused.by(answer)


@pytest.mark.parametrize(
    ("locale", "source", "told"),
    [
        ("zh", OWN, "801.00 元超过现行上限 800.00 元（依据：本校工会慰问办法 校工〔2026〕3号 第五条）。"),
        ("zh", Source("慰问办法", None, None, "own"), "801.00 元超过现行上限 800.00 元（依据：慰问办法）。"),
        ("zh", None, "801.00 元超过现行上限 800.00 元。"),
    ],
)
def test_the_sentence_ends_with_where_the_rule_is_written(portal: flask.Flask, locale, source, told) -> None:
    with portal.test_request_context(), force_locale(locale):
        assert say(refused(source)) == told


def test_the_source_is_told_in_english_too(portal: flask.Flask) -> None:
    with portal.test_request_context(), force_locale("en"):
        assert say(refused(OWN)).endswith("(by 本校工会慰问办法 校工〔2026〕3号 Article 5).")


def test_a_document_of_another_kind_is_no_source(portal: flask.Flask) -> None:
    with portal.test_request_context():
        other = Refused("…", rule="dues.month_is_owed", params={"document": "labour_contract"})
        assert "依据" not in say(other)


def test_the_program_keeps_what_the_sentence_was_made_of(portal: flask.Flask) -> None:
    problem = refused(OWN)
    assert problem.params == {
        "amount": "801.00", "cap": "800.00", "document": "本校工会慰问办法", "number": "校工〔2026〕3号",
        "article": "第五条", "ruleset": "own",
    }  # fmt: skip
    with portal.test_request_context():
        told = explain(problem)
    assert (told["rule"], told["rule_name"]) == ("benefit.amount_is_within_cap", "不超过上限")
    assert told["text"].count("依据") == 1


def test_nothing_is_added_to_an_allowance_or_without_a_rule():
    assert sourced(None, OWN) is None
    assert sourced(ABOVE, None) is ABOVE
