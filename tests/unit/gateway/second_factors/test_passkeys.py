"""Passkeys: registered, signing in alone and as the second step; what is foreign, replayed or removed is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from gateway.identity.factors.tables import Passkey
from gateway.identity.tables import Account
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.process import settings as settings_module
from tests.support.authenticator import Authenticator, code_of
from tests.unit.gateway.second_factors.conftest import PUBLIC, Owner, later
from tests.unit.gateway.signing_in import PASSWORD

OwnerOf = Callable[..., Owner]


def begun(owner: Owner, path: str = "/sessions/passkey/options", **body: Any) -> tuple[str, dict[str, Any]]:
    reply = owner.sends("POST", path, **body)
    assert reply.status_code == 200, reply.text
    return reply.get_json()["state"], reply.get_json()["options"]


def registered(owner: Owner, key: Authenticator, name: str = "我的手机") -> Any:
    state, options = begun(owner, "/me/second-factor/passkeys/options")
    body = {"state": state, "credential": key.create(options), "name": name}
    return owner.sends("POST", "/me/second-factor/passkeys", **body)


def signed_in(owner: Owner, key: Authenticator, attempt: str | None = None) -> Any:
    state, options = begun(owner, **({"attempt": attempt} if attempt else {}))
    return answered(owner, state, key.get(options), attempt)


def answered(owner: Owner, state: str, credential: str, attempt: str | None = None) -> Any:
    body = {"state": state, "credential": credential, **({"attempt": attempt} if attempt else {})}
    return owner.http.post("/api/v1/sessions/passkey", json=body)


@pytest.fixture
def key(owner: Owner) -> Authenticator:
    """A passkey of Wang."""
    made = Authenticator(PUBLIC)
    assert registered(owner, made).status_code == 201
    return made


def test_a_passkey_signs_in_without_a_user_name(owner: Owner) -> None:
    key = Authenticator(PUBLIC)
    state, options = begun(owner, "/me/second-factor/passkeys/options")
    assert (options["rp"]["id"], options["user"]["name"]) == ("union.example.edu.cn", "wang")
    required = options["authenticatorSelection"]
    assert (required["residentKey"], required["userVerification"]) == ("required", "required")
    body = {"state": state, "credential": key.create(options), "name": "我的手机"}
    made = owner.sends("POST", "/me/second-factor/passkeys", **body)
    assert made.status_code == 201, made.text
    assert (made.get_json()["name"], len(made.get_json()["recovery_codes"])) == ("我的手机", 10)
    reply = signed_in(owner, key)
    assert reply.status_code == 201, reply.text
    owner.token = reply.get_json()["token"]
    session = owner.sends("GET", "/me/sessions").get_json()["items"][0]
    assert (session["second_factor"], session["provider"]) == ("passkey", None)
    (listed,) = owner.sends("GET", "/me/second-factor").get_json()["passkeys"]
    assert listed["last_used_at"]


def test_the_name_is_stored_encrypted(owner: Owner, key: Authenticator, database: Database) -> None:
    with database.engine.connect() as connection:
        assert "手机" not in connection.execute(sa.text("SELECT name FROM passkey")).scalar_one()


def test_it_is_a_second_step_too(owner: Owner, key: Authenticator) -> None:
    told = owner.signs_in().get_json()
    assert (told["rule"], told["params"]["methods"]) == ("second_factor.is_given", ["passkey", "recovery"])
    attempt = told["params"]["attempt"]
    assert signed_in(owner, key, attempt).status_code == 201
    assert signed_in(owner, key, attempt).get_json()["rule"] == "second_factor.is_under_way"


def test_the_second_step_takes_only_passkeys_of_its_account(
    owner: Owner, key: Authenticator, owner_of: OwnerOf
) -> None:
    other, theirs = owner_of("zhao"), Authenticator(PUBLIC)
    assert registered(other, theirs).status_code == 201
    refused = signed_in(owner, theirs, owner.first_step())
    assert (refused.status_code, refused.get_json()["rule"]) == (401, "passkey.fits")


def test_options_for_one_thing_are_not_taken_for_another(owner: Owner, key: Authenticator) -> None:
    state, options = begun(owner)
    refused = answered(owner, state, key.get(options), owner.first_step())
    assert (refused.status_code, refused.get_json()["rule"]) == (409, "passkey.is_in_time")
    attempt = owner.first_step()
    state, options = begun(owner, attempt=attempt)
    assert answered(owner, state, key.get(options)).get_json()["rule"] == "passkey.is_in_time"


def test_an_answer_is_good_once_and_for_ten_minutes(owner: Owner, key: Authenticator) -> None:
    state, options = begun(owner)
    answer = key.get(options)
    assert answered(owner, state, answer).status_code == 201
    for again in (answer, key.get(options)):
        replayed = answered(owner, state, again)
        assert (replayed.status_code, replayed.get_json()["rule"]) in (
            (401, "passkey.fits"),
            (409, "passkey.is_in_time"),
        )
    state, options = begun(owner)
    answer = key.get(options)
    with later(601):
        assert answered(owner, state, answer).get_json()["rule"] == "passkey.is_in_time"


def test_a_counter_that_does_not_rise_is_refused(owner: Owner, key: Authenticator) -> None:
    assert signed_in(owner, key).status_code == 201
    key.uses = 0
    assert signed_in(owner, key).get_json()["rule"] == "passkey.fits"
    key.uses = 5
    assert signed_in(owner, key).status_code == 201


def test_an_authenticator_without_counter_is_taken_and_a_challenge_still_once(owner: Owner) -> None:
    key = Authenticator(PUBLIC, counts=False)
    assert registered(owner, key).status_code == 201
    state, options = begun(owner)
    answer = key.get(options)
    assert answered(owner, state, answer).status_code == 201
    assert answered(owner, state, answer).get_json()["rule"] == "passkey.is_in_time"


@pytest.mark.parametrize(
    "strange",
    [{"origin": "https://phishing.example.com"}, {"origin": PUBLIC + ":8443"}, {"verifies": False}, {"handle": "AAAA"}],
    ids=str,
)
def test_what_another_site_got_or_nobody_verified_is_refused(
    owner: Owner, key: Authenticator, strange: dict[str, Any]
) -> None:
    for name, value in strange.items():
        setattr(key, name, value)
    refused = signed_in(owner, key)
    assert (refused.status_code, refused.get_json()["rule"]) == (401, "passkey.fits")


def test_a_signature_of_another_key_is_refused(owner: Owner, key: Authenticator) -> None:
    key.key = Authenticator(PUBLIC).key
    assert signed_in(owner, key).get_json()["rule"] == "passkey.fits"


@pytest.mark.parametrize("strange", [{"origin": "https://phishing.example.com"}, {"verifies": False}], ids=str)
def test_such_a_passkey_is_not_registered(owner: Owner, strange: dict[str, Any]) -> None:
    refused = registered(owner, Authenticator(**{"origin": PUBLIC, **strange}))
    assert (refused.status_code, refused.get_json()["rule"]) == (422, "passkey.fits")
    assert owner.sends("GET", "/me/second-factor").get_json()["since"] is None


@pytest.mark.parametrize("made_up", ["{}", "[]", "no JSON", "[" * 19_000, '{"id": 1}', '{"id": "x", "response": []}'])
def test_nonsense_is_refused(owner: Owner, key: Authenticator, made_up: str) -> None:
    state, _ = begun(owner)
    assert answered(owner, state, made_up).status_code in (401, 422)
    assert answered(owner, "made up", made_up).get_json()["rule"] == "passkey.is_in_time"
    state, _ = begun(owner, "/me/second-factor/passkeys/options")
    body = {"state": state, "credential": made_up, "name": "x"}
    assert owner.sends("POST", "/me/second-factor/passkeys", **body).get_json()["rule"] == "passkey.fits"


def test_options_belong_to_who_asked(owner: Owner, owner_of: OwnerOf) -> None:
    other = owner_of("zhao")
    state, options = begun(owner, "/me/second-factor/passkeys/options")
    body = {"state": state, "credential": Authenticator(PUBLIC).create(options), "name": "x"}
    assert other.sends("POST", "/me/second-factor/passkeys", **body).get_json()["rule"] == "passkey.is_in_time"


def test_one_is_renamed_and_removed_and_then_opens_nothing(owner: Owner, key: Authenticator, owner_of: OwnerOf) -> None:
    (listed,) = owner.sends("GET", "/me/second-factor").get_json()["passkeys"]
    path, other = f"/me/second-factor/passkeys/{listed['id']}", owner_of("zhao")
    assert other.sends("PUT", path, name="mine").status_code == 404
    assert other.sends("POST", f"{path}/remove", password=PASSWORD).status_code == 404
    assert owner.sends("PUT", path, name="旧手机").status_code == 204
    assert owner.sends("POST", f"{path}/remove").status_code == 422
    state, options = begun(owner)
    answer = key.get(options)
    assert owner.sends("POST", f"{path}/remove", password=PASSWORD).status_code == 204
    assert answered(owner, state, answer).get_json()["rule"] == "passkey.fits"
    assert owner.signs_in().status_code == 201


def test_the_app_stays_when_the_passkey_goes(owner: Owner, key: Authenticator) -> None:
    made = owner.sends("POST", "/me/second-factor/totp").get_json()
    with later(60):
        confirmed = owner.sends("POST", "/me/second-factor/totp/confirm", code=code_of(made["secret"]))
        assert confirmed.get_json()["recovery_codes"] == []
    (listed,) = owner.sends("GET", "/me/second-factor").get_json()["passkeys"]
    removed = owner.sends("POST", f"/me/second-factor/passkeys/{listed['id']}/remove", password=PASSWORD)
    assert removed.status_code == 204
    state = owner.sends("GET", "/me/second-factor").get_json()
    assert state["since"]
    assert state["recovery_codes"] == 10


def test_a_closed_account_is_not_opened(owner: Owner, key: Authenticator, database: Database) -> None:
    state, options = begun(owner)
    with transaction(database) as tx:
        tx.session.execute(sa.update(Account).values(disabled_at=tx.now))
    assert answered(owner, state, key.get(options)).get_json()["rule"] == "passkey.fits"
    with database.session() as session:
        assert session.scalar(sa.select(Passkey.last_used_at)) is None


def test_an_account_has_ten_at_most(owner: Owner, database: Database) -> None:
    for number in range(10):
        assert registered(owner, Authenticator(PUBLIC), f"key {number}").status_code == 201
    refused = owner.sends("POST", "/me/second-factor/passkeys/options", password=PASSWORD)
    assert (refused.status_code, refused.get_json()["rule"]) == (409, "passkey.is_one_of_few")


@pytest.mark.parametrize(
    ("address", "offered"),
    [("", False), ("http://127.0.0.1:8000", False), ("http://union.example.edu.cn", False), ("https://10.0.0.1", False),
     ("http://localhost:8000", True), ("https://union.example.edu.cn:8443", True)],
)  # fmt: skip
def test_they_need_a_name_and_https(owner: Owner, address: str, offered: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", address)
    settings_module.reset()
    reply = owner.http.post("/api/v1/sessions/passkey/options", json={})
    assert (reply.status_code, reply.get_json().get("rule")) == (
        (200, None) if offered else (409, "passkey.is_offered")
    )
