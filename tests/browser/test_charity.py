"""A charity drive as a member, a chair and an officer see it: free giving, lists counted by two, what is disclosed."""

from __future__ import annotations


def test_a_member_pledges_agrees_to_a_deduction_and_withdraws(visitor):
    member = visitor("member")
    member.open("/charity")
    member.finds_no_fault()
    member.page.get_by_role("link", name="慈善一日捐").first.click()
    member.must_see("没有建议金额")
    assert member.page.locator("input[name=amount]").first.input_value() == ""
    panel = member.unfold("工资代扣")
    panel.get_by_label("金额（元）").fill("12.34")
    panel.get_by_label("我自愿并同意以上内容").check()
    member.press("同意并提交", panel)
    member.must_see("谢谢您")
    member.finds_no_fault()
    member.open("/me/gifts")
    member.must_see("12.34")
    member.finds_no_fault()
    leaving = member.unfold("撤回")
    member.press("确认撤回", leaving)
    member.must_see("已撤回")


def test_a_chair_enters_a_list_and_sees_its_duplicates_first(visitor):
    chair = visitor("chair")
    chair.open("/console/drives")
    chair.page.get_by_role("link", name="慈善一日捐").first.click()
    chair.finds_no_fault()
    chair.page.get_by_role("link", name="登记现金").click()
    chair.page.get_by_label("捐赠人").first.select_option(value="anonymous")
    chair.page.get_by_label("金额（元）").first.fill("7.77")
    chair.finds_no_fault()
    chair.press("登记清单")
    chair.must_see("匿名捐赠认领码")
    chair.finds_no_fault()
    chair.page.get_by_role("link", name="继续登记").click()
    chair.page.get_by_label("捐赠人").first.select_option(value="anonymous")
    chair.page.get_by_label("金额（元）").first.fill("7.77")
    chair.press("登记清单")
    chair.must_see("清单里有重复")
    chair.finds_no_fault()


def test_everybody_reads_a_disclosure_and_no_sum_of_few(visitor):
    member = visitor("member")
    member.open("/charity")
    member.page.get_by_role("link", name="助学捐赠").first.click()
    member.must_see("使用情况")
    member.must_see("移交金额")
    member.finds_no_fault()
    with member.page.expect_download() as told:
        member.page.get_by_role("link", name="慈善组织的收据").click()
    assert told.value.suggested_filename.startswith("charity-receipt")
    member.open("/me/gifts")
    with member.page.expect_download() as told:
        member.page.get_by_role("link", name="捐赠证书").first.click()
    assert told.value.suggested_filename.endswith(".pdf")


def test_an_officer_prepares_a_drive_which_is_not_published_without_its_charity(visitor):
    officer = visitor("officer")
    officer.open("/console/drives/new")
    officer.page.get_by_label("名称", exact=False).first.fill("冬衣捐赠")
    officer.page.get_by_label("用途").fill("山区学校冬衣")
    officer.page.get_by_label("结束日期").fill(officer.page.get_by_label("开始日期").input_value())
    officer.page.get_by_label("工资代扣同意书").fill("本人自愿从工资中代扣所填金额。")
    officer.finds_no_fault()
    officer.press("保存草稿")
    officer.must_see("草稿已保存")
    officer.press("发布")
    officer.must_see("有公开募捐资格的慈善组织")
    officer.must_see("慈善法")
    officer.finds_no_fault()
