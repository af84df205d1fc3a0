"""Everything that is wrong with an application is told at once, and the password is asked for again."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from gateway.portal.forms import Form
from gateway.portal.joining_form import ACCOUNT, PERSON
from gateway.subjects.membership.joining import all_at_once
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import REQUIRED
from services.contracts.gateway.identity import SubmitApplicationWithAccount

CONSENTS = [{"purpose": purpose, "version": "1"} for purpose in ("processing", "sensitive")]


def form(**posted: str) -> Form:
    return Form(SubmitApplicationWithAccount, [*PERSON, *ACCOUNT], posted=MultiDict(posted))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the service was asked; it refuses a short telephone number first, then an identity number."""
    calls: list[dict[str, Any]] = []

    def call(_operation: Any, payload: dict[str, Any]) -> dict[str, Any]:
        calls.append(dict(payload))
        wrong = next((name for name in ("phone", "id_number") if payload.get(name) == "wrong"), None)
        if wrong:
            raise InvalidInput(errors={wrong: ["has another form"]})
        return {}

    monkeypatch.setattr(all_at_once, "call", call)
    monkeypatch.setattr(all_at_once, "problems_of_account", lambda name, password: [
        InvalidInput("Taken.", field="username"), InvalidInput(errors={"password": [REQUIRED]})
    ])  # fmt: skip
    return calls


def refused(portal, given: Form, stated: dict[str, Any], **how: bool) -> dict[str, list[str]]:
    with portal.test_request_context("/join"), pytest.raises(InvalidInput) as caught:
        all_at_once.refuse_all_at_once(given, stated, **how)
    return caught.value.params["errors"]


def test_what_is_missing_wrong_not_agreed_to_and_taken_is_told_together(portal, asked):
    given = form(phone="wrong", id_number="wrong", username="x")
    errors = refused(portal, given, {"phone": "wrong", "id_number": "wrong"}, draft=False, opens_account=True)
    assert set(errors) == {
        "phone", "id_number", "name", "password", "username", "consent_processing", "consent_sensitive"
    }  # fmt: skip
    assert errors["phone"] == ["has another form"]
    assert [sorted(one) for one in asked] == [["id_number", "phone"], ["id_number"]]


def test_a_draft_may_lack_anything_but_is_not_wrong(portal, asked):
    assert set(refused(portal, form(phone="wrong"), {"phone": "wrong"}, draft=True, opens_account=False)) == {"phone"}
    with portal.test_request_context("/join"):
        all_at_once.refuse_all_at_once(form(), {}, draft=True, opens_account=False)


def test_nothing_is_refused_when_nothing_is_wrong(portal, asked):
    given = form(name="王小明", id_number="11010119900307002X", phone="13800000000", username="wang", password="x" * 12)
    with portal.test_request_context("/join"):
        all_at_once.refuse_all_at_once(given, {"consents": CONSENTS}, draft=False, opens_account=False)


@pytest.mark.parametrize(("posted", "told"), [({"password": "typed before"}, True), ({"password": ""}, False)])
def test_a_password_that_the_page_does_not_keep_is_asked_for_again(portal, posted, told):
    given = form(**posted)
    with portal.test_request_context("/join"):
        all_at_once.ask_password_again(given)
        assert bool(given["password"].errors) is told
