"""The course of a membership on pages: a transfer from asking to taking effect, a retirement confirmed and undone."""

from __future__ import annotations

from tests.e2e.stories import unit_of
from tests.e2e.test_standing import joined
from tests.support.api import Api


def test_a_member_is_transferred_in_the_browser(visitor, union):
    def signed_in(name: str) -> Api:
        return Api(union.url).sign_in(name)

    chair_api, officer_api = signed_in("chair"), signed_in("officer")
    units = officer_api.all("/membership/units", kind="unit")
    home = unit_of(chair_api)
    other = next(unit for unit in units if unit["id"] != home)
    _, record = joined(union, signed_in, home)

    member = visitor().sign_in(record["username"], record["password"])
    member.open("/me/membership/transfer")
    member.page.get_by_label("转往分工会").select_option(other["id"])
    member.page.get_by_label("原因").fill("工作调动")
    member.press("提交申请")
    member.must_see("转会申请已提交")
    member.must_see("办理期间您仍是原分工会的会员")
    member.finds_no_fault()

    chair = visitor("chair")
    chair.waits_to_see("办理转会：同意调出", "/todos")
    chair.open(f"/console/transfers?q={record['number']}")
    chair.page.get_by_role("link", name=record["name"]).first.click()
    chair.press("同意调出")
    chair.must_see("等待调入单位接收")
    chair.finds_no_fault()

    member.open("/me/membership")
    member.must_see("待调入单位接收")
    panel = member.unfold("撤回转会")
    panel.get_by_label("撤回原因").fill("不调了")
    member.press("确认撤回", panel)
    member.must_see("转会申请已撤回")


def test_a_retirement_is_confirmed_and_undone_in_the_browser(visitor, union):
    officer_api = Api(union.url).sign_in("officer")
    due = officer_api.get("/membership/retirements", year=2031, state="due", limit=1)["items"][0]
    officer = visitor("officer")
    officer.open("/console/retirement?year=2031")
    officer.must_see(due["name"])
    officer.must_see("法定退休年龄")
    officer.finds_no_fault()
    officer.open(f"/console/members/{due['member_id']}/standing")
    panel = officer.unfold("确认退休")
    panel.get_by_label("退休日期").fill(due["joined_on"])
    officer.press("确认退休", panel)
    officer.must_see("退休已确认，会籍保留")
    panel = officer.unfold("撤销退休")
    panel.get_by_label("撤销原因").fill("登记有误")
    officer.press("确认撤销", panel)
    officer.must_see("退休已撤销")
    officer.finds_no_fault()
