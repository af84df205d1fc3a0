"""The chair reports a birth, the visit stands in the to-dos, is made with evidence, and the claim is in the ledger."""

from __future__ import annotations

import pytest

from services.chassis.clock import today
from tests.browser.visitor import SIZES
from tests.e2e.stories import unit_of
from tests.support.api import Api


def somebody_nobody_visited(chair_api: Api) -> dict[str, str]:
    """Return a member of the chair's unit, not the chair, whom no visit is about."""
    me = chair_api.get("/me")["member_id"]
    visited = {visit["member_id"] for visit in chair_api.all("/welfare/visits")}
    rows = chair_api.all("/membership/members", unit_id=unit_of(chair_api))
    return next(row for row in rows if row["id"] not in {me, *visited})


@pytest.mark.parametrize("size", list(SIZES))
def test_a_birth_is_visited_and_paid_by_the_rule(visitor, union):
    api = Api(union.url).sign_in("chair")
    who = somebody_nobody_visited(api)
    chair = visitor("chair")
    chair.open(f"/console/visits/report?q={who['number']}")
    chair.page.locator("#member-id").select_option(who["id"])
    chair.page.get_by_label("事由").select_option("birth")
    chair.press("登记")
    chair.must_see("走访任务已经生成")
    chair.must_see(who["name"])
    assert not chair.sees("生育")
    visit = chair.page.url.rsplit("/", 1)[1]
    chair.waits_to_see("走访会员", "/todos")
    chair.finds_no_fault()

    chair.open(f"/visits/{visit}")
    panel = chair.unfold("登记走访")
    panel.get_by_label("慰问金额（元）").fill("500")
    panel.get_by_label("发放形式").select_option("goods")
    panel.get_by_label("走访记录").fill("已上门看望")
    panel.get_by_label("签收").fill("本人签收")
    chair.finds_no_fault()
    chair.press("登记完成", panel)
    chair.must_see("已报工会经费入账")

    auditor = visitor("auditor")
    auditor.waits_to_see("已入账", f"/visits/{visit}")
    auditor.page.get_by_role("link", name="查看分录").click()
    auditor.page.wait_for_load_state()
    auditor.must_see("生育慰问上限")
    auditor.must_see("¥500.00")
    auditor.must_see("预算项目")
    auditor.finds_no_fault()
    officer = visitor("officer")
    officer.open(f"/console/plan?year={today().year}&q=五必访")
    officer.page.get_by_role("main").get_by_role("link", name="五必访").first.click()
    officer.page.wait_for_load_state()
    officer.must_see("走访")


def test_above_the_cap_the_rule_is_named_and_what_was_written_stays(visitor, union):
    api = Api(union.url).sign_in("chair")
    who = somebody_nobody_visited(api)
    wedding = {"member_id": who["id"], "occasion": "wedding", "happened_on": today().isoformat()}
    event = api.post("/welfare/life-events", wedding, status=201)
    chair = visitor("chair")
    chair.open(f"/visits/{event['visit_id']}")
    panel = chair.unfold("登记走访")
    panel.get_by_label("慰问金额（元）").fill("900")
    panel.get_by_label("发放形式").select_option("goods")
    panel.get_by_label("走访记录").fill("送上新婚祝福")
    panel.get_by_label("签收").fill("本人签收")
    chair.press("登记完成", panel)
    chair.must_see("超过现行上限 500")
    assert not chair.sees("不超过上限")
    chair.page.get_by_role("alert").locator("summary", has_text="详情").first.click()
    chair.must_see("不超过上限")
    assert chair.page.get_by_label("走访记录").input_value() == "送上新婚祝福"
    chair.forgives(409, 422)
    chair.finds_no_fault()
