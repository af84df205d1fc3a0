"""A decision is told in a sentence: the outcome, why, and where the rule is written."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.portal import languages
from gateway.subjects.welfare.decisions import api
from gateway.subjects.welfare.decisions.wording import grounds_in_words
from tests.unit.gateway.conftest import FakeClient
from tests.unit.gateway.test_problems import SignIn

DECISION = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f00aa"
GROUND = {
    "name": "cap", "key": "benefit.holiday.cap", "value": "2000.00", "unit": "yuan", "scope": None, "qualifiers": "",
    "ruleset": "own", "document": "福利办法", "number": "工会〔2026〕1号", "article": "3", "rule_id": None,
    "valid_from": "2026-01-01",
}  # fmt: skip
REFUSED = {"reason": "benefit.amount_is_within_cap", "params": {"amount": "900", "cap": "300"}, "outcome": "refused"}


def decision(**changes: Any) -> dict[str, Any]:
    return {
        "id": DECISION, "kind": "programmes.entitlement", "version": 1, "subject_id": DECISION, "member_id": DECISION,
        "as_of": "2026-09-01", "decided_at": "2026-09-01T00:00:00+00:00", "outcome": "granted", "reason": None,
        "params": {}, "amount": None, "grounds": [GROUND], "inputs": {"standing": "active"}, "words": None, **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "changes", "parts"),
    [
        ("zh", {}, ["节日慰问资格：符合条件。依据：福利办法 工会〔2026〕1号"]),
        ("en", {}, ["Entitlement to holiday goods: granted.", "By: 福利办法"]),
        ("zh", REFUSED, ["不符合条件。900.00 元超过现行上限 300.00 元。", "依据：福利办法"]),
        ("zh", {**REFUSED, "reason": "a.rule_of_a_later_release"}, ["不符合条件。"]),
        ("zh", {"grounds": []}, ["节日慰问资格：符合条件。"]),
    ],
)
def test_a_decision_is_told_in_words(
    app_with_portal: Flask,
    services: FakeClient,
    sign_in: SignIn,
    language: str,
    changes: dict[str, Any],
    parts: list[str],
) -> None:
    services.answers["welfare.get_decision"] = decision(**changes)
    client = app_with_portal.test_client()
    client.set_cookie(languages.COOKIE, language)
    told = client.get(f"/api/v1/welfare/decisions/{DECISION}", headers=sign_in("officer").headers).get_json()
    assert [part for part in parts if part not in told["words"]] == []
    assert told["outcome"] == decision(**changes)["outcome"]


def test_a_stranger_is_told_nothing(http: FlaskClient) -> None:
    assert {route.path for route in api.ROUTES} == {"/welfare/decisions/<uuid:decision_id>"}
    path = f"/api/v1/welfare/decisions/{DECISION}"
    assert http.get(path).status_code == 401


def test_its_page_shows_the_rule_the_document_and_what_was_known(
    app_with_portal: Flask, services: FakeClient, sign_in: SignIn
) -> None:
    services.answers["welfare.get_decision"] = decision(
        **REFUSED, inputs={"standing": "active", "unit_listed": False, "employments": [], "joined_on": None}
    )
    page = app_with_portal.test_client().get(f"/decisions/{DECISION}", headers=sign_in("officer").headers)
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    parts = ("不符合条件", "福利办法", "2,000.00", "benefit.amount_is_within_cap", "在册", "否", "不限", "未知")
    assert [part for part in parts if part not in text] == []


def test_what_a_decision_went_by_is_told_in_words_and_once(app_with_portal: Flask) -> None:
    listed = {
        **GROUND,
        "name": "items",
        "key": "entitlement.items",
        "value": ["birthday", "holiday"],
        "unit": "benefit",
    }
    alike = {**listed, "name": "items_agency"}
    with app_with_portal.test_request_context():
        told = [words for words, _ in grounds_in_words(decision(grounds=[listed, alike, GROUND]))]
    assert told == ["年度福利包括的项目：生日慰问、节日慰问", "节日慰问上限：¥2,000.00"]
