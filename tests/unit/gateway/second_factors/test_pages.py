"""Second factors in the browser: two steps of signing in, enrolling, recovery codes shown once, after a sign-on."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.browser import WAITING_COOKIE
from gateway.identity.current import COOKIE
from services.chassis.database.engine import Database
from tests.support.authenticator import Authenticator, code_of
from tests.unit.gateway.second_factors.conftest import PUBLIC, Owner, give_post, later
from tests.unit.gateway.signing_in import PASSWORD

OwnerOf = Callable[..., Owner]


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


@pytest.fixture
def browser(app: Flask, owner: Owner) -> FlaskClient:
    """A browser in which Wang may sign in."""
    return app.test_client()


def sends(browser: FlaskClient, page: str, path: str, **fields: str) -> Any:
    """Send a form of a page."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).text)
    assert token is not None, page
    return browser.post(path, data={"csrf_token": token[1], **fields})


def takes_first_step(browser: FlaskClient, **fields: str) -> Any:
    return sends(browser, "/sign-in", "/sign-in", username="wang", password=PASSWORD, **fields)


def passkey_asked(text: str) -> tuple[str, dict[str, Any]]:
    """Return the state and the options of a page's passkey form."""
    options = re.search(r'data-options="([^"]+)"', text)
    state = re.search(r'name="state" value="([^"]+)"', text)
    assert options is not None
    assert state is not None
    return html.unescape(state[1]), json.loads(html.unescape(options[1]))


def test_the_second_step_leads_where_the_first_was_to_lead(browser: FlaskClient, owner: Owner) -> None:
    owner.enrols()
    with later(60):
        first = takes_first_step(browser, next="/me/settings")
        assert first.headers["Location"] == "/sign-in/second-factor?next=/me/settings"
        assert browser.get_cookie(COOKIE) is None
        assert browser.get("/me/settings").headers["Location"].startswith("/sign-in")
        wrong = sends(browser, "/sign-in/second-factor", "/sign-in/second-factor", code="000000", next="/me/settings")
        assert wrong.status_code == 422
        assert "手机时间要自动校准" in wrong.text
        path = "/sign-in/second-factor"
        done = sends(browser, path, path, code=code_of(owner.secret), next="/me/settings")
    assert (done.status_code, done.headers["Location"]) == (303, "/me/settings")
    assert browser.get_cookie(WAITING_COOKIE) is None
    assert "验证器动态码" in browser.get("/me/settings").text


def test_the_second_step_leads_to_no_other_site(browser: FlaskClient, owner: Owner) -> None:
    owner.enrols()
    takes_first_step(browser, next="//elsewhere.example.com")
    path = "/sign-in/second-factor"
    done = sends(browser, path, path, code=owner.codes[0], next="//elsewhere.example.com")
    assert done.headers["Location"] == "/start"


def test_without_a_sign_in_that_waits_one_begins_again(browser: FlaskClient, owner: Owner) -> None:
    owner.enrols()
    assert browser.get("/sign-in/second-factor").headers["Location"] == "/sign-in"
    assert "请重新登录" in browser.get("/sign-in").text
    takes_first_step(browser)
    cancelled = sends(browser, "/sign-in/second-factor", "/sign-in/cancel")
    assert cancelled.headers["Location"] == "/sign-in"
    assert browser.get_cookie(WAITING_COOKIE) is None


