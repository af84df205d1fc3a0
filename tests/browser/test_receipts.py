"""An applicant without account gives papers by the code, and an officer rejects made-up applications together."""

from __future__ import annotations

from tests.browser.test_joining import CONTRACT
from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api


def test_papers_are_given_and_submitted_by_the_receipt_code(visitor, union, pictures):
    chair = Api(union.url).sign_in("chair")
    person = newcomer(unit_of(chair), name="欧阳蓝", employment="contract")
    stated = {name: value for name, value in person.items() if name not in ("username", "password")}
    applied = Api(union.url).post("/membership/applications", stated, status=201)

    stranger = visitor()

    def follows() -> None:
        stranger.open("/join/follow")
        stranger.page.get_by_label("申请编号").fill(applied["id"])
        stranger.page.get_by_label("查询码").fill(applied["receipt_code"])
        stranger.press("查询")

    follows()
    stranger.must_see("分工会确认您的申请后")
    stranger.finds_no_fault(pictures)
    chair.post(f"/membership/applications/{applied['id']}/review", {"decision": "return", "reason": "请补充劳动合同"})
    follows()
    stranger.must_see("请补充劳动合同")
    stranger.press("再次提交")
    stranger.must_see("还缺规定的入会材料")
    stranger.forgives(422)
    stranger.page.get_by_label("劳动合同").set_input_files(CONTRACT)
    stranger.press("上传")
    stranger.must_see("照片和材料已收到")
    stranger.page.screenshot(path=pictures / f"follow-{stranger.size}.png", full_page=True)
    assert applied["receipt_code"] not in stranger.page.url
    stranger.finds_no_fault(pictures)
    stranger.press("再次提交")
    stranger.must_see("申请已提交")
    assert chair.get(f"/membership/applications/{applied['id']}")["state"] == "submitted"
    stranger.press("删除劳动合同")
    stranger.must_see("没有上传文件")
    stranger.finds_no_fault()


def test_made_up_applications_are_listed_apart_and_rejected_as_many_as_were_shown(visitor, union, pictures):
    officer = visitor("officer")
    chair = Api(union.url).sign_in("chair")
    unit = next(one["id"] for one in chair.all("/membership/units", kind="unit") if one["id"] != unit_of(chair))

    def floods(count: int) -> None:
        for _ in range(count):
            person = newcomer(unit)
            stated = {name: value for name, value in person.items() if name not in ("username", "password")}
            Api(union.url).post("/membership/applications", stated, status=201)

    floods(3)
    officer.open(f"/console/applications?state=submitted&unit_id={unit}")
    assert officer.page.get_by_role("main").locator("tbody tr").count() == 3
    officer.page.screenshot(path=pictures / f"applications-{officer.size}.png", full_page=True)
    officer.finds_no_fault()
    officer.open(f"/console/applications?unit_id={unit}")
    officer.page.get_by_role("link", name="另有 3 份申请分工会还没有看过").click()
    officer.page.wait_for_url(f"**/console/applications/unconfirmed?unit_id={unit}")
    officer.open("/console/applications")
    officer.page.get_by_role("link", name="未经确认").click()
    officer.page.get_by_label("分工会").select_option(unit)
    officer.press("查找")
    panel = officer.unfold("全部不通过")
    officer.must_see("3 份申请全部定为不通过")
    officer.finds_no_fault(pictures)
    officer.page.screenshot(path=pictures / f"unconfirmed-{officer.size}.png", full_page=True)
    floods(1)
    panel.get_by_label("原因").fill("经核实，名单中没有这些人")
    officer.press("3 份全部不通过", panel)
    officer.must_see("现在是 4 份，不是确认时的 3 份")
    panel = officer.unfold("全部不通过")
    panel.get_by_label("原因").fill("经核实，名单中没有这些人")
    officer.press("4 份全部不通过", panel)
    officer.must_see("已将 4 份申请定为不通过")
    officer.must_see("没有未经确认的申请")
    officer.finds_no_fault()
