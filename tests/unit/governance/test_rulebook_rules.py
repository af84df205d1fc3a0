"""Values and days an officer may give a dated rule, and the shipped rule sets."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import services.governance
from services.chassis.rules.rule_file import read_rules
from services.contracts.governance.rulebook.keys import rule_key
from services.governance.funds.use_cases import catalogue
from services.governance.rulebook import rules
from services.governance.rulebook.use_cases.reading import written

SERVICES = Path(services.governance.__file__).parents[1]
RULESETS = SERVICES / "governance" / "rulesets"


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


@pytest.mark.parametrize("service", ["membership", "welfare", "governance"])
def test_every_shipped_rule_has_a_known_key_and_a_value_an_officer_could_write(service: str):
    for path in sorted((SERVICES / service / "rulesets").glob("*.json")):
        for rule in json.loads(path.read_text(encoding="utf-8"))["rules"]:
            known = rule_key(rule["key"])
            assert known is not None, rule["key"]
            assert service in known.used_by, rule["key"]
            assert rules.scope_fits_key(rule.get("scope"), known.scopes) is None, rule["key"]
            assert read(rule["key"], written(rule["value"])) == rule["value"], rule["key"]


@pytest.mark.parametrize("name", ["national", "demo", "zhejiang"])
def test_every_shipped_rule_set_is_valid(name: str):
    assert read_rules(RULESETS / f"{name}.json", name)[0] == name


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