def test_an_app_is_set_up_in_the_page_and_recovery_codes_stand_there_once(browser: FlaskClient) -> None:
    takes_first_step(browser)
    assert "设置第二步验证" in browser.get("/me/settings").text
    begun = sends(browser, "/me/second-factor", "/me/second-factor/totp/start")
    assert begun.headers["Location"] == "/me/second-factor/totp"
    page = browser.get("/me/second-factor/totp").text
    secret = "".join(re.findall(r"<code>([A-Z2-7 ]+)</code>", page)).replace(" ", "")
    assert "<svg" in page
    assert sends(browser, "/me/second-factor/totp", "/me/second-factor/totp", code="000000").status_code == 422
    done = sends(browser, "/me/second-factor/totp", "/me/second-factor/totp", code=code_of(secret))
    assert done.status_code == 200
    codes = re.findall(r"<li><code>([A-Z0-9-]+)</code></li>", done.text)
    assert len(codes) == 10
    assert "验证器已启用" in done.text
    after = browser.get("/me/second-factor").text
    assert not any(code in after for code in codes)
    assert browser.get("/me/second-factor/totp").headers["Location"] == "/me/second-factor"
    renewed = sends(browser, "/me/second-factor", "/me/second-factor/recovery-codes", code=codes[0])
    assert len(set(re.findall(r"<li><code>([A-Z0-9-]+)</code></li>", renewed.text)) - set(codes)) == 10
    gone = sends(browser, "/me/second-factor", "/me/second-factor/totp/remove", password=PASSWORD)
    assert gone.status_code == 303
    assert "验证器已移除" in browser.get("/me/second-factor").text


def test_a_passkey_is_registered_and_signs_in_in_the_page(browser: FlaskClient, app: Flask) -> None:
    takes_first_step(browser)
    begun = sends(browser, "/me/second-factor", "/me/second-factor/passkeys/begin")
    state, options = passkey_asked(begun.text)
    key = Authenticator(PUBLIC)
    answer = {"state": state, "credential": key.create(options), "name": "办公电脑"}
    saved = sends(browser, "/me/second-factor", "/me/second-factor/passkeys", **answer)
    assert len(re.findall(r"<li><code>", saved.text)) == 10
    listed = browser.get("/me/second-factor").text
    assert "办公电脑" in listed
    other = app.test_client()
    state, options = passkey_asked(other.get("/sign-in").text)
    answer = {"state": state, "credential": key.get(options)}
    assert sends(other, "/sign-in", "/sign-in/passkey", **answer).headers["Location"] == "/start"
    assert other.get("/me/settings").status_code == 200
    third = app.test_client()
    takes_first_step(third)
    state, options = passkey_asked(third.get("/sign-in/second-factor").text)
    answer = {"state": state, "credential": key.get(options)}
    done = sends(third, "/sign-in/second-factor", "/sign-in/second-factor/passkey", **answer)
    assert done.headers["Location"] == "/start"
    replayed = app.test_client()
    refused = sends(replayed, "/sign-in", "/sign-in/passkey", **answer)
    assert refused.headers["Location"] == "/sign-in"
    assert "超过了 10 分钟，或已经用过" in replayed.get("/sign-in").text


def test_who_must_have_one_is_led_to_enrolling(
    browser: FlaskClient, owner: Owner, database: Database, require: Callable[[str], None]
) -> None:
    takes_first_step(browser)
    require("officer")
    assert browser.get("/me/settings").status_code == 200
    give_post(database, owner.member_id, "officer")
    for page in ("/me/settings", "/console", "/home", "/search"):
        assert browser.get(page).headers["Location"] == "/me/second-factor", page
    assert "您的职务要求登录时有第二步验证" in browser.get("/me/second-factor").text
    assert browser.get("/assets/x/portal.css").status_code == 200
    assert sends(browser, "/me/second-factor", "/sign-out").status_code == 303


def test_an_officer_resets_one_in_the_console(app: Flask, owner: Owner, owner_of: OwnerOf) -> None:
    owner.enrols()
    owner_of("lihua", "officer")
    officer = app.test_client()
    sends(officer, "/sign-in", "/sign-in", username="lihua", password=PASSWORD)
    path = "/console/system/second-factor"
    own = sends(officer, path, path, username="lihua", reason="手机遗失")
    assert (own.status_code, "不能重置自己的" in own.text) == (422, True)
    missing = sends(officer, path, path, username="nobody", reason="手机遗失")
    assert (missing.status_code, "没有这个用户名的账号" in missing.text) == (422, True)
    done = sends(officer, path, path, username="wang", reason="手机遗失，已核对证件")
    assert done.headers["Location"] == path
    assert "已重置" in officer.get(path).text
    assert owner.signs_in().status_code == 201
