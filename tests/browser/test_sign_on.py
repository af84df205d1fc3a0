"""Signing on by an identity provider, a forgotten password, and the places where one is signed in."""

from __future__ import annotations

import pytest

from tests.e2e.test_sign_on import with_new_account
from tests.support.api import Api

PASSWORD = "a-new-phrase-of-mine"


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_somebody_links_a_campus_identity_and_signs_out_there(visitor, union, pictures, size):
    subject = f"campus-{size}"
    union.campus.knows(subject, email="judge@example.edu.cn")
    person = visitor()
    person.open("/sign-in?next=/me/settings")
    person.finds_no_fault(pictures)
    person.page.get_by_role("link", name="统一身份认证").click()
    person.page.wait_for_url(f"{union.campus.oidc}/**")
    person.page.locator("input[name=sub]").fill(subject)
    person.page.locator("button[type=submit], input[type=submit]").first.click()
    person.page.wait_for_url(f"{union.url}/link-identity")
    person.complaints = [text for text in person.complaints if union.campus.oidc not in text]
    person.must_see("还没有绑定工会账号")
    person.finds_no_fault(pictures)
    person.page.get_by_label("用户名").fill("judge")
    person.page.get_by_label("密码").fill("demo-union-2023")
    person.press("绑定")
    person.page.wait_for_url(f"{union.url}/me/settings")
    person.must_see("已绑定，以后可以用它登录")
    person.must_see(subject)
    person.finds_no_fault(pictures)
    with person.page.expect_navigation(url=f"{union.campus.oidc}/**"):
        person.page.evaluate("document.querySelector('form[action=\"/sign-out\"]').submit()")
    person.complaints = [text for text in person.complaints if union.campus.oidc not in text]
    person.open("/signed-out")
    person.must_see("已退出登录")
    person.finds_no_fault(pictures)
    owner = Api(union.url).sign_in("judge")
    (identity,) = owner.get("/me/identities")["items"]
    owner.post(f"/me/identities/{identity['id']}/unlink", {"password": "demo-union-2023"}, status=204)


def test_a_forgotten_password_is_set_with_the_chairs_code(visitor, union, pictures):
    chair = visitor("chair")
    api = Api(union.url).sign_in("chair")
    member_id = with_new_account(api, "forgetful")
    member = next(one for one in api.all("/accounts", state="account") if one["member_id"] == member_id)
    chair.open(f"/console/accounts?state=account&q={member['number']}")
    panel = chair.unfold("重设密码")
    chair.finds_no_fault(pictures)
    with chair.page.expect_navigation():
        panel.get_by_role("button", name="生成一次性码").click()
    chair.must_see("请当面告诉本人")
    chair.finds_no_fault(pictures)
    username, code = (chair.page.locator("dl code").nth(number).inner_text() for number in range(2))
    owner = visitor()
    owner.open("/sign-in")
    owner.page.get_by_role("link", name="忘记密码").click()
    owner.page.wait_for_url(f"{union.url}/forgot-password")

    def fills(given: str) -> None:
        owner.page.get_by_label("用户名").fill(username)
        owner.page.get_by_label("一次性码").fill(given)
        owner.page.locator("input[name=new]").fill(PASSWORD)
        owner.page.get_by_label("再输入一次新密码").fill(PASSWORD)
        owner.press("设置新密码")

    fills("AAAA-AAAA")
    owner.must_see("用户名与一次性码不符")
    owner.forgives(422)
    owner.finds_no_fault(pictures)
    fills(code)
    owner.page.wait_for_url(f"{union.url}/sign-in")
    owner.must_see("新密码已设置")
    owner.sign_in(username, PASSWORD)
    owner.open("/messages")
    owner.must_see("您的密码已用一次性码重新设置")


def test_all_other_devices_are_signed_out(visitor, union):
    here = visitor()
    here._sign_in_by_page("mediator", "demo-union-2023")
    other = Api(union.url).sign_in("mediator")
    here.open("/me/settings")
    here.must_see("最近使用")
    here.must_see("程序")
    here.press("退出其他全部登录")
    here.must_see("已退出其他")
    assert other.send("GET", "/me").status_code == 401
