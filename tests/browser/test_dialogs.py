"""Panels open over the page: nothing moves, the focus goes in and comes back, Escape closes them."""

from __future__ import annotations

import pytest

from tests.browser.visitor import SIZES

FOCUSED = "document.activeElement.textContent.trim()"


@pytest.mark.parametrize("size", list(SIZES))
def test_a_panel_moves_nothing_holds_the_focus_and_gives_it_back(visitor):
    officer = visitor("officer")
    officer.open("/console/members")
    head = officer.page.locator(".page-head")
    before = head.bounding_box()
    summary = head.locator("summary", has_text="导出")
    summary.focus()
    officer.page.keyboard.press("Enter")
    panel = officer.page.get_by_role("dialog", name="导出")
    panel.wait_for()
    assert head.bounding_box() == before
    assert officer.page.evaluate("document.activeElement.name") == "purpose"
    for _ in range(6):
        officer.page.keyboard.press("Tab")
        assert officer.page.evaluate(
            "!document.activeElement.closest('main') || !!document.activeElement.closest('dialog')"
        )
    officer.page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert officer.page.evaluate(FOCUSED) == "导出"


def test_a_click_beside_a_panel_closes_it_unless_something_was_typed(visitor):
    officer = visitor("officer")
    officer.open("/console/members")
    panel = officer.page.get_by_role("dialog", name="导出")
    officer.unfold("导出")
    officer.page.mouse.click(5, 5)
    panel.wait_for(state="hidden")
    officer.unfold("导出")
    panel.get_by_label("用途").fill("核对名册")
    officer.page.mouse.click(5, 5)
    assert panel.get_by_label("用途").input_value() == "核对名册"
    panel.get_by_role("button", name="关闭").click()
    panel.wait_for(state="hidden")


@pytest.mark.parametrize("size", list(SIZES))
def test_a_panel_lies_over_the_page_without_scripts_too(visitor):
    officer = visitor("officer", scripts=False)
    officer.open("/console/members")
    head = officer.page.locator(".page-head")
    before = head.bounding_box()
    officer.unfold("导出")
    assert officer.page.get_by_label("用途").is_visible()
    assert head.bounding_box() == before
    assert not officer.page.get_by_role("button", name="关闭").is_visible()
