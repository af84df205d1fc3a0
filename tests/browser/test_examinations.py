"""A member books, moves and cancels; an officer prepares and opens a campaign, marks who came, and reminds the rest."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today


def test_a_member_books_moves_and_cancels(visitor):
    member = visitor("member")
    member.open("/me/examinations")
    for words, done in (("预约", "已预约。"), ("改约", "已预约。")):
        panel = member.unfold(words)
        slots = panel.get_by_label("医院和时段").locator("option:not([disabled])")
        panel.get_by_label("医院和时段").select_option(index=slots.count() - (1 if words == "预约" else 2))
        member.press("确认预约", panel)
        member.must_see(done)
    member.finds_no_fault()
    leaving = member.unfold("取消预约")
    member.press("确认取消", leaving)
    member.must_see("预约已取消，可以重新预约。")
    member.page.get_by_role("link", name="为什么在名单上").first.click()
    member.must_see("符合")


def test_an_officer_marks_who_came_and_sees_the_coverage(visitor):
    officer = visitor("officer")
    officer.open("/console/examinations")
    officer.page.get_by_role("link", name="教职工体检").first.click()
    officer.must_see("工会只知道谁约了、谁到了")
    officer.finds_no_fault()
    officer.page.locator(".items a").first.click()
    officer.finds_no_fault()
    officer.page.locator("input[name=attended]").first.check()
    officer.press("登记到检")
    officer.must_see("已登记：到检 1 人")
    officer.page.get_by_role("link", name="教职工体检").first.click()
    officer.page.get_by_role("link", name="覆盖率").click()
    officer.must_see("各分工会覆盖率")
    officer.finds_no_fault()


def test_all_without_appointment_are_reminded_by_number(visitor):
    chair = visitor("chair")
    chair.open("/console/examinations")
    chair.page.get_by_role("link", name="教职工体检").first.click()
    chair.page.get_by_role("link", name="未预约", exact=True).first.click()
    chair.finds_no_fault()
    chair.page.get_by_role("link", name="全部提醒").click()
    chair.page.get_by_text("将提醒").first.wait_for()
    chair.must_see("将提醒")
    chair.press("确认提醒")
    chair.must_see("这一轮已经提醒过")


def test_union_funds_are_refused_with_the_document(visitor):
    officer = visitor("officer")
    officer.open("/console/examinations/new")
    officer.page.get_by_label("名称").fill("不能列工会经费的体检")
    officer.page.get_by_label("类别").select_option("general")
    officer.page.get_by_label("经费来源").select_option("union")
    officer.page.get_by_label("预约截止").fill(f"{today() + timedelta(days=30)}")
    officer.press("保存")
    officer.must_see("体检不能列这项经费")
    officer.must_see("总工办发〔2017〕32号")
    officer.forgives(422)
