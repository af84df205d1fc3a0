"""Who is told that to-dos changed: those whose list an event makes longer, and those whose list it makes shorter."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from flask import Flask

from services.contracts.membership.joining.operations import ApplicationReviewed, ApplicationSubmitted
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import UNIT, Person
from tests.unit.gateway.live_reader import Reader, empty_hub

__all__ = ["empty_hub"]


def test_a_chair_is_told_when_a_todo_opens_and_when_it_is_done(
    app: Flask, gateway: GatewayHarness, sign_in: Callable[..., Person]
) -> None:
    reader = Reader(app.test_client(), sign_in("chair"))
    application = uuid4()
    gateway.hear(ApplicationSubmitted, 1, application_id=application, unit_id=UNIT)
    assert _count(reader) == 1
    gateway.hear(ApplicationReviewed, 2, application_id=application, unit_id=UNIT)
    assert _count(reader) == 0


def _count(reader: Reader) -> int:
    while True:
        topic, data, _ = reader.next()
        if topic == "todos":
            return int(data["count"])
