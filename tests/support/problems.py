"""Checking a problem document that the API answers with."""

from __future__ import annotations

from typing import Any

import requests

ALWAYS_TOLD = {"type", "title", "status", "detail", "instance", "code", "correlation_id"}


def problem(answer: requests.Response, status: int, *, field: str | None = None, rule: str | None = None) -> Any:
    """The problem document of an answer, after making sure that it is one and names what it should."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:1000]}"
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told.keys() >= ALWAYS_TOLD
    assert told["status"] == status
    assert told["correlation_id"] == answer.headers["X-Correlation-Id"]
    assert "Traceback" not in answer.text
    if field is not None:
        assert told["field"] == field or field in told["errors"]
    if rule is not None:
        assert told["rule"] == rule
    return told
