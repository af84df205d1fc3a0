"""The shipped rule sets: sound, labelled, and silent where nothing is known."""

from __future__ import annotations

import json

import pytest

from services.chassis.rules.rule_file import read_rules
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.rulebook import RULE_SETS
from services.contracts.welfare.visits.types import ShippedVisitType
from services.contracts.welfare.vocabulary import OCCASIONS
from services.welfare.rulebook.use_cases.rules_in_force import RULESETS


def content_of(name: str) -> dict:
    return json.loads((RULESETS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", RULE_SETS)
def test_every_shipped_rule_set_is_sound_and_says_which_it_is(name):
    content = content_of(name)
    assert content["ruleset"] == name
    _, rules = read_rules(content["rules"], name)
    assert len(rules) == len(content["rules"]) > 0


@pytest.mark.parametrize("name", RULE_SETS)
def test_forms_are_words_of_the_contract(name):
    for rule in content_of(name)["rules"]:
        if rule["key"].endswith(".forms"):
            assert set(rule["value"]) <= set(BENEFIT_FORMS)


def test_every_figure_of_the_demo_is_labelled_as_one():
    for rule in content_of("demo")["rules"]:
        assert rule["title"].startswith("Demo figures")


def test_national_rules_hold_no_amounts_for_the_provinces_set_them():
    assert not [rule["key"] for rule in content_of("national")["rules"] if rule["key"].endswith(".cap")]


def test_the_two_rule_sets_never_speak_about_the_same_thing():
    national, demo = ({rule["key"] for rule in content_of(name)["rules"]} for name in RULE_SETS)
    assert national.isdisjoint(demo)


def test_a_visit_type_ships_for_every_occasion_and_the_demonstration_has_none_of_its_own():
    assert content_of("demo")["visit_types"] == []
    loaded = ShippedVisitType(many=True).load(content_of("national")["visit_types"])
    assert [row["occasion"] for row in loaded] == list(OCCASIONS)
    assert [row["position"] for row in loaded] == list(range(1, len(OCCASIONS) + 1))
    assert {row["occasion"] for row in loaded if row["relations"]} == {"bereavement"}


def test_grave_matters_are_the_unions_to_visit():
    levels = {row["occasion"]: row["level"] for row in content_of("national")["visit_types"]}
    assert levels["grave_illness"] == levels["member_death"] == "union"
    assert levels["birth"] == levels["hospitalisation"] == levels["bereavement"] == "unit"
