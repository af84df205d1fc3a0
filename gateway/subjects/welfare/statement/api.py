"""Statements over HTTP: one's own, and a member's for a purpose."""

from __future__ import annotations

from functools import partial
from typing import Any

from gateway.http.routes import Route, forward
from gateway.subjects.welfare.statement.wording import why
from services.chassis.schema import Operation
from services.contracts.welfare.looks import my_welfare_looks
from services.contracts.welfare.statement import my_statement, read_statement


def in_words(operation: Operation, payload: dict[str, Any]) -> dict[str, Any]:
    """Return a statement with the reason of each refusal in the reader's language."""
    told = forward(operation, payload)
    return {**told, "lines": [{**line, "words": why(line)} for line in told["lines"]]}


ROUTES = (
    Route("GET", "/me/welfare-looks", my_welfare_looks),
    Route("GET", "/me/statement", my_statement, answer=partial(in_words, my_statement)),
    Route(
        "POST", "/welfare/members/<uuid:member_id>/statement", read_statement, answer=partial(in_words, read_statement)
    ),
)
