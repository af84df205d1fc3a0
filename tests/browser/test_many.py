"""An officer who acts on many sees how many, by what, and the first of them; another number is asked about again."""

from __future__ import annotations

import pytest

from tests.browser.visitor import SIZES


@pytest.mark.parametrize("size", list(SIZES))
def test_reminding_names_whom_it_reaches_before_it_reaches_them(visitor, pictures):
    officer = visitor("officer")
    officer.open("/console/dues/arrears")
    first = officer.page.locator("table tbody tr").first.locator("th").inner_text()
    head = officer.page.locator(".page-head").bounding_box()
    panel = officer.asks("提醒缴费")
    assert "将提醒" in panel.inner_text()
    assert first in panel.inner_text()
    assert officer.page.locator(".page-head").bounding_box() == head
    assert officer.page.evaluate("!!document.activeElement.closest('dialog')")
    officer.finds_no_fault(pictures)
    officer.page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert officer.page.evaluate("document.activeElement.textContent.trim()") == "提醒缴费"


def test_another_number_than_was_seen_is_asked_about_again(visitor, pictures):
    officer = visitor("officer", scripts=False)
    officer.open("/console/dues/arrears")
    officer.page.get_by_role("link", name="提醒缴费").click()
    officer.page.locator("[name=expected]").evaluate("box => box.value = '9999'")
    officer.press("确认提醒")
    officer.must_see("名单有变化：确认时是 9999 个")
    officer.must_see("将提醒")
    officer.press("确认提醒")
    officer.must_see("提醒缴纳会费")
