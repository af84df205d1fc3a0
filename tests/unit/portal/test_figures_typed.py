"""Every kind of dated figure has a control a person can use; what it is filled with is what governance reads."""

from __future__ import annotations

from typing import Any

import flask
import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from gateway.portal.figure_words import as_typed, figure, typed, value_fields
from gateway.portal.forms import Form
from gateway.portal.rule_messages.figures import TOPICS
from gateway.subjects.governance.rulebook.missing import topic_of
from services.chassis.rules.refusal import Refusal
from services.contracts.governance.rulebook.keys import RULE_KEYS, RuleKey, rule_key
from services.contracts.governance.rulebook.operations import SetRule
from services.governance.rulebook.rules import read_value

CURVE = {"base": 60, "start": "1965-01", "step": 4, "max": 36}
FILLED = {
    "value": "60", "value_birth_year": "1965", "value_birth_month": "1", "value_step": "4", "value_most": "36",
}  # fmt: skip


def key_of(name: str) -> RuleKey:
    known = rule_key(name)
    assert known is not None
    return known


def sent(known: RuleKey, filled: Any) -> Any:
    """What governance reads in a form filled like this."""
    form = Form(SetRule, value_fields(known, {}), posted=MultiDict(filled))
    payload = typed(known, form.payload())
    assert set(payload) == {"value"}
    assert SetRule(only=["value"]).load(payload)
    return read_value(known.key, known.kind, known.words, payload["value"])


def test_a_retirement_curve_is_typed_as_years_and_months(portal: flask.Flask) -> None:
    known = key_of("retirement.m60")
    with portal.test_request_context():
        names = [spec.name for spec in value_fields(known, {})]
        assert names == list(FILLED)
        assert {spec.control for spec in value_fields(known, {})} == {"number", "select"}
        assert sent(known, FILLED) == CURVE
        assert sent(known, {**FILLED, "value_birth_month": "12"})["start"] == "1965-12"


@pytest.mark.parametrize("stored", [CURVE, '{"base": 60, "start": "1965-01", "step": 4, "max": 36}'])
def test_a_curve_in_force_stands_in_its_controls_and_comes_back_the_same(portal: flask.Flask, stored: Any) -> None:
    known = key_of("retirement.f55")
    with portal.test_request_context():
        form = Form(SetRule, value_fields(known, {}), values=as_typed(known, stored))
        shown = {control.spec.name: str(control.value) for control in form}  # type: ignore[attr-defined]
        assert shown == FILLED
        assert sent(known, shown) == CURVE


@pytest.mark.parametrize("name", list(FILLED))
@pytest.mark.parametrize("bad", ["", "x", "-1", "0", "1e3"])
def test_a_curve_that_lacks_a_figure_is_refused_beside_its_first_control(
    portal: flask.Flask, name: str, bad: str
) -> None:
    with portal.test_request_context():
        refusal = sent(key_of("retirement.m60"), {**FILLED, name: bad})
    assert isinstance(refusal, Refusal)
    assert refusal.field == "value"


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_no_figure_is_typed_as_json(portal: flask.Flask, locale: str) -> None:
    with portal.test_request_context(), force_locale(locale):
        for known in RULE_KEYS:
            for spec in value_fields(known, {"B1": "a line"}):
                assert spec.control != "textarea" or known.kind == "texts", known.key
                assert "{" not in f"{spec.label}{spec.hint}", known.key


def test_every_key_stands_under_a_topic_and_every_topic_has_keys() -> None:
    assert {topic_of(known.key) for known in RULE_KEYS} == set(TOPICS)


def test_what_is_kept_of_mutual_aid_stands_under_mutual_aid() -> None:
    keeping = {known.key: known.uses for known in RULE_KEYS if known.key.endswith("keep_months")}
    assert keeping == {
        "aid.keep_months": ("aid_papers",),
        "mutual_aid.claim_keep_months": ("claim_papers",),
        "mediation.keep_months": ("dispute_papers",),
        "dismissal.keep_months": ("dispute_papers",),
        "suggestions.keep_months": ("suggestions",),
        "places.keep_months": ("place_records",),
        "clubs.keep_months": ("club_records",),
        "children.keep_months": ("children_classes",),
    }


def test_every_other_kind_comes_back_the_same(portal: flask.Flask) -> None:
    stored = {
        "benefit.birth.cap": "800.00", "dues.percent": "0.5", "dues.base_step": "10", "retirement.flexible": 36,
        "joining.unconfirmed_days": 60, "benefit.birth.forms": ["goods", "voucher"], "fund.income.dues": "401",
        "fund.allocation_percent": "2",
    }  # fmt: skip
    with portal.test_request_context():
        for name, value in stored.items():
            known = key_of(name)
            text = ", ".join(value) if isinstance(value, list) else str(value)
            filled: MultiDict[str, Any] = MultiDict(as_typed(known, text))
            assert sent(known, filled) == value, name
            assert figure(name, value) != ""


@pytest.mark.parametrize("known", [one for one in RULE_KEYS if one.kind == "count"], ids=lambda one: one.key)
def test_every_count_reads_with_its_unit(portal: flask.Flask, known: RuleKey) -> None:
    assert figure(known.key, 3) != "3"
    assert value_fields(known, {})[0].label


def test_a_word_from_a_fixed_list_is_chosen_and_read_in_words(portal: flask.Flask) -> None:
    known = rule_key("aid.after_death")
    assert known is not None
    assert value_fields(known, {})[0].control == "select"
    assert figure("aid.after_death", "family") == "转由家属领取"
    assert isinstance(read_value(known.key, known.kind, known.words, "nobody"), Refusal)
    assert read_value(known.key, known.kind, known.words, "ends") == "ends"
