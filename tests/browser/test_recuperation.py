"""A member applies for recuperation, sees how the draw of another round is verified, and withdraws."""

from __future__ import annotations


def test_a_member_applies_and_withdraws(visitor):
    officer, member = visitor("officer"), visitor("member")
    member.open("/recuperation")
    panel = member.unfold("报名")
    panel.get_by_label("第 1 志愿").select_option(index=1)
    panel.get_by_label("随行家属 1").fill("周明")
    member.press("提交报名", panel)
    member.must_see("报名已提交")
    member.must_see("周明")
    member.finds_no_fault()
    officer.open("/console/recuperation")
    officer.finds_no_fault()
    officer.page.get_by_role("link", name="秋季疗休养").first.click()
    officer.must_see("西湖与龙井")
    officer.finds_no_fault()
    member.open("/recuperation")
    leaving = member.unfold("退出")
    member.press("确认退出", leaving)
    member.must_see("已退出。")


def test_the_list_of_a_committed_draw_is_public(visitor):
    member = visitor("member")
    member.open("/recuperation")
    member.page.get_by_role("link", name="抽签公示与核验").first.click()
    member.must_see("密钥哈希值")
    member.must_see("gonghui draw verify")
    member.finds_no_fault()
    with member.page.expect_download() as told:
        member.page.get_by_role("link", name="下载公示文件").click()
    assert told.value.suggested_filename.startswith("draw-")
