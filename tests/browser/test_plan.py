"""A draft of a wrong year is given up, a published plan stays; an item is scheduled from the matrix."""

from __future__ import annotations

import pytest

from services.chassis.clock import today
from tests.support.api import Api


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


@pytest.mark.parametrize("size", ["desktop"])
def test_an_item_is_scheduled_from_the_matrix(visitor, union):
    items = Api(union.url).sign_in("officer").all(f"/governance/plan/{today().year}/items", state="open")
    item = next(one for one in items if one["measure"] == "activity")
    officer = visitor("officer")
    officer.open("/console/plan")
    officer.page.locator(".matrix-open > summary", has_text=item["title"]).first.click()
    panel = officer.page.get_by_role("dialog", name=item["title"])
    panel.wait_for()
    officer.finds_no_fault()
    with officer.page.expect_navigation():
        panel.get_by_role("link", name="安排为活动").click()
    assert officer.page.url.endswith(f"/console/activities/new?plan_item_id={item['id']}")
    assert officer.page.locator("input[name=title]").input_value() == item["title"]
