"""An organiser says in the form whom an activity is for; a member reads it, and why it is not for them."""

from __future__ import annotations

import pytest

from tests.browser.visitor import SIZES
from tests.e2e.stories import in_days
from tests.support.api import Api


@pytest.mark.parametrize("size", list(SIZES))
def test_an_audience_is_filled_in_counted_read_and_explained(visitor, union, size):
    api = Api(union.url).sign_in("member")
    gender = api.get(f"/membership/members/{api.get('/me')['member_id']}")["gender"]
    other = {"female": "male", "male": "female"}[gender]
    title = f"对象测试 {size}"
    officer = visitor("officer")
    officer.open("/console/activities/new")
    page = officer.page
    page.fill("[name=title]", title)
    page.fill("[name=title_en]", f"For whom {size}")
    page.select_option("[name=kind]", "lecture")
    page.fill("[name=starts_at]", f"{in_days(12)[:10]}T14:00")
    page.fill("[name=ends_at]", f"{in_days(12)[:10]}T16:00")
    page.select_option("[name=sex]", other)
    page.fill("[name=age_from]", "60")
    page.fill("[name=age_to]", "20")
    officer.press("确认安排")
    officer.must_see("年龄上限不能小于下限。")
    officer.forgives(422)
    page.fill("[name=age_from]", "")
    page.fill("[name=age_to]", "90")
    officer.press("看看有多少人")
    officer.must_see("对象共")
    officer.finds_no_fault()
    officer.press("确认安排")
    officer.must_see("活动已安排")
    officer.must_see("90 周岁以下（含）")

    member = visitor("member")
    member.waits_to_see(title, f"/activities?q={title}")
    member.must_see("90 周岁以下（含）")
    member.page.get_by_role("link", name=title).click()
    member.must_see(f"这次活动面向{'女' if other == 'female' else '男'}会员。")
    member.must_see("判断依据")
    member.finds_no_fault()
    member.open("/me/data")
    member.must_see("我的信息用于哪些判断")
    member.must_see(title)
    member.finds_no_fault()
    officer.open("/console/fact-uses")
    officer.must_see("判断是否属于活动对象")
    officer.finds_no_fault()
