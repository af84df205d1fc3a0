"""A campaign of care: a list that has nobody twice, a visitor, what was given."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today


def test_a_campaign_is_prepared_begun_and_worked_off(visitor):
    officer = visitor("officer")
    officer.open("/console/care-campaigns/new")
    officer.page.get_by_label("送清凉").check()
    officer.page.get_by_label("名称").fill("浏览器测试送清凉")
    officer.page.get_by_label("结束日期").fill(f"{today() + timedelta(days=20)}")
    officer.page.get_by_label("每人标准（元）").fill("80")
    officer.finds_no_fault()
    officer.press("保存")
    officer.must_see("活动已建立")
    _load_registry(officer)
    officer.must_see("新加入")
    officer.finds_no_fault()
    officer.page.locator("input[name=confirmed] ~ .form-foot button").click()
    officer.must_see("已加入")
    _load_registry(officer)
    officer.must_see("人重复，不会再加入")
    officer.finds_no_fault()
    officer.page.get_by_role("link", name="浏览器测试送清凉").first.click()
    finding = officer.unfold("指派慰问人")
    finding.get_by_label("按姓名、拼音或会员号查找").fill("M")
    officer.press("查找", finding)
    officer.page.locator("form:has(#visitor) button.btn-primary").click()
    officer.must_see("已指派")
    officer.press("开始", officer.unfold("开始活动"))
    officer.must_see("活动已开始")
    officer.finds_no_fault()
    officer.page.locator("table tbody a").first.click()
    recording = officer.unfold("登记慰问")
    recording.get_by_label("签收人").fill("本人")
    officer.press("登记", recording)
    officer.must_see("慰问已登记")
    officer.finds_no_fault()
    officer.open("/console/care-campaigns")
    officer.must_see("浏览器测试送清凉")


def _load_registry(officer):
    officer.page.get_by_role("link", name="加入名单").click()
    officer.page.locator("input[value=registry] ~ .form-foot button").click()
