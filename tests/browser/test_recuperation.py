"""A member applies for recuperation, sees how the draw of another round is verified, and withdraws."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today


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
    member.page.get_by_role("link", name="查看资格判定").first.click()
    member.must_see("符合")
    officer.open("/console/recuperation")
    officer.finds_no_fault()
    officer.page.get_by_role("link", name="秋季疗休养").first.click()
    officer.must_see("西湖与龙井")
    officer.finds_no_fault()
    member.open("/recuperation")
    leaving = member.unfold("退出")
    member.press("确认退出", leaving)
    member.must_see("已退出。")


def test_an_officer_sets_quotas_of_units_and_sees_why_somebody_may_apply(visitor):
    officer = visitor("officer")
    officer.open("/console/recuperation")
    officer.page.get_by_role("link", name="秋季疗休养").first.click()
    officer.page.get_by_role("link", name="添加团").click()
    officer.page.get_by_label("线路").select_option(index=1)
    officer.page.get_by_label("出发日期").fill(f"{today() + timedelta(days=80)}")
    officer.page.get_by_label("名额", exact=False).first.fill("30")
    officer.page.get_by_text("分工会名额上限").click()
    quota = officer.page.locator("input[name^=quota-]").first
    unit = officer.page.locator(f"label[for={quota.get_attribute('id')}]").inner_text()
    quota.fill("3")
    officer.finds_no_fault()
    officer.press("保存")
    officer.must_see("团已添加")
    officer.page.locator(".items a").last.click()
    officer.must_see(unit)
    officer.must_see("最多 3 人")
    officer.open("/console/recuperation")
    officer.page.get_by_role("link", name="暑期疗休养").first.click()
    officer.page.get_by_role("link", name="资格判定").first.click()
    officer.must_see("符合")


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
