"""The shipped rule sets: valid, of known keys, labelled, never two for one thing, silent where nothing is known."""

from __future__ import annotations

import pytest

from services.chassis.rules.qualifiers import read
from services.chassis.rules.rule_file import read_rules
from services.contracts.governance.rulebook.keys import rule_key
from services.contracts.governance.rulebook.vocabulary import CERTAINTIES, QUALIFIERS, SHIPPED_SETS
from services.contracts.vocabulary import BENEFIT_FORMS
from services.governance.funds.use_cases import catalogue
from services.governance.rulebook import rules
from services.governance.rulebook.use_cases.reading import written
from services.governance.rulebook.use_cases.shipping import RULESETS
from tests.support.shipped_rules import rules_of


@pytest.mark.parametrize("name", SHIPPED_SETS)
def test_every_shipped_rule_set_is_valid(name: str):
    ruleset, found = read_rules(RULESETS / f"{name}.json", name)
    assert ruleset == name
    assert len(found) == len(rules_of(name)) > 0


def test_no_other_service_ships_rules():
    assert [path.parent.name for path in sorted(RULESETS.parents[1].glob("*/rulesets"))] == ["governance"]


@pytest.mark.parametrize("name", SHIPPED_SETS)
def test_every_shipped_rule_has_a_known_key_and_a_value_an_officer_could_write(name: str):
    for rule in rules_of(name):
        key = rule["key"]
        known = rule_key(key)
        assert known is not None, key
        assert rules.scope_fits_key(rule.get("scope"), known.scopes) is None, key
        assert rules.basis_fits_key(rule.get("basis"), known.bases) is None, key
        allowed = {qualifier: QUALIFIERS[qualifier] for qualifier in known.qualifiers}
        assert rules.qualifiers_fit_key(read(rule.get("qualifiers", "")), allowed) is None, key
        assert rules.read_value(key, known.kind, known.words, written(rule["value"])) == rule["value"], key
        assert rule["certainty"] in CERTAINTIES, key
        assert ("basis" in rule) == (known.bases != ("none",)), key


def test_no_two_shipped_rule_sets_speak_about_the_same_key_scope_and_qualifiers():
    found = [
        (rule["key"], rule.get("scope"), rule.get("qualifiers"))
        for name in SHIPPED_SETS
        for rule in rules_of(name)
    ]  # fmt: skip

    assert len(found) == len(set(found))


def test_zhejiang_says_nothing_on_festival_goods_and_condolence():
    keys = {rule["key"] for rule in rules_of("zhejiang")}

    assert keys == {f"benefit.{key}.cap" for key in ("outing", "prize_individual", "prize_team", "memento")}


def test_every_demonstration_figure_says_that_it_is_one():
    for rule in rules_of("demo"):
        assert rule["title"].startswith(("Demonstration", "Demo figures", "演示规则"))
        assert rule["certainty"] == "demo"


def test_the_demonstration_answers_what_the_five_visits_and_birthdays_ask():
    known = {rule["key"] for name in ("national", "demo") for rule in rules_of(name)}
    benefits = catalogue.benefits()

    for key in ("birth", "hospitalisation", "bereavement", "member_death", "wedding", "birthday", "holiday"):
        assert {benefits[key].rule_key(need) for need in benefits[key].needs} <= known


@pytest.mark.parametrize("name", SHIPPED_SETS)
def test_forms_are_words_of_the_contract(name: str):
    for rule in rules_of(name):
        if rule["key"].endswith(".forms"):
            assert set(rule["value"]) <= set(BENEFIT_FORMS)


def test_national_rules_hold_no_amounts_for_the_provinces_set_them():
    assert not [rule["key"] for rule in rules_of("national") if rule["key"].endswith(".cap")]
