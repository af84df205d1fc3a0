"""Registering over HTTP: together in batches, keys with them, refusals with their rule."""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import Any

import eventlet
from flask import Flask
from flask.testing import FlaskClient

from services.chassis.errors import DeadlineExceeded, InvalidInput
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


def test_keys_travel_with_the_batch_each_with_its_asker(app: Flask, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["activities.register_batch"] = batch_reply
    members = [sign_in() for _ in range(60)]

    def register(number: int) -> Any:
        key = {"Idempotency-Key": f"key-{number}"} if number % 3 else {}
        return app.test_client().post(PATH, headers={**members[number].headers, **key})

    responses = [thread.wait() for thread in [eventlet.spawn(register, number) for number in range(60)]]
    assert [response.status_code for response in responses] == [201] * 60
    assert {asked.operation for asked in services.asked} == {"activities.register_batch"}
    assert len(services.asked) <= 5
    sent = {
        member_id: key
        for asked in services.asked
        for member_id, key in zip(asked.payload["member_ids"], asked.payload.get("keys", repeat(None)))  # noqa: B905
    }
    assert sent == {
        str(member.member_id): {"actor": str(member.account_id), "key": f"key-{number}"} if number % 3 else None
        for number, member in enumerate(members)
    }


def test_without_a_key_the_batch_is_what_an_older_release_reads(
    http: FlaskClient, sign_in: SignIn, services: FakeClient
) -> None:
    services.answers["activities.register_batch"] = batch_reply
    http.post(PATH, headers=sign_in().headers)
    assert services.asked[0].payload.keys() == {"activity_id", "member_ids"}


def test_a_repeated_key_is_answered_as_before(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    member = sign_in()
    before = {"member_id": str(member.member_id), "activity_id": ACTIVITY, "state": "confirmed", "already": False}
    told = {"actor": str(member.account_id), "key": "key-1", "registered": before, "problem": None}
    services.answers["activities.register_batch"] = {
        "activity_id": ACTIVITY, "seats_taken": 9, "seats_left": 0, "waiting": 4, "outcomes": [], "repeated": [told],
    }  # fmt: skip
    response = http.post(PATH, headers={**member.headers, "Idempotency-Key": "key-1"})
    assert (response.status_code, response.get_json()) == (201, before)


def test_a_key_used_for_something_else_is_refused(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    member = sign_in()
    problem = InvalidInput("Used.", code="idempotency_key_reused", rule="idempotency_key_names_one_request")
    told = {"actor": str(member.account_id), "key": "key-1", "registered": None, "problem": problem.to_wire()}
    services.answers["activities.register_batch"] = {
        "activity_id": ACTIVITY, "seats_taken": 9, "seats_left": 0, "waiting": 4, "outcomes": [], "repeated": [told],
    }  # fmt: skip
    response = http.post(PATH, headers={**member.headers, "Idempotency-Key": "key-1"})
    assert response.status_code == 422
    assert response.get_json()["code"] == "idempotency_key_reused"


def test_an_owner_of_an_older_release_is_asked_again_later(
    http: FlaskClient, sign_in: SignIn, services: FakeClient
) -> None:
    services.answers["activities.register_batch"] = InvalidInput(errors={"keys": ["Unknown field."]})
    response = http.post(PATH, headers={**sign_in().headers, "Idempotency-Key": "key-1"})
    assert response.status_code == 503


def test_an_unknown_outcome_is_told_as_such(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["activities.register_batch"] = DeadlineExceeded("activities did not answer in time.")
    response = http.post(PATH, headers=sign_in().headers)
    assert response.status_code == 504
    assert response.get_json()["code"] == "deadline_exceeded"


def test_who_is_no_member_may_not_register(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    assert http.post(PATH, headers=sign_in(member=False).headers).status_code == 403
    assert http.post(PATH).status_code == 401
    assert services.asked == []


def test_what_each_member_chose_goes_with_the_batch(http: FlaskClient, sign_in: SignIn, services: FakeClient) -> None:
    services.answers["activities.register_batch"] = batch_reply
    member = sign_in()

    response = http.post(PATH, headers=member.headers, json={"companions": 1, "options": [3, 1]})
    plain = http.post(PATH, headers=sign_in().headers)

    assert (response.status_code, plain.status_code) == (201, 201)
    first, second = [asked.payload for asked in services.asked if asked.operation == "activities.register_batch"]
    assert first["choices"] == [{"companions": 1, "options": [3, 1]}]
    assert "choices" not in second


def test_a_choice_that_breaks_its_schema_reaches_no_batch(
    http: FlaskClient, sign_in: SignIn, services: FakeClient
) -> None:
    response = http.post(PATH, headers=sign_in().headers, json={"companions": 99})

    assert (response.status_code, list(response.get_json()["errors"])) == (422, ["companions"])
    assert not [asked for asked in services.asked if asked.operation == "activities.register_batch"]
