"""A member asks for something, an officer handles it to its outcome; a type is set up; counselling is booked."""

from __future__ import annotations


def test_a_request_is_made_handled_and_its_outcome_read(visitor):
    member, officer = visitor("member"), visitor("officer")
    member.open("/me/requests")
    row = member.page.locator("#types li").filter(has_text="住房租赁证明")
    row.get_by_role("link", name="提出").click()
    member.page.get_by_label("诉求内容").fill("申请租房补贴，需要在职和住房情况证明。")
    member.press("提交")
    member.must_see("请等待受理")
    path = member.page.url.partition("/requests/")[2]
    member.finds_no_fault()

    officer.open("/console/requests?sort=-submitted_at")
    officer.finds_no_fault()
    officer.open(f"/requests/{path}")
    assert "申请租房补贴" not in officer.page.inner_text("main")
    panel = officer.unfold("查看内容")
    panel.get_by_label("用途").fill("开具证明前核对")
    officer.press("查看", panel)
    officer.must_see("申请租房补贴，需要在职和住房情况证明。")
    officer.finds_no_fault()
    officer.open(f"/requests/{path}")
    panel = officer.unfold("受理")
    panel.get_by_label("办理情况").fill("已收到。")
    officer.press("受理", panel)
    officer.must_see("已受理")
    panel = officer.unfold("办结")
    panel.get_by_label("办理结果").fill("证明已开具，请到校工会领取。")
    officer.press("办结", panel)
    officer.must_see("已办结。")
    officer.finds_no_fault()

    member.open(f"/requests/{path}")
    member.must_see("证明已开具，请到校工会领取。")
    member.must_see("开具证明前核对")
    member.open("/me/welfare-looks")
    member.must_see("开具证明前核对")
    member.finds_no_fault()


def test_an_officer_sets_up_a_type(visitor):
    officer = visitor("officer")
    officer.open("/console/request-types/new")
    officer.page.get_by_label("名称").fill("车辆出入证")
    officer.page.get_by_label("环节 1").fill("登记车牌")
    officer.page.locator("#days-1").fill("2")
    officer.page.get_by_label("材料 1").fill("行驶证")
    officer.press("保存")
    officer.must_see("诉求类型已保存。")
    officer.must_see("登记车牌（2 个工作日）")
    officer.finds_no_fault()


def test_an_officer_adds_a_slot_of_counselling(visitor):
    officer = visitor("officer")
    officer.open("/console/counselling")
    officer.page.locator("li").filter(has_text="心理咨询").get_by_role("link", name="时段").click()
    officer.page.get_by_role("link", name="新增时段").click()
    officer.finds_no_fault()
    officer.page.get_by_label("开始时间").fill("2099-03-02T14:00")
    officer.page.get_by_label("结束时间").fill("2099-03-02T13:00")
    officer.page.get_by_label("地点").fill("工会楼 305")
    officer.press("保存")
    officer.forgives(422)
    officer.finds_no_fault()
    officer.page.get_by_label("结束时间").fill("2099-03-02T14:50")
    officer.press("保存")
    officer.must_see("时段已新增。")
    officer.must_see("工会楼 305")
    officer.finds_no_fault()


def test_counselling_is_booked_and_cancelled(visitor):
    member = visitor("member")
    member.open("/me/requests")
    member.page.locator("#types li").filter(has_text="心理咨询").get_by_role("link", name="预约").click()
    member.must_see("只有咨询人能看到预约名单")
    member.page.get_by_role("button", name="预约").first.click()
    member.must_see("已预约。")
    member.page.get_by_role("button", name="取消预约").click()
    member.must_see("预约已取消。")
    member.finds_no_fault()
