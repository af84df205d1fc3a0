"""An officer lets another system read, renews its secret, and ends its access; operators see it and may end it."""

from __future__ import annotations

import requests

from tests.support.waiting import ANSWER


def opens(union, username: str, secret: str) -> int:
    """The status of signing in with a secret."""
    body = {"username": username, "password": secret}
    return requests.post(f"{union.url}/api/v1/sessions", json=body, timeout=ANSWER).status_code


def shown_secret(visitor) -> str:
    return visitor.page.locator("dd code").nth(1).inner_text()


def test_a_system_is_let_in_given_a_new_secret_and_shut_out(visitor, union, pictures, size):
    name = f"library-{size}"
    officer, ops = visitor("officer"), visitor("ops")
    officer.open("/console/system/programs")
    with officer.page.expect_navigation():
        officer.page.get_by_role("link", name="新建系统账号").click()
    officer.page.get_by_label("账号名").fill(name)
    officer.press("建立账号")
    assert officer.page.locator(".wrong").count() >= 1
    officer.complaints.clear()
    officer.page.get_by_label("分工会", exact=False).first.check()
    officer.finds_no_fault(pictures)
    officer.press("建立账号")
    officer.must_see("离开本页后无法再查看")
    officer.finds_no_fault(pictures)
    first = shown_secret(officer)
    assert opens(union, name, first) == 201
    with officer.page.expect_navigation():
        officer.page.get_by_role("link", name="已保存密钥").click()
    assert first not in officer.page.content()
    officer.must_see("建立账号")

    renewing = officer.unfold("换发密钥")
    renewing.get_by_label("密钥有效天数").fill("30")
    officer.press("确认换发", renewing)
    second = shown_secret(officer)
    assert (opens(union, name, first), opens(union, name, second)) == (401, 201)

    ops.open("/console/system/programs")
    ops.must_see(name)
    ops.finds_no_fault(pictures)
    with ops.page.expect_navigation():
        ops.page.get_by_role("link", name=name).click()
    assert ops.page.locator("summary", has_text="换发密钥").count() == 0
    ending = ops.unfold("停用")
    ops.finds_no_fault(pictures)
    ops.press("确认停用", ending)
    ops.must_see("账号已停用")
    ops.must_see("换发密钥")
    ops.must_see("ops")
    ops.finds_no_fault(pictures)
    assert opens(union, name, second) == 401


def test_it_stands_in_the_menu_of_those_who_may_and_others_are_refused(visitor):
    ops, chair = visitor("ops"), visitor("chair")
    ops.open("/console/system/events")
    assert ops.page.locator("a[href='/console/system/programs']").count() >= 1
    chair.open("/console/system/programs", status=403)
