"""Members fill in anonymous sheets on the phone; the officer closes the round; few sheets are not shown, enough are."""

from __future__ import annotations

import re

from tests.e2e.founding import set_figure
from tests.support.api import Api

FILLING = ("member", "delegate", "auditor")


def called(union, officer, title: str) -> str:
    """An assessment of one leader by five members, three of whom will fill it in; returns its id."""
    api = Api(union.url).sign_in("officer")
    ids = [Api(union.url).sign_in(name).get("/me")["member_id"] for name in (*FILLING, "chair", "officer")]
    numbers = [api.get(f"/membership/members/{one}")["number"] for one in ids]
    officer.open("/console/ratings/new-assessment")
    officer.page.get_by_label("标题").fill(title)
    officer.page.get_by_label("评议对象").fill("示例丁 副校长")
    officer.page.get_by_label("由现任教代会代表填写").uncheck()
    officer.page.get_by_label("其他填写人").fill("\n".join(numbers))
    officer.press("保存")
    officer.must_see("5 人可以填写")
    officer.finds_no_fault()
    rating_id = officer.page.url.rpartition("/")[2]
    officer.press("开始", officer.unfold("开始"))
    officer.waits_to_see("收到 0 份，共 5 人", f"/console/ratings/{rating_id}")
    assert api.get(f"/governance/ratings/{rating_id}")["state"] == "open"
    return rating_id


def fills_in(member, rating_id: str, grade: str) -> None:
    """Begin, grade everything, hand in; look at what is sent on the way."""
    sent = []
    member.page.on("request", lambda request: sent.append(request))
    member.open(f"/ratings/{rating_id}")
    member.must_see("凭证在您的设备上生成")
    member.finds_no_fault()
    member.page.get_by_role("button", name="开始填写").click()
    member.page.get_by_role("button", name="匿名交表").wait_for()
    member.page.get_by_role("button", name="匿名交表").click()
    member.must_see("请至少评一项。")
    for one in member.page.get_by_role("group").filter(has=member.page.get_by_label(grade, exact=True)).all():
        one.get_by_label(grade, exact=True).check()
    member.page.get_by_label("意见和建议").fill("多听意见。")
    member.finds_no_fault()
    member.page.get_by_role("button", name="匿名交表").click()
    member.page.get_by_text("评议表已匿名交出").wait_for()
    [handed] = [one for one in sent if one.url.endswith("/sheets")]
    for name in ("cookie", "referer", "authorization", "x-csrftoken"):
        assert name not in handed.all_headers(), name
    member.open(f"/ratings/{rating_id}")
    member.page.get_by_text("评议表已匿名交出").wait_for()


def test_three_sheets_are_shown_or_not_by_the_size_the_rule_asks_for(union, visitor):
    officer = visitor("officer")
    members = [visitor(name) for name in FILLING]
    rating_id = called(union, officer, "民主评议（不足五份）")
    for member in members:
        fills_in(member, rating_id, "优秀")
    officer.open(f"/console/ratings/{rating_id}")
    officer.must_see("收到 3 份，共 5 人")
    officer.press("结束并统计", officer.unfold("结束并统计"))
    officer.waits_to_see("不足 5 份，不显示结果", f"/console/ratings/{rating_id}")
    assert "优秀" not in re.sub(r"等次：.*", "", officer.page.inner_text("#result"))
    officer.finds_no_fault()

    set_figure(Api(union.url).sign_in("officer"), "rating.smallest_group", "3", document="本校评议办法")
    rating_id = called(union, officer, "民主评议（三份即显示）")
    for member, grade in zip(members, ("优秀", "优秀", "称职"), strict=True):
        fills_in(member, rating_id, grade)
    officer.open(f"/console/ratings/{rating_id}")
    officer.press("结束并统计", officer.unfold("结束并统计"))
    officer.waits_to_see("满意率 100.0%", f"/console/ratings/{rating_id}")
    officer.must_see("本校评议办法")
    officer.finds_no_fault()
    members[0].open(f"/ratings/{rating_id}")
    members[0].must_see("评议结果还没有公布。")
    officer.press("公布结果", officer.unfold("公布结果"))
    members[0].open(f"/ratings/{rating_id}")
    members[0].must_see("示例丁（副校长）")
    members[0].finds_no_fault()
    officer.open(f"/console/ratings/{rating_id}/remarks")
    officer.must_see("多听意见。")


def test_without_scripts_the_page_says_why_and_what_instead(union, visitor):
    api = Api(union.url).sign_in("member")
    rating_id = api.get("/me/ratings", state="open")["items"][0]["id"]
    plain = visitor("member", scripts=False)
    plain.open(f"/ratings/{rating_id}")
    plain.must_see("匿名填写需要打开浏览器的 JavaScript")
    plain.must_see("请到校工会领取纸质评议表")


def test_years_and_units_are_compared(union, visitor):
    ratings = Api(union.url).sign_in("officer").get("/governance/ratings", kind="union", state="closed")["items"]
    address = f"/console/ratings/{ratings[0]['id']}"
    officer, chair = visitor("officer"), visitor("chair")
    officer.open(address)
    officer.must_see("历年满意率")
    officer.must_see("各分工会对建家工作的满意率")
    officer.must_see("其中纸质")
    officer.finds_no_fault()
    officer.open(f"{address}/units")
    officer.finds_no_fault()
    chair.open(address)
    assert not chair.sees("各分工会对建家工作的满意率")
    chair.finds_no_fault()
    officer.open("/console/ratings/new")
    officer.finds_no_fault()
    now = Api(union.url).sign_in("officer").get("/governance/ratings", kind="union", state="open")["items"][0]
    officer.open(f"/console/ratings/{now['id']}/papers/2")
    officer.finds_no_fault()
