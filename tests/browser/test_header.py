"""The menu of who is signed in: by keyboard, by mouse, and without scripts."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_menu_opens_and_closes_by_keyboard(visitor):
    officer = visitor("officer")
    officer.open("/console")
    page = officer.page
    menu = page.locator(".account-menu")
    summary = menu.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="设置与登录").wait_for()
    officer.finds_no_fault()
    page.keyboard.press("Tab")
    assert menu.get_by_role("link", name="我的").evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")
    menu.get_by_role("link", name="我的").wait_for(state="hidden")
    assert summary.evaluate("summary => summary === document.activeElement")


def test_a_press_elsewhere_closes_it(visitor):
    member = visitor("member")
    member.open("/home")
    panel = member.page.locator(".account-panel")
    member.page.locator(".account-menu summary").click()
    panel.wait_for()
    member.page.get_by_role("main").click(position={"x": 5, "y": 5})
    panel.wait_for(state="hidden")


def test_without_scripts_one_signs_out_by_the_menu(visitor):
    somebody = visitor(scripts=False)
    somebody.sign_in("delegate")
    somebody.open("/home")
    somebody.page.locator(".account-menu summary").click()
    with somebody.page.expect_navigation():
        somebody.page.get_by_role("button", name="退出登录").click()
    somebody.page.get_by_role("link", name="登录").first.wait_for()
