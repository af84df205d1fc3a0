"""Registering over HTTP: together in batches, alone with a key, refusals with their rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet
from flask import Flask
from flask.testing import FlaskClient

from services.chassis.errors import DeadlineExceeded
from tests.unit.gateway.conftest import FakeClient, Person

ACTIVITY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f00aa"
PATH = f"/api/v1/activities/{ACTIVITY}/registrations"
SignIn = Callable[..., Person]


def batch_reply(payload: dict[str, Any], refused: tuple[str, ...] = ()) -> dict[str, Any]:
    eventlet.sleep(0.01)
    return {
        "activity_id": payload["activity_id"],
        "seats_taken": 3,
        "seats_left": 0,
        "waiting": 1,
        "outcomes": [outcome(member_id, member_id in refused) for member_id in payload["member_ids"]],
    }


def outcome(member_id: str, is_refused: bool) -> dict[str, Any]:
    said = {"rule": "registration.is_open", "detail": "Registration is closed.", "params": {"closed_at": "now"}}
    good = {"registration_id": member_id, "position": None, "registered_at": "2026-12-01T06:00:00+00:00"}
    if is_refused:
        return {"member_id": member_id, "outcome": "refused", "state": None, **said}
    return {"member_id": member_id, "outcome": "confirmed", "state": "confirmed", **good}


def test_a_hundred_members_at_once_are_a_few_batches(app: Flask, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["activities.register_batch"] = batch_reply
    members = [sign_in() for _ in range(100)]

    def register(member: Person) -> Any:
        return app.test_client().post(PATH, headers=member.headers)

    responses = [thread.wait() for thread in [eventlet.spawn(register, member) for member in members]]
    assert [response.status_code for response in responses] == [201] * 100
    assert [response.get_json()["member_id"] for response in responses] == [str(one.member_id) for one in members]
    batches = [asked for asked in services.asked if asked.operation == "activities.register_batch"]
    assert len(batches) <= 5
    assert all(asked.context.principal.kind == "service" for asked in batches)


def test_a_refusal_names_the_rule_to_the_member_it_concerns(
    http: FlaskClient, sign_in: SignIn, services: FakeClient
) -> None:
    late = sign_in()
    services.answers["activities.register_batch"] = lambda payload: batch_reply(payload, (str(late.member_id),))
    response = http.post(PATH, headers=late.headers)
    assert response.status_code == 409
    problem = response.get_json()
    assert problem["rule"] == "registration.is_open"
    assert problem["detail"] == "Registration is closed."
    assert http.post(PATH, headers=sign_in().headers).status_code == 201


def test_a_request_with_a_key_takes_the_plain_path(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    member = sign_in()
    services.answers["activities.register"] = {
        "registration_id": ACTIVITY, "activity_id": ACTIVITY, "member_id": str(member.member_id),
        "state": "waitlisted", "already": False, "position": 2, "registered_at": "2026-12-01T06:00:00+00:00",
        "seats_taken": 3, "seats_left": 0, "waiting": 2,
    }  # fmt: skip
    response = http.post(PATH, headers={**member.headers, "Idempotency-Key": "key-1"})
    assert response.status_code == 201
    assert [asked.operation for asked in services.asked] == ["activities.register"]
    assert services.asked[0].context.idempotency_key == "key-1"


def test_an_unknown_outcome_is_told_as_such(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["activities.register_batch"] = DeadlineExceeded("activities did not answer in time.")
    response = http.post(PATH, headers=sign_in().headers)
    assert response.status_code == 504
    assert response.get_json()["code"] == "deadline_exceeded"


def test_who_is_no_member_may_not_register(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    assert http.post(PATH, headers=sign_in(member=False).headers).status_code == 403
    assert http.post(PATH).status_code == 401
    assert services.asked == []
