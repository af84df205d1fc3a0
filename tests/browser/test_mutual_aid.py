"""Mutual aid in the browser: a list is checked and enrolled, a claim goes sealed from the member to the payment."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today
from tests.support.pictures import picture


def test_a_chair_enrols_a_list_that_was_checked_line_by_line(visitor):
    chair = visitor("chair")
    chair.open("/console/mutual-aid")
    chair.page.get_by_role("link", name="下期").first.click()
    chair.page.get_by_role("link", name="登记参保").first.click()
    chair.finds_no_fault()
    listing = chair.unfold("粘贴或上传名单")
    first = chair.page.locator("tbody th").first.inner_text()
    listing.get_by_label("名单", exact=True).fill(f"M999999\n{first}\n")
    chair.press("核对名单", listing)
    chair.must_see("没有认出")
    chair.must_see("可以参保")
    chair.finds_no_fault()
    chair.press("登记 1 人参保")
    chair.must_see("已参保 1 人")
    chair.page.get_by_role("link", name="登记参保").first.click()
    chair.page.get_by_role("button", name="核对全部").click()
    chair.must_see("可以参保")
    chair.page.get_by_role("button", name="人参保").click()
    chair.must_see("已参保")


def test_a_claim_goes_sealed_through_the_unit(visitor):
    member, chair, officer = visitor("member"), visitor("chair"), visitor("officer")
    member.open("/mutual-aid")
    form = member.unfold("提出申领")
    form.get_by_label("出险日期").fill(f"{today() - timedelta(days=3)}")
    form.get_by_label("情况说明（可不填）").fill("手术住院")
    member.press("提出", form)
    member.must_see("申领已提出")
    address = member.page.url.rsplit("/", 1)[1]
    papers = member.unfold("上传材料")
    file = {"name": "出院小结.jpg", "mimeType": "image/jpeg", "buffer": picture(300, 400)}
    papers.get_by_label("文件").set_input_files(file)
    member.press("上传", papers)
    member.must_see("已上传 1 个文件")
    member.finds_no_fault()

    chair.open(f"/console/mutual-aid/claims/{address}")
    chair.must_see("待分工会转交")
    assert "手术住院" not in chair.page.content()
    assert "住院医疗" not in chair.page.content()
    chair.finds_no_fault()
    chair.press("确认转交", chair.unfold("转交校工会"))
    chair.must_see("已转交校工会")

    officer.open(f"/console/mutual-aid/claims/{address}")
    assert "手术住院" not in officer.page.content()
    panel = officer.unfold("查看：情况说明")
    panel.get_by_label("用途").fill("报送承办单位前核对")
    officer.press("查看", panel)
    officer.must_see("手术住院")
    officer.finds_no_fault()
    officer.press("确认报送", officer.unfold("登记报送"))
    paying = officer.unfold("登记赔付")
    paying.get_by_label("赔付金额（元）").fill("1200")
    officer.press("登记", paying)
    officer.must_see("赔付已登记")
    member.open(f"/mutual-aid/claims/{address}")
    member.must_see("¥1,200.00")
