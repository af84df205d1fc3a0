"""A chair delegates the post while away; everybody sees it, and an officer ends it."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today
from tests.e2e.stories import unit_of
from tests.support.api import Api
from tests.support.stack import PASSWORD


def colleague(signed_in) -> dict[str, str]:
    """A member of the demo chair's unit without a demo account."""
    chair = signed_in("chair")
    taken = {signed_in(name).get("/me")["member_id"] for name in ("chair", "member")}
    members = chair.all("/membership/members", unit_id=unit_of(chair), standing="active")
    return next(one for one in members if one["id"] not in taken)


def test_a_chair_delegates_and_everybody_sees_who_acts(visitor, union, pictures):
    def signed_in(name: str) -> Api:
        return Api(union.url).sign_in(name, PASSWORD)

    chair, officer, deputy = visitor("chair"), visitor("officer"), colleague(signed_in)
    for open_one in signed_in("chair").all(
        "/membership/delegations", member_id=signed_in("chair").get("/me")["member_id"]
    ):
        if open_one["state"] != "over":
            signed_in("chair").post(f"/membership/delegations/{open_one['id']}/end", {})
    chair.open("/me/roles")
    with chair.page.expect_navigation():
        chair.page.get_by_role("link", name="外出时委托代行").click()
    chair.page.get_by_label("代行人：姓名、拼音或会员号").fill(deputy["number"])
    chair.press("查找")
    chair.page.get_by_label("代行人", exact=False).last.select_option(deputy["id"])
    chair.page.get_by_label("结束日期").fill((today() + timedelta(days=900)).isoformat())
    chair.page.get_by_label("事由").select_option("trip")
    chair.press("确认委托")
    chair.must_see("最长 183 天")
    chair.complaints.clear()
    chair.page.get_by_label("结束日期").fill((today() + timedelta(days=7)).isoformat())
    chair.finds_no_fault(pictures)
    chair.press("确认委托")
    chair.must_see("代行中")
    chair.finds_no_fault(pictures)

    officer.open(f"/console/organisation/{unit_of(signed_in('chair'))}")
    officer.must_see(deputy["name"])
    officer.open("/console/organisation/delegations?state=in_force")
    officer.finds_no_fault(pictures)
    ending = officer.unfold("终止")
    officer.press("确认终止", ending)
    officer.must_see("代行已终止")
