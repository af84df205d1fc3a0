"""An officer begins the plan of a wrong year and gives up the draft; a published plan stays."""

from __future__ import annotations

from services.chassis.clock import today


def test_the_draft_of_a_wrong_year_is_given_up(visitor, pictures, size):
    year = today().year + (11 if size == "phone" else 12)
    officer = visitor("officer")
    officer.open(f"/console/plan/new?year={year}")
    officer.page.get_by_label("从哪一年复制").select_option(str(today().year))
    officer.press("建立计划")
    officer.must_see("草稿")
    confirm = officer.unfold("放弃草稿")
    confirm.get_by_label("原因").fill("年份填错了")
    officer.finds_no_fault(pictures)
    officer.press("确认放弃", confirm)
    officer.must_see(f"{year} 年的计划草稿已放弃")
    officer.must_see(f"{year} 年还没有计划")


def test_a_published_plan_can_not_be_given_up(visitor):
    officer = visitor("officer")
    officer.open(f"/console/plan?year={today().year}")
    assert officer.page.get_by_role("main").locator("summary", has_text="放弃草稿").count() == 0
