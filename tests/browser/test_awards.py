"""An officer records an award; it is on the member's record until it is revoked."""

from __future__ import annotations


def test_a_commendation_comes_to_the_record_and_goes(visitor):
    officer, member = visitor("officer"), visitor("member")
    title = f"年度贡献奖{officer.size}"
    member.open("/me/record")
    number = member.page.locator("dd").first.inner_text()
    officer.open(f"/console/awards/new?q={number}")
    officer.page.get_by_label("获奖会员", exact=True).select_option(index=1)
    officer.page.get_by_label("荣誉名称").fill(title)
    officer.page.get_by_label("级别").select_option("university")
    officer.page.get_by_label("类别").select_option("service")
    officer.press("登记")
    officer.must_see(title)
    member.waits_to_see(title, "/me/record")
    member.finds_no_fault()
    row = officer.page.locator("tr", has_text=title)
    row.locator("summary").click()
    row.get_by_label("原因").fill("重复登记")
    officer.press("确认撤销", row)
    officer.must_see("荣誉已撤销")
