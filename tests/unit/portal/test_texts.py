"""Every text has its English, every rule a service can refuse by has its words, every fixed list is whole."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from gateway.portal import translations_cli, words
from gateway.portal.document_words import DEMO_DOCUMENT
from gateway.portal.history_words import CHANGE_REASON, activity_value, change_reason, value_words
from gateway.portal.messages import say
from gateway.portal.refusals import name_of_rule
from gateway.portal.rule_messages.details import DETAILS
from gateway.portal.rule_messages.fund_reasons import REASONS
from gateway.subjects import SUBJECTS
from services.contracts.activities.calendar import shapes as activity
from services.contracts.activities.registration import events as registration_events
from services.contracts.gateway import accounts
from services.contracts.governance import awards
from services.contracts.governance.funds import events as funds_events
from services.contracts.governance.funds import operations as funds
from services.contracts.governance.funds import vocabulary as money
from services.contracts.governance.plan import events as plan_events
from services.contracts.membership import consents, corrections, family, hr, imports, person, retention
from services.contracts.membership.dues import files as dues_files
from services.contracts.membership.dues import vocabulary as dues_words
from services.contracts.membership.joining import applications as application
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.organisation import posts as post
from services.contracts.membership.organisation import unit_changes
from services.contracts.membership.record import fields, particulars
from services.contracts.membership.record import shapes as member
from services.contracts.welfare import birthdays
from services.contracts.welfare import vocabulary as welfare_words
from services.contracts.welfare.visits import shapes as visit_shapes

ROOT = Path(__file__).resolve().parents[3]
NOT_FOR_PEOPLE = {
    "principal_is_signed", "token_is_valid", "rule", "own_commitment",
}  # fmt: skip
"""Rules only programs and services meet."""

LISTS = {
    "ACCOUNT": accounts.ACCOUNT_STATES,
    "EMPLOYMENT": person.EMPLOYMENTS,
    "GENDER": person.GENDERS,
    "ORIGINAL_AGE": person.ORIGINAL_AGES,
    "SENSITIVE": person.SENSITIVE_FIELDS,
    "MASKED": fields.MASKED_FIELDS,
    "EDUCATION": particulars.EDUCATIONS,
    "DEGREE": particulars.DEGREES,
    "POLITICAL_STATUS": particulars.POLITICAL_STATUSES,
    "MARITAL_STATUS": particulars.MARITAL_STATUSES,
    "EMERGENCY_RELATION": particulars.EMERGENCY_RELATIONS,
    "STANDING": member.STANDINGS,
    "CORRECTION": corrections.CORRECTION_STATES,
    "DATA_CLASS": retention.ERASED_CLASSES,
    "CONSENT_PURPOSE": consents.PURPOSES,
    "FAMILY_RELATION": family.RELATIONS,
    "AWARD": awards.AWARD_STATES,
    "AWARD_LEVEL": awards.LEVELS,
    "AWARD_CATEGORY": awards.CATEGORIES,
    "APPLICATION": application.STATES,
    "IMPORT": imports.STATES,
    "ROW_PROBLEM": imports.PROBLEM_KINDS,
    "ROW_ACTION": imports.ACTIONS,
    "ROSTER_FIELD": imports.FIELDS,
    "UNIT_KIND": organisation.UNIT_KINDS,
    "HR_KIND": hr.KINDS,
    "HR_DIFFERENCE": hr.STATES,
    "COMMITTEE": organisation.COMMITTEES,
    "UNIT_HISTORY": unit_changes.HISTORY_KINDS,
    "POST": post.POST_KINDS,
    "ACTIVITY_KIND": activity.ACTIVITY_KINDS,
    "ACTIVITY": activity.ACTIVITY_STATES,
    "CANCEL_REASON": activity.CANCEL_REASONS,
    "REGISTRATION": registration_events.REGISTRATION_STATES,
    "OCCASION": welfare_words.OCCASIONS,
    "RELATION": welfare_words.RELATIONS,
    "LEVEL": welfare_words.LEVELS,
    "FORM": welfare_words.FORMS,
    "EVIDENCE": welfare_words.EVIDENCE_KINDS,
    "VISIT": visit_shapes.VISIT_STATES,
    "CLAIM": visit_shapes.CLAIM_STATES,
    "GRANT": birthdays.GRANT_STATES,
    "RUN": birthdays.RUN_STATES,
    "PLAN_PART": plan_events.PARTS,
    "PLAN_ITEM": plan_events.ITEM_STATES,
    "MEASURE": plan_events.MEASURES,
    "ENTRY": funds.ENTRY_KINDS,
    "REFUSAL": funds.REFUSAL_STATES,
    "INCOME": funds.INCOME_KINDS,
    "SOURCE": money.SOURCE_TYPES,
    "DUES_CHARGE": dues_words.CHARGE_STATES,
    "DUES_COLUMN": sorted({name for names in dues_files.COLUMNS.values() for name in names}),
    "DUES_FILE_KIND": dues_words.FILE_KINDS,
    "DUES_FILE": dues_words.FILE_STATES,
    "DUES_VERDICT": dues_words.VERDICTS,
    "DUES_PAYMENT": dues_words.PAYMENT_KINDS,
    "DUES_CHANNEL": dues_words.CHANNELS,
    "DUES_REFUND": dues_words.REFUND_STATES,
    "FUNDING": money.FUNDING_SOURCES,
}


def rules_of_the_services() -> set[str]:
    """Return every rule written down in a refusal or an error of a service or the gateway."""
    found = set()
    for folder in ("services", "gateway"):
        for path in (ROOT / folder).rglob("*.py"):
            if "chassis" not in path.parts:
                found |= set(_rules_in(path))
    return found


def _rules_in(path: Path) -> list[str]:
    rules = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = [keyword.value for keyword in node.keywords if keyword.arg == "rule"]
        given += node.args[:1] if name in ("Refusal", "_refuse") else []
        rules += [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    return rules


def test_every_text_has_its_english():
    assert translations_cli.untranslated() == []


def test_no_text_stands_where_the_catalogue_does_not_find_it():
    """Within an f-string nothing is extracted on Python 3.11."""
    for path in (ROOT / "gateway").rglob("*.py"):
        joined = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
        calls = [call for one in joined for call in ast.walk(one) if isinstance(call, ast.Call)]
        names = {getattr(call.func, "id", "") for call in calls}
        assert not names & {"gettext", "lazy_gettext", "_l"}, path


def test_a_translation_uses_the_same_values_as_its_text():
    for message in translations_cli.english():
        if message.id:
            assert set(re.findall(r"%\(\w+\)s", str(message.id))) == set(re.findall(r"%\(\w+\)s", str(message.string)))


def test_the_catalogue_holds_no_text_that_nobody_uses():
    used = translations_cli.texts()
    assert [message.id for message in translations_cli.english() if message.id and message.id not in used] == []


def test_every_rule_is_said_in_words():
    assert sorted(rules_of_the_services() - set(SUBJECTS.rules) - NOT_FOR_PEOPLE) == []


def test_sentences_known_by_heart_are_still_said():
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "services" / "membership").rglob("rules.py"))
    assert [sentence for sentence in DETAILS if sentence not in said] == []
    assert set(DETAILS.values()) <= set(SUBJECTS.rules)


def test_every_reason_an_expense_is_refused_for_is_said_in_words():
    assert set(funds_events.REASON_CODES) == set(REASONS)


@pytest.mark.parametrize("name", LISTS)
def test_every_word_of_a_list_has_its_text(name):
    assert set(LISTS[name]) <= set(words.LISTS[name])


def test_a_figure_of_the_rulebook_is_named_by_its_benefit(portal):
    with portal.test_request_context():
        assert name_of_rule("benefit.birth.cap") == "生育慰问每次上限"
        assert name_of_rule("benefit.unheard_of") is None


def test_every_document_the_demo_rules_name_is_said_in_both_languages():
    sets = [json.loads(path.read_text(encoding="utf-8")) for path in ROOT.glob("services/*/rulesets/demo.json")]
    assert {rule["title"] for found in sets for rule in found["rules"]} == set(DEMO_DOCUMENT)


def test_every_reason_the_services_write_into_a_record_is_said_in_words():
    written = set()
    for path in (ROOT / "services" / "membership").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            given = {"set_standing": node.args[3:4], "admit": node.args[2:3]}.get(name, []) if name else []
            written |= {value.value for value in given if isinstance(value, ast.Constant)}
    assert written >= {"admitted from a roster", "retirement", "units merged"}
    assert written <= set(CHANGE_REASON)


def test_a_history_shows_no_word_of_the_program_and_no_id(portal):
    with portal.test_request_context():
        assert change_reason("dues file 01a21adc-ec46-7252-9d44-ac235e946c3e") == "缴费基数文件"
        assert change_reason("证书原件") == "证书原件"
        assert value_words("photo", "kept") == "有照片"
        assert activity_value("state", "scheduled") == "已安排"
        assert activity_value("fee", "12.5") == "¥12.50"
        assert activity_value("starts_at", "2026-11-27T02:00:00+00:00") == "2026-11-27 10:00"
        assert activity_value("plan_item_id", "01a21adc-ec46-7252-9d44-ac235e946c3e") == ""


def _sentences_about_input() -> set[str]:
    """Return what schemas say about a field that is wrong, with a 5 where they name a figure."""
    found: list[str] = []
    chassis = (ROOT / "services" / "chassis" / name for name in ("schema.py", "day_fields.py"))
    for path in (*(ROOT / "services" / "contracts").rglob("*.py"), *chassis):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                said = [keyword.value for keyword in node.keywords if keyword.arg == "error"]
                found += _said(said + (node.args[:1] if name == "ValidationError" else []))
    return {sentence for sentence in found if sentence}


def _said(values: list[ast.expr]) -> list[str]:
    found = []
    for value in values:
        if isinstance(value, ast.JoinedStr):
            found.append("".join(str(part.value) if isinstance(part, ast.Constant) else "5" for part in value.values))
        elif isinstance(value, ast.Constant):
            found.append(str(value.value))
        elif isinstance(value, ast.Dict | ast.List):
            found += _said(list(getattr(value, "values", None) or getattr(value, "elts", [])))
    return found


def test_everything_a_schema_says_about_a_field_is_said_in_the_readers_language(portal):
    sentences = _sentences_about_input()
    assert "Must lie between 5 and 5." in sentences
    with portal.test_request_context():
        assert sorted(sentence for sentence in sentences if say(sentence) == sentence) == []
