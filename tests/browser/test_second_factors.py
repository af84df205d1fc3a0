"""A second factor, from setting it up to signing in with it: an app with recovery codes, a passkey of the browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from gateway.app import create_app
from gateway.identity.accounts import create_accounts, with_hashes
from gateway.tables import Base
from services.chassis.database.engine import ChassisBase, Database
from services.chassis.database.transaction import transaction
from services.chassis.process import settings as settings_module
from tests.browser.visitor import Visitor
from tests.e2e.test_sign_on import with_new_account
from tests.support.api import Api
from tests.support.authenticator import code_of
from tests.unit.gateway.conftest import PASSWORD, FakeClient, set_settings

OWN = "a-phrase-soon-forgotten"


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_an_app_is_set_up_and_signing_in_takes_two_steps(visitor, union, pictures, size):
    username = f"careful-{size}"
    with_new_account(Api(union.url).sign_in("officer"), username)
    owner = visitor()
    owner._sign_in_by_page(username, OWN)
    owner.open("/me/settings")
    owner.must_see("设置第二步验证")
    owner.finds_no_fault(pictures)
    owner.page.get_by_role("link", name="设置第二步验证").click()
    owner.page.wait_for_url(f"{union.url}/me/second-factor")
    owner.must_see("未设置")
    owner.press("设置验证器")
    owner.finds_no_fault(pictures)
    secret = owner.page.locator("main code").inner_text().replace(" ", "")
    owner.page.get_by_label("动态码").fill(code_of(secret))
    owner.press("启用")
    owner.must_see("离开本页后无法再查看")
    owner.finds_no_fault(pictures)
    codes = owner.page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    owner.page.get_by_role("link", name="已保存").click()
    owner.page.wait_for_url(f"{union.url}/me/second-factor")
    owner.must_see("还剩 10 个")
    owner.finds_no_fault(pictures)
    again = visitor()
    again.open("/sign-in?next=/me/settings")
    again.page.get_by_label("用户名").fill(username)
    again.page.get_by_label("密码").fill(OWN)
    again.press("登录")
    again.must_see("登录的第二步")
    again.finds_no_fault(pictures)
    again.page.get_by_label("动态码或恢复码").fill("000000")
    again.press("继续")
    again.must_see("手机时间要自动校准")
    again.forgives(422)
    again.page.get_by_label("动态码或恢复码").fill(codes[0].lower())
    again.press("继续")
    again.page.wait_for_url(f"{union.url}/me/settings")
    again.must_see("恢复码")
    again.open("/messages")
    again.must_see("有人用恢复码登录了您的账号")
    officer = visitor("officer")
    officer.open("/console/system/second-factor")
    officer.page.get_by_label("用户名").fill(username)
    officer.page.get_by_label("原因").fill("手机遗失，已当面核对工作证")
    officer.press("确认重置")
    officer.must_see("已重置")
    officer.finds_no_fault(pictures)
    assert Api(union.url).sign_in(username, OWN).get("/me")["username"] == username


@pytest.fixture
def own_gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A gateway at a name, since browsers bind passkeys to no number; with the account of Wang."""
    database = Database(f"sqlite:///{tmp_path}/gateway.sqlite3")
    set_settings(monkeypatch)
    ChassisBase.metadata.create_all(database.engine)
    Base.metadata.create_all(database.engine)
    rows = with_hashes([{"username": "wang", "password": PASSWORD}])
    with transaction(database) as tx:
        create_accounts(tx, rows)
    server = make_server("localhost", 0, create_app(database, FakeClient()), threaded=True)
    address = f"http://localhost:{server.server_port}"
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", address)
    settings_module.reset()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    database.close()
    settings_module.reset()


def with_authenticator(person: Visitor) -> None:
    """Give the browser an authenticator that checks who is there."""
    devtools = person.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_passkey_of_the_browser_signs_in(own_gateway: str, browser: Browser, pictures: Path, size: str) -> None:
    person = Visitor(browser, own_gateway, size)
    with_authenticator(person)
    person._sign_in_by_page("wang", PASSWORD)
    person.open("/me/second-factor")
    person.press("登记通行密钥")
    person.page.get_by_label("名称").fill("我的手机")
    person.finds_no_fault(pictures)
    person.press("登记")
    person.must_see("通行密钥已登记")
    assert person.page.locator(".recovery-codes code").count() == 10
    person.open("/me/second-factor")
    person.must_see("我的手机")
    person.must_see("从未使用")
    person.finds_no_fault(pictures)
    person.page.evaluate("document.querySelector('form[action=\"/sign-out\"]').submit()")
    person.page.wait_for_url(re.compile(r"localhost:\d+/$"))
    person.open("/sign-in?next=/me/second-factor")
    person.finds_no_fault(pictures)
    person.press("使用通行密钥")
    person.page.wait_for_url(f"{own_gateway}/me/second-factor")
    person.must_see("最近使用")
    person.page.evaluate("document.querySelector('form[action=\"/sign-out\"]').submit()")
    person.page.wait_for_url(re.compile(r"localhost:\d+/$"))
    person.open("/sign-in")
    person.page.get_by_label("用户名").fill("wang")
    person.page.get_by_label("密码").fill(PASSWORD)
    person.press("登录")
    person.must_see("通行密钥不在身边时")
    person.finds_no_fault(pictures)
    person.press("用通行密钥验证")
    person.page.wait_for_url(lambda url: "/sign-in" not in url)
    person.leave()
    assert not person.complaints, person.complaints


def test_a_browser_without_passkeys_says_so(own_gateway: str, browser: Browser) -> None:
    person = Visitor(browser, own_gateway, "phone")
    person.page.add_init_script("delete window.PublicKeyCredential")
    person.open("/sign-in")
    person.must_see("这个浏览器不支持通行密钥")
    assert not person.page.get_by_role("button", name="使用通行密钥").is_visible()
    person.leave()
    without = Visitor(browser, own_gateway, "phone", scripts=False)
    without.open("/sign-in")
    without.must_see("使用通行密钥需要打开浏览器的 JavaScript")
    without.leave()
