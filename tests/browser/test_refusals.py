"""Pages for refusals: missing rights, pages that don't exist, and the redirect to the sign-in page."""

from __future__ import annotations

from tests.support.stack import PASSWORD


def test_a_page_that_is_not_there(visitor):
    nobody = visitor()
    nobody.open("/no-such-page", status=404)
    nobody.must_see("找不到页面")
    nobody.finds_no_fault()


def test_a_member_does_not_reach_the_console(visitor):
    member = visitor("member")
    for path in ("/console", "/console/members", "/console/funds"):
        member.open(path, status=403)
        member.must_see("没有权限")
    member.finds_no_fault()


def test_a_chair_does_not_reach_the_funds(visitor):
    chair = visitor("chair")
    chair.open("/console/funds", status=403)
    chair.must_see("没有权限")


def test_whoever_is_not_signed_in_comes_back_to_the_page_he_asked_for(visitor):
    nobody = visitor()
    nobody.open("/me/benefits")
    nobody.page.get_by_label("用户名").fill("member")
    nobody.page.get_by_label("密码").fill(PASSWORD)
    nobody.press("登录")
    assert nobody.page.url.endswith("/me/benefits")


def test_a_wrong_password_is_told_without_saying_which(visitor):
    nobody = visitor()
    nobody.open("/sign-in")
    nobody.page.get_by_label("用户名").fill("somebody-unknown")
    nobody.page.get_by_label("密码").fill("wrong-password")
    nobody.press("登录")
    nobody.must_see("用户名或密码不正确")
    nobody.forgives(422)
    nobody.finds_no_fault()


def test_nobody_is_sent_to_another_site(visitor, union):
    nobody = visitor()
    nobody.open("/sign-in?next=https://example.org/")
    nobody.page.get_by_label("用户名").fill("member")
    nobody.page.get_by_label("密码").fill(PASSWORD)
    nobody.press("登录")
    assert nobody.page.url.startswith(union.url)


def test_a_form_whose_token_is_gone_is_refused_with_a_page(visitor):
    member = visitor("member")
    member.open("/me/settings")
    member.page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach((field) => field.value = 'stale')")
    member.page.get_by_role("main").get_by_role("button", name="English").first.click()
    member.page.get_by_text("填写的内容还在").wait_for()
    member.forgives(400)
    member.finds_no_fault()
    member.press("再次提交")
    member.page.get_by_role("button", name="中文").first.wait_for()


def test_what_was_typed_survives_a_sign_in_that_ran_out(visitor, size):
    member = visitor("member")
    member.open("/life-events/new")
    member.page.get_by_label("事由").select_option("hospitalisation")
    member.page.get_by_label("发生日期").fill("2026-01-02" if size == "phone" else "2026-02-03")
    member.page.get_by_label("说明").fill("住院第三天")
    member.context.clear_cookies(name="gonghui_session")
    member.press("提交申请")
    member.must_see("还没有提交")
    member.forgives(401)
    member.finds_no_fault()
    with member.context.expect_page() as opened:
        member.page.get_by_role("link", name="在新窗口登录").click()
    opened.value.get_by_label("用户名").fill("member")
    opened.value.get_by_label("密码").fill(PASSWORD)
    opened.value.get_by_role("main").get_by_role("button", name="登录").click()
    opened.value.wait_for_url(lambda url: "/sign-in" not in url)
    member.press("再次提交")
    if member.sees("还没有提交"):
        member.press("再次提交")
    member.forgives(400)
    assert member.page.url.endswith("/life-events")
    member.must_see("生病住院")
