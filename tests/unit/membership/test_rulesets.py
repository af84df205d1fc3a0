"""The shipped rule sets: sound, labelled, and never two for one key."""

from __future__ import annotations

import json

import pytest

from services.chassis.rules.rule_file import read_rules
from services.contracts.membership.rulebook import RULE_SETS
from services.membership.rulebook.use_cases.rules_in_force import RULESETS


@pytest.mark.parametrize("name", RULE_SETS)
def test_every_shipped_rule_set_is_valid(name: str) -> None:
    ruleset, rules = read_rules(RULESETS / f"{name}.json", name)
    assert ruleset == name
    assert rules


def test_no_two_rule_sets_speak_about_the_same_key_and_scope() -> None:
    seen: dict[tuple[str, str], str] = {}
    for name in RULE_SETS:
        for rule in json.loads((RULESETS / f"{name}.json").read_text(encoding="utf-8"))["rules"]:
            key = (rule["key"], rule.get("scope") or "")
            assert seen.setdefault(key, name) == name
