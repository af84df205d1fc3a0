"""An officer announces something with a preview; a member is told, reads it, chooses how; the officer takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import MEMBERS
from tests.browser.visitor import Visitor
from tests.support.mail_server import MailServer
from tests.support.stack import Stack, embedded_stack


@pytest.fixture
def union_with_mail(tmp_path_factory: pytest.TempPathFactory, loaded: Path) -> Iterator[Stack]:
    """A union that sends its notices by e-mail too."""
    server = MailServer(tmp_path_factory.mktemp("mail"))
    try:
        with embedded_stack(tmp_path_factory.mktemp("mailing"), MEMBERS, loaded, mail_url=server.url) as stack:
            yield stack
    finally:
        server.stop()


def test_an_announcement_is_written_read_and_taken_back(visitor, pictures):
    officer, member = visitor("officer"), visitor("member")
    title = f"校园歌会通知{officer.size}"
    officer.open("/console/announcements/new")
    officer.page.locator("[name=title]").fill(title)
    officer.page.locator("[name=text]").fill("周五下午三点，大礼堂。\n欢迎家属参加。")
    officer.press("预览")
    officer.must_see("将通知")
    officer.finds_no_fault(pictures)
    officer.press("发送")
    officer.must_see(title)
    officer.waits_to_see("已发送", officer.page.url.removeprefix(officer.url))
    member.waits_to_see(title, "/messages")
    member.finds_no_fault(pictures)
    bell = member.page.locator("header .site-tools .count")
    assert bell.inner_text().startswith(tuple("123456789"))
    unread = member.page.locator("tr", has_text=title)
    unread.get_by_role("link", name="公告").click()
    member.must_see("欢迎家属参加。")
    member.finds_no_fault(pictures)
    member.open("/messages")
    assert "已读" in member.page.locator("tr", has_text=title).inner_text()
    member.press("全部标为已读")
    member.must_see("标为已读")
    assert bell.count() == 0 or not bell.is_visible()
    officer.unfold("收回")
    officer.press("收回", officer.page.locator("details[open]"))
    officer.must_see("公告已收回")
    member.open("/messages")
    member.page.locator("tr", has_text=title).get_by_role("link", name="公告").click()
    member.must_see("工会收回了这条公告。")


def test_a_member_chooses_when_and_of_what_to_be_told_by_mail(
    union_with_mail: Stack, browser: Browser, size: str, pictures: Path
):
    member = Visitor(browser, union_with_mail.url, size).sign_in("member")
    member.open("/me/notices")
    member.page.get_by_label("免打扰从").fill("22:00")
    member.press("保存")
    member.must_see("免打扰时间要同时填写开始和结束。")
    member.forgives(422)
    member.page.get_by_label("免打扰到").fill("07:00")
    member.page.get_by_label("请缴纳会费").uncheck()
    member.press("保存")
    member.must_see("通知设置已保存。")
    assert not member.page.get_by_label("请缴纳会费").is_checked()
    assert member.page.get_by_label("免打扰到").input_value() == "07:00"
    member.finds_no_fault(pictures)
    member.leave()


def test_without_a_mail_server_there_is_nothing_to_choose_and_an_officer_stops_a_kind(visitor, pictures):
    member, officer = visitor("member"), visitor("officer")
    member.open("/me/notices")
    member.must_see("工会还没有开通邮件通知。")
    assert member.page.get_by_role("main").locator("form").count() == 0
    member.finds_no_fault(pictures)
    officer.open("/console/notices/deliveries")
    officer.must_see("收件地址被拒收")
    officer.finds_no_fault(pictures)
    officer.open("/console/notices/stops")
    panel = officer.unfold("停发")
    panel.get_by_label("类型").select_option("dues_reminded")
    panel.get_by_label("原因").fill("先核对欠缴名单")
    officer.press("停发", panel)
    officer.must_see("已停发。")
    officer.finds_no_fault(pictures)
    officer.press("恢复发送")
    officer.must_see("已恢复发送。")
    officer.open("/console/notices/robots")
    panel = officer.unfold("登记群机器人")
    panel.get_by_label("名称").fill("校工会群")
    panel.get_by_label("平台").select_option("wecom")
    panel.get_by_label("地址").fill("https://example.com/robot")
    officer.press("登记", panel)
    officer.must_see("请填写企业微信或钉钉给出的群机器人地址")
    officer.forgives(422)
    officer.finds_no_fault(pictures)
