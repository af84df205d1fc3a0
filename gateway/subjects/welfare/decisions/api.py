"""Decisions about members: which rule said yes or no, where it is written, and from what it was decided."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route
from gateway.rpc.calls import call
from gateway.subjects.welfare.decisions.wording import in_words
from services.contracts.welfare.decisions import get_decision


def _explained(payload: dict[str, Any]) -> dict[str, Any]:
    decision = call(get_decision, payload)
    return {**decision, "words": in_words(decision)}


ROUTES = (Route("GET", "/welfare/decisions/<uuid:decision_id>", get_decision, answer=_explained),)
