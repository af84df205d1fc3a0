"""The filters of a list saved under a name: one click away, renamed, deleted; also without scripts."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_filters_are_saved_used_renamed_and_deleted(visitor, scripts):
    officer = visitor("officer", scripts=scripts)
    name, later = f"劳务派遣{officer.size}{scripts:d}", f"派遣会员{officer.size}{scripts:d}"
    officer.open("/console/members?employment=dispatched&sort=number")
    panel = officer.unfold("保存当前条件")
    panel.get_by_label("名称").fill(name)
    officer.press("保存", panel)
    officer.must_see("常用筛选已保存")
    officer.open("/console/members")
    officer.page.get_by_role("link", name=name, exact=True).click()
    officer.page.wait_for_url("**/console/members?employment=dispatched&sort=number")
    assert officer.page.get_by_role("link", name=name, exact=True).get_attribute("aria-current") == "true"
    if scripts:
        officer.finds_no_fault()
    row = officer.unfold("管理常用筛选").locator("li", has_text=name)
    row.get_by_label("名称").fill(later)
    with officer.page.expect_navigation():
        row.get_by_role("button", name="改名").click()
    officer.must_see("常用筛选已改名")
    row = officer.unfold("管理常用筛选").locator("li", has_text=later)
    with officer.page.expect_navigation():
        row.get_by_role("button", name="删除").click()
    officer.must_see("常用筛选已删除")
    assert officer.page.get_by_role("link", name=later, exact=True).count() == 0


def test_the_demo_officer_begins_with_a_saved_filter(visitor):
    officer = visitor("officer")
    officer.open("/console/members")
    officer.page.get_by_role("link", name="合同制在册会员", exact=True).click()
    officer.page.wait_for_url("**/console/members?standing=active&employment=contract")
