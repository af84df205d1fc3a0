"""Values an officer may give a dated rule, and the shipped rule sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import services.governance
from services.chassis.rulefile import read_rules
from services.governance.funds import catalogue
from services.governance.rulebook.rules import forms_in, value_fits_key

RULESETS = Path(services.governance.__file__).parent / "rulesets"


@pytest.mark.parametrize("value", ["0", "500", "500.5", "500.00"])
def test_a_cap_is_an_amount(value: str):
    assert value_fits_key("benefit.birth.cap", value) is None


@pytest.mark.parametrize("value", ["", "much", "-1", "1.005", "NaN", "Infinity", "1e400", "1000000000000"])
def test_what_is_no_amount_is_no_cap(value: str):
    refusal = value_fits_key("benefit.birthday.year_cap", value)

    assert refusal is not None
    assert refusal.field == "value"


def test_forms_are_goods_voucher_or_cash():
    assert forms_in("goods, cash") == ["goods", "cash"]
    assert value_fits_key("benefit.birth.forms", "goods,voucher") is None
    assert value_fits_key("benefit.birth.forms", "gold") is not None


@pytest.mark.parametrize("name", ["national", "demo", "zhejiang"])
def test_every_shipped_rule_set_is_valid_and_readable_by_the_funds(name: str):
    ruleset, rules = read_rules(RULESETS / f"{name}.json", name)

    assert ruleset == name
    for rule in rules:
        value = ", ".join(rule["value"]) if isinstance(rule["value"], list) else rule["value"]
        assert value_fits_key(rule["key"], value) is None, rule["key"]


def test_no_two_shipped_rule_sets_speak_about_the_same_key():
    keys = [rule["key"] for name in ("national", "demo", "zhejiang") for rule in _rules(name)]

    assert len(keys) == len(set(keys))


def test_zhejiang_says_nothing_on_festival_goods_and_condolence():
    keys = {rule["key"] for rule in _rules("zhejiang")}

    assert keys == {f"benefit.{key}.cap" for key in ("outing", "prize_individual", "prize_team", "memento")}


def test_every_demonstration_figure_says_that_it_is_one():
    assert all(rule["title"].startswith("Demonstration") for rule in _rules("demo"))


def test_the_demonstration_answers_what_the_five_visits_and_birthdays_ask():
    known = {rule["key"] for name in ("national", "demo") for rule in _rules(name)}
    benefits = catalogue.benefits()

    for key in ("birth", "hospitalisation", "bereavement", "member_death", "wedding", "birthday", "holiday"):
        assert {benefits[key].rule_key(need) for need in benefits[key].needs} <= known


def _rules(name: str) -> list[dict[str, object]]:
    return json.loads((RULESETS / f"{name}.json").read_text(encoding="utf-8"))["rules"]
