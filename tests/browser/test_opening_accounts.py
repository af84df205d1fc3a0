"""A chair prints a slip, its member opens the account with it."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.test_founded_walks import codes
from tests.support.api import Api

PASSWORD = "a-long-phrase-of-mine"


def test_a_slip_is_printed_and_opens_the_account(visitor, union, pictures):
    chair = visitor("chair")
    member = next(iter(Api(union.url).sign_in("chair").all("/accounts", state="none")))
    chair.open("/console/accounts?state=none&number=" + member["number"])
    chair.finds_no_fault(pictures)
    with chair.page.expect_download() as download:
        chair.page.get_by_role("row", name=member["number"]).get_by_role("button").first.click()
    ((number, code),) = codes(Path(download.value.path()).read_bytes())
    assert number == member["number"]

    newcomer = visitor()
    newcomer.open(f"/open-account?number={number}")
    newcomer.finds_no_fault(pictures)

    def fills(given: str, again: str = PASSWORD) -> None:
        newcomer.page.get_by_label("开通码").fill(given)
        newcomer.page.get_by_label("用户名").fill(f"slip.{number.lower()}")
        newcomer.page.locator("input[name=password]").fill(PASSWORD)
        newcomer.page.get_by_label("再输入一次密码").fill(again)
        newcomer.press("开通并登录")

    fills(code, again="another-long-phrase")
    newcomer.must_see("两次输入的密码不一样")
    newcomer.forgives(422)
    newcomer.finds_no_fault()
    fills(code)
    newcomer.page.wait_for_url(lambda url: "/open-account" not in url)
    assert "账号已开通" in newcomer.page.content()
    newcomer.finds_no_fault()
