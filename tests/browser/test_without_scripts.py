"""Everything works in a browser that runs no scripts."""

from __future__ import annotations

import re

import pytest

from tests.browser.visitor import SIZES
from tests.e2e.stories import activity
from tests.support.api import Api


def test_a_member_registers_and_gives_the_seat_back(visitor, union):
    made = Api(union.url).sign_in("officer").post("/activities", activity(title="无脚本也能报名"), status=201)
    member = visitor("handler", scripts=False)
    member.waits_to_see("我要报名", f"/activities/{made['id']}")
    member.press("我要报名")
    member.must_see("报名成功")
    panel = member.unfold("取消报名")
    member.press("确认取消", panel)
    member.must_see("报名已取消")


@pytest.mark.parametrize("size", list(SIZES))
def test_an_officer_reaches_every_menu_entry_and_filters_a_list(visitor):
    officer = visitor("officer", scripts=False)
    officer.open("/console")
    if officer.size == "phone":
        officer.page.locator("summary", has_text=re.compile(r"^\s*菜单\s*$")).click()
    officer.page.locator("nav:visible").get_by_role("link", name="会员", exact=True).last.click()
    officer.page.wait_for_url("**/console/members")
    officer.page.get_by_label("姓名、拼音或会员号").fill("M0000")
    officer.press("查找")
    officer.must_see("M0000")
    officer.page.get_by_role("link", name="下一页").click()
    officer.page.wait_for_load_state()
    officer.must_see("第 2 页")
    officer.page.get_by_role("link", name="上一页").click()
    officer.page.wait_for_load_state()
    assert not officer.sees("第 2 页")


@pytest.mark.parametrize("size", list(SIZES))
def test_somebody_searches_and_subscribes_to_calendars(visitor):
    officer = visitor("officer", scripts=False)
    officer.open("/console")
    box = officer.page.locator("header").get_by_role("searchbox")
    if officer.size == "phone":
        officer.page.locator("header").get_by_role("link", name="搜索").click()
        box = officer.page.get_by_role("searchbox")
    box.fill("乒乓球")
    with officer.page.expect_navigation():
        box.press("Enter")
    officer.must_see("市教育工会乒乓球赛")
    assert officer.page.locator("mark").first.inner_text() == "乒乓球"
    officer.open("/calendar")
    with officer.page.expect_navigation():
        officer.page.get_by_role("link", name="订阅").click()
    officer.press("开通订阅")
    officer.must_see("订阅地址已生成")
    assert officer.page.get_by_label("订阅地址").first.input_value().endswith(".ics")
    panel = officer.unfold("关闭订阅")
    officer.press("确认关闭", panel)
    officer.must_see("订阅已关闭")
