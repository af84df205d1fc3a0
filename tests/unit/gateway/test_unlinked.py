"""A secret vote comes without anything that says who sent it, even where the sender says so."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.chassis.process import logs, tracing
from services.chassis.schema import OPERATIONS
from tests.unit.gateway.conftest import FakeClient
from tests.unit.gateway.signing_in import SignIn

BALLOT = uuid4()
PATH = f"/api/v1/governance/ballots/{BALLOT}/sealed-votes"
VOTE = {"token": "A" * 132, "signatures": ["A" * 512], "sealed": "A" * 400, "signature": "A" * 88}


def test_nothing_of_the_sender_is_logged_traced_or_passed_on(
    http: FlaskClient,
    sign_in: SignIn,
    services: FakeClient,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    traced: list[str] = []
    monkeypatch.setattr(tracing, "enabled", lambda: True)
    monkeypatch.setattr(tracing, "_start", lambda name, *_: traced.append(name))
    person = sign_in()
    logs.configure("INFO")
    story = {"X-Correlation-Id": "story-13812345678", "Idempotency-Key": "mine", "Cookie": "gonghui_session=x"}
    trace = {"traceparent": f"00-{'1' * 32}-{'2' * 16}-01"}
    services.answers["governance.cast_sealed_vote"] = {"tracker": "0" * 20, "receipt": "AAAA"}
    answer = http.post(PATH, json=VOTE, headers={**person.headers, **story, **trace})
    assert answer.status_code == 200, answer.text
    [asked] = services.asked
    context = asked.context
    assert (asked.operation, asked.payload) == ("governance.cast_sealed_vote", {**VOTE, "ballot_id": str(BALLOT)})
    assert context.principal.kind == "anonymous"
    assert context.idempotency_key is None
    assert context.traceparent is None
    assert context.origin is None
    assert context.correlation_id != "story-13812345678"
    assert traced == []
    assert "Set-Cookie" not in answer.headers
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line for line in lines if line["event"] == "access"] == []


def test_a_page_for_anonymous_suggestions_does_not_learn_who_opens_it(
    app_with_portal: Flask, sign_in: SignIn, services: FakeClient, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = app_with_portal.test_client()
    browser.set_cookie("gonghui_session", sign_in().token)
    logs.configure("INFO")
    services.answers["governance.make_anonymous_suggestion"] = {"number": "2026-000001", "code": "AAAAA-BBBBB"}
    words = {"topic": "welfare", "title": "开放时间", "text": "能否开到九点？"}
    browser.set_cookie("language", "en")
    shown = browser.get("/suggestions/anonymous")
    assert 'lang="en"' in shown.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)
    assert token is not None
    answer = browser.post("/suggestions/anonymous", data={**words, "csrf_token": token[1]})
    assert (shown.status_code, answer.status_code) == (200, 200), answer.text
    assert "AAAAA-BBBBB" in answer.text
    [asked] = [one for one in services.asked if one.operation == "governance.make_anonymous_suggestion"]
    assert asked.context.principal.kind == "anonymous"
    assert asked.context.idempotency_key is None
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line for line in lines if line["event"] == "access"] == []


def test_only_these_operations_are_unlinked() -> None:
    unlinked = {name for name, operation in OPERATIONS.items() if operation.unlinked}
    assert unlinked == {
        "activities.get_survey_keys",
        "activities.hand_in_answers",
        "governance.cast_sealed_vote",
        "governance.hand_in_sheet",
        "governance.get_rating_keys",
        "governance.make_anonymous_suggestion",
        "governance.follow_suggestion",
    }
