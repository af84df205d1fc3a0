"""Every text has its English, every rule a service can refuse by has its words, every fixed list is whole."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from gateway.portal import translations_cli
from gateway.portal.document_words import DEMO_DOCUMENT
from gateway.portal.history_words import activity_value, change_reason, value_words
from gateway.portal.phrases import refusal_words
from gateway.portal.refusals import name_of_rule
from gateway.portal.words import without_text, words
from gateway.subjects import SUBJECTS
from services.chassis.vocabulary import VOCABULARIES
from services.contracts.governance.funds import events as funds_events
from services.contracts.membership.standing.shapes import CHANGE_REASONS
from tests.architecture.source import Module, modules_in

ROOT = Path(__file__).resolve().parents[3]
NOT_FOR_PEOPLE = {
    "principal_is_signed", "token_is_valid", "rule", "own_commitment",
}  # fmt: skip
"""Rules only programs and services meet."""


def rules_of_the_services() -> set[str]:
    """Return every rule written down in a refusal or an error of a service or the gateway."""
    found = (set(_rules_in(module)) for module in modules_in("services", "gateway") if "chassis" not in module.parts)
    return set().union(*found)


def _rules_in(module: Module) -> list[str]:
    rules = []
    for name, node in module.calls:
        given = [keyword.value for keyword in node.keywords if keyword.arg == "rule" and name != "Vocabulary"]
        given += node.args[:1] if name in ("Refusal", "_refuse") else []
        rules += [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    return rules


def test_every_text_has_its_english():
    assert translations_cli.untranslated() == []


def test_no_text_stands_where_the_catalogue_does_not_find_it():
    """Within an f-string nothing is extracted on Python 3.11."""
    for module in modules_in("gateway"):
        joined = [node for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr)]
        calls = [call for one in joined for call in ast.walk(one) if isinstance(call, ast.Call)]
        names = {getattr(call.func, "id", "") for call in calls}
        assert not names & {"gettext", "lazy_gettext", "_l"}, module.place


def test_a_translation_uses_the_same_values_as_its_text():
    for message in translations_cli.english():
        if message.id:
            assert set(re.findall(r"%\(\w+\)s", str(message.id))) == set(re.findall(r"%\(\w+\)s", str(message.string)))


def test_the_catalogue_holds_no_text_that_nobody_uses():
    used = translations_cli.texts()
    assert [message.id for message in translations_cli.english() if message.id and message.id not in used] == []


def test_every_rule_is_said_in_words():
    assert sorted(rules_of_the_services() - set(SUBJECTS.rules) - NOT_FOR_PEOPLE) == []


def test_every_reason_an_expense_is_refused_for_is_said_in_words(portal):
    with portal.test_request_context():
        said = {reason: refusal_words({"reason_code": reason}) for reason in funds_events.REASON_CODES}
        assert said == dict(funds_events.REASON_CODES.texts)


def test_every_list_a_template_names_is_a_vocabulary():
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "gateway").rglob("*.html"))
    named = set(re.findall(r"(?:words|texts)\('(\w+)'\)", pages))
    assert len(named) > 50
    assert named <= set(VOCABULARIES)


def test_a_word_without_a_text_fails_the_tests(portal):
    with portal.test_request_context():
        assert str(words("female", "gender")) == "女"
        with pytest.raises(KeyError, match="unheard_of has no text in gender"):
            words("unheard_of", "gender")


def test_outside_of_tests_a_word_of_a_newer_service_is_shown_and_logged(portal, monkeypatch):
    logged = []
    monkeypatch.setattr("gateway.portal.words.log.warning", lambda event, **about: logged.append((event, about)))
    with portal.test_request_context():
        assert without_text("unheard_of", "gender") == "unheard_of"
    assert logged == [("word_has_no_text", {"vocabulary": "gender", "word": "unheard_of"})]


def test_a_figure_of_the_rulebook_is_named_by_its_benefit(portal):
    with portal.test_request_context():
        assert name_of_rule("benefit.birth.cap") == "生育慰问上限"
        assert name_of_rule("benefit.unheard_of") is None


def test_every_document_the_demo_rules_name_is_said_in_both_languages():
    sets = [json.loads(path.read_text(encoding="utf-8")) for path in ROOT.glob("services/*/rulesets/demo.json")]
    assert {rule["title"] for found in sets for rule in found["rules"]} == set(DEMO_DOCUMENT)


def test_every_reason_the_services_write_into_a_record_is_said_in_words():
    written = set()
    for module in modules_in("services/membership"):
        for name, node in module.calls:
            given = {"set_standing": node.args[3:4], "admit": node.args[2:3]}.get(name, [])
            written |= {value.value for value in given if isinstance(value, ast.Constant)}
    assert written >= {"admitted from a roster", "retirement", "units merged"}
    assert written <= set(CHANGE_REASONS)


def test_a_history_shows_no_word_of_the_program_and_no_id(portal):
    with portal.test_request_context():
        assert change_reason("dues file 01a21adc-ec46-7252-9d44-ac235e946c3e") == "缴费基数文件"
        assert change_reason("证书原件") == "证书原件"
        assert value_words("photo", "kept") == "有照片"
        assert activity_value("state", "scheduled") == "已安排"
        assert activity_value("fee", "12.5") == "¥12.50"
        assert activity_value("starts_at", "2026-11-27T02:00:00+00:00") == "2026-11-27 10:00"
        assert activity_value("plan_item_id", "01a21adc-ec46-7252-9d44-ac235e946c3e") == ""
