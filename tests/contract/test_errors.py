"""Errors on their way from a service over RPC to the caller: nothing a caller can act on is lost."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from gateway.http import problems
from services.chassis import errors
from services.chassis.errors import InvalidInput, Problem, Refused
from services.chassis.rules.refusal import Refusal
from tests.architecture.source import modules

PARTS = {
    "code": "seat_gone",
    "field": "seat",
    "rule": "registration.seat_left",
    "params": {"legal": ["wait"], "left": 0},
}
CLASSES = sorted(
    {found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, Problem)},
    key=lambda found: found.__name__,
)


def over_the_wire(problem):
    """The error as the other side of an RPC raises it."""
    return Problem.from_wire(json.loads(json.dumps(problem.to_wire(), ensure_ascii=False)))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_error_class_survives_the_wire(kind):
    sent = kind("没有名额了。", **PARTS)
    received = over_the_wire(sent)

    assert type(received) is kind
    assert received.status == kind.status
    assert str(received) == received.detail == "没有名额了。"
    assert {name: getattr(received, name) for name in PARTS} == PARTS


def test_the_fields_at_fault_survive_the_wire():
    received = over_the_wire(InvalidInput(errors={"phone": ["Not a phone number."], "name": ["Too long."]}))

    assert received.field == "phone"
    assert received.errors == {"phone": ["Not a phone number."], "name": ["Too long."]}


def test_a_refusal_survives_the_wire():
    received = over_the_wire(Refused.by(Refusal("fund.cap", "More than the rule allows.", "amount", {"cap": "500.00"})))

    assert (received.rule, received.field, received.params) == ("fund.cap", "amount", {"cap": "500.00"})


def test_an_error_class_of_a_newer_service_is_still_an_error():
    wire = {**Problem("新的错误", **PARTS).to_wire(), "class": "NotInventedYet"}

    assert (type(Problem.from_wire(wire)), Problem.from_wire(wire).rule) == (Problem, PARTS["rule"])


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_error_class_becomes_a_problem_document_of_its_own_status(kind):
    with Flask("gateway").test_request_context("/api/v1/activities"):
        document = problems.document_of(over_the_wire(kind("没有名额了。", **PARTS)))

    assert document["status"] == kind.status
    assert problems.ProblemDocument().validate(document) == {}
    assert {name: document[name] for name in ("code", "field", "rule")} == {
        name: PARTS[name] for name in ("code", "field", "rule")
    }
    assert document["legal"] == ["wait"]
    assert document["params"] == {"left": 0}


def test_errors_are_defined_where_both_ends_know_them():
    """A class only one service knows would arrive as something else."""

    bases = {kind.__name__ for kind in CLASSES}
    elsewhere = [
        f"{module.place}: class {node.name}"
        for module in modules()
        if module.name.startswith("services.") and module.name != "services.chassis.errors"
        for node in module.tree.body
        if getattr(node, "bases", None) and bases & {getattr(b, "id", getattr(b, "attr", "")) for b in node.bases}
    ]

    assert elsewhere == []
