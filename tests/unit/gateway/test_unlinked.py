"""A secret vote comes without anything that says who sent it, even where the sender says so."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
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


def test_only_secret_votes_and_anonymous_sheets_are_unlinked() -> None:
    unlinked = {name for name, operation in OPERATIONS.items() if operation.unlinked}
    assert unlinked == {"governance.cast_sealed_vote", "governance.hand_in_sheet", "governance.get_rating_keys"}
