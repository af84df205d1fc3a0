"""An item of the plan is scheduled in two clicks; members register past the seats; a cancellation moves them."""

from __future__ import annotations

import pytest

from services.chassis.clock import today
from tests.browser.visitor import SIZES
from tests.e2e.stories import in_days
from tests.support.api import Api


def test_an_item_of_the_plan_is_scheduled_in_two_clicks_and_its_seats_are_shared_out(visitor, union):
    api = Api(union.url).sign_in("officer")
    year = today().year
    items = api.all(f"/governance/plan/{year}/items", month=4, state="open")
    item = next(found for found in items if found["measure"] == "activity")
    officer = visitor("officer")
    officer.open(f"/console/plan?year={year}&month=4")
    officer.page.locator(f'a[href$="plan_item_id={item["id"]}"]').click()
    officer.page.get_by_label("名额", exact=True).fill("2")
    officer.press("确认安排")
    officer.must_see("活动已安排")
    activity = officer.page.url.rsplit("/", 1)[1]
    officer.finds_no_fault()

    people = {name: visitor(name) for name in ("member", "delegate", "mediator")}
    for name, one in people.items():
        one.waits_to_see(item["title"], f"/activities?q={item['title']}")
        one.open(f"/activities/{activity}")
        one.press("加入候补" if name == "mediator" else "我要报名")
    people["member"].must_see("报名成功")
    people["mediator"].must_see("候补第 1 位")
    people["mediator"].must_see("已报 2 / 2")
    people["mediator"].finds_no_fault()

    member = people["member"]
    member.open(f"/activities/{activity}")
    panel = member.unfold("取消报名")
    member.press("确认取消", panel)
    member.must_see("报名已取消")
    people["mediator"].waits_to_see("您已报名", f"/activities/{activity}")
    people["mediator"].waits_to_see("从候补转为正式名额", "/messages")

    officer.waits_to_see("已安排", f"/console/plan/items/{item['id']}")
    officer.open(f"/console/activities/{activity}")
    panel = officer.unfold("取消活动")
    panel.get_by_label("说明").fill("场地另有安排")
    officer.press("确认取消", panel)
    officer.must_see("活动已取消")
    people["delegate"].waits_to_see("活动取消，报名随之取消", "/messages")


@pytest.mark.parametrize("size", list(SIZES))
def test_seats_move_on_the_page_by_themselves(visitor, union):
    api = Api(union.url).sign_in("officer")
    made = api.post(
        "/activities",
        {"title": "名额实时", "title_en": "Seats as they stand", "kind": "salon", "capacity": 9, **_times()},
        status=201,
    )
    watcher = visitor("judge")
    watcher.waits_to_see("名额实时", f"/activities?q={made['title']}")
    watcher.open(f"/activities/{made['id']}")
    watcher.must_see("已报 0 / 9")
    Api(union.url).sign_in("member").post(f"/activities/{made['id']}/registrations", status=201)
    watcher.page.get_by_text("已报 1 / 9").wait_for()


def _times() -> dict[str, str]:
    return {"starts_at": in_days(30), "ends_at": in_days(31)}


def test_why_one_cannot_register_is_said(visitor, union):
    api = Api(union.url).sign_in("officer")
    closed = {"registration_opens_at": in_days(-3), "registration_closes_at": in_days(-1), "cancel_until": in_days(-1)}
    made = api.post("/activities", {"title": "已截止", "kind": "salon", **_times(), **closed}, status=201)
    member = visitor("member")
    member.waits_to_see("暂不能报名", f"/activities/{made['id']}")
    member.must_see("现在不在报名时间之内")
