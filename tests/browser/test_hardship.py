"""Aid from the member's draft to the committee's decision, and a campaign of care from its list to the visit."""

from __future__ import annotations

from tests.support.pictures import PDF


def test_aid_is_applied_for_forwarded_unread_and_decided(visitor):
    member, chair, officer = visitor("member"), visitor("chair"), visitor("officer")
    member.open("/aid")
    member.page.get_by_role("link", name="困难帮扶").first.click()
    member.finds_no_fault()
    member.open("/aid")
    member.page.locator(".items a").first.click()
    member.must_see("待分工会转交")
    member.finds_no_fault()
    member.press("确认撤回", member.unfold("撤回"))
    member.must_see("申请已撤回")
    member.open("/aid")
    member.page.get_by_role("link", name="申请帮扶").click()
    member.page.get_by_label("大病帮扶").check()
    member.page.get_by_label("申请金额（元）").fill("6000")
    member.page.get_by_label("申请理由").fill("住院自费部分较高。")
    member.press("保存草稿")
    member.must_see("草稿已保存")
    member.press("提交申请")
    member.must_see("请先上传至少一份证明材料")
    paper = {"name": "bill.pdf", "mimeType": "application/pdf", "buffer": PDF}
    member.page.get_by_label("文件").set_input_files(paper)
    member.press("上传")
    member.must_see("材料已上传")
    member.press("提交申请")
    member.must_see("申请已提交")
    here = member.page.url.rsplit("/", 1)[1]

    chair.open(f"/console/aid-applications/{here}")
    assert "大病帮扶" not in chair.page.content()
    assert "住院自费" not in chair.page.content()
    chair.finds_no_fault()
    chair.press("转交校工会")
    chair.must_see("已转交校工会")

    officer.open(f"/console/aid-applications/{here}")
    officer.press("受理")
    officer.must_see("已受理")
    reading = officer.unfold("查看理由或意见")
    reading.get_by_label("用途").fill("评审小组开会")
    officer.press("查看", reading)
    officer.must_see("住院自费部分较高。")
    officer.finds_no_fault()
    member.open(f"/aid/{here}")
    member.must_see("评审小组开会")
    member.must_see("评审中")
