"""An officer splits a unit and merges its part back: each time the page says first what would move."""

from __future__ import annotations

import secrets

from tests.browser.visitor import Visitor
from tests.support.api import Api


def unit_of_code(union, code: str) -> dict[str, str]:
    units = Api(union.url).sign_in("officer").all("/membership/units", kind="unit")
    return next(one for one in units if one["code"] == code)


def splits(officer: Visitor, unit_id: str, name: str) -> None:
    officer.open(f"/console/organisation/{unit_id}/split")
    officer.page.get_by_label("新分工会名称").fill(name)
    officer.page.get_by_label("代码").fill(f"T{secrets.token_hex(3)}")
    officer.page.get_by_role("group", name="单独转入的会员").get_by_role("checkbox").first.check()
    officer.press("查看会带来什么")
    officer.must_see("留在原分工会的会员")
    officer.finds_no_fault()
    officer.page.get_by_label("依据或原因").fill("学院拆分")
    officer.press("确认拆分")
    officer.must_see("1 名会员转入新的分工会")
    officer.must_see("由其他分工会分出")


def test_a_unit_is_split_and_merged_back(visitor, union):
    unit = unit_of_code(union, "19")
    officer = visitor("officer")
    name = f"分出的分工会{secrets.token_hex(2)}"
    splits(officer, unit["id"], name)
    part = officer.page.url.rpartition("/")[2]
    officer.open(f"/console/organisation/{part}/merge")
    officer.page.get_by_label("并入").select_option(unit["id"])
    officer.press("查看会带来什么")
    officer.must_see("转入的会员")
    officer.page.get_by_label("依据或原因").fill("学院合并")
    officer.press("确认合并")
    officer.must_see("1 名会员随之转入")
    officer.must_see("其他组织并入")
    officer.finds_no_fault()
    officer.open(f"/console/organisation/{part}")
    officer.must_see("已停用")


def test_a_unit_is_split_into_two_at_once_without_scripts(visitor, union):
    unit = unit_of_code(union, "18")
    officer = visitor("officer", scripts=False)
    officer.open(f"/console/organisation/{unit['id']}/split")
    officer.press("再分出一个")
    officer.press("再分出一个")
    for number in (1, 3):
        panel = officer.page.get_by_role("group", name=f"第 {number} 个新分工会")
        panel.get_by_label("新分工会名称").fill(f"第{number}分会{officer.size}")
        panel.get_by_label("代码").fill(f"T{secrets.token_hex(3)}")
        panel.get_by_role("group", name="单独转入的会员").get_by_role("checkbox").nth(number).check()
    officer.press("去掉第 2 个")
    officer.press("查看会带来什么")
    officer.must_see("留在原分工会的会员")
    officer.page.get_by_label("依据或原因").fill("学院拆分")
    officer.press("确认拆分")
    officer.must_see("2 名会员转入新的分工会")
    names = {one["name"] for one in Api(union.url).sign_in("officer").all("/membership/units", kind="unit")}
    assert {f"第{number}分会{officer.size}" for number in (1, 3)} <= names


def test_a_split_into_several_that_lacks_something_says_where(visitor, union):
    officer = visitor("officer")
    officer.open(f"/console/organisation/{unit_of_code(union, '18')['id']}/split")
    officer.press("再分出一个")
    officer.finds_no_fault()
    panel = officer.page.get_by_role("group", name="第 1 个新分工会")
    panel.get_by_label("新分工会名称").fill("只填了第一个")
    panel.get_by_label("代码").fill("ONE-ONLY")
    officer.press("查看会带来什么")
    officer.complaints.clear()
    second = officer.page.get_by_role("group", name="第 2 个新分工会")
    assert second.get_by_label("新分工会名称").get_attribute("aria-invalid") == "true"
    assert panel.get_by_label("新分工会名称").get_attribute("aria-invalid") is None
    officer.finds_no_fault()


def test_ending_terms_are_listed_and_stand_among_the_todos(visitor, union):
    officer = visitor("officer")
    officer.open("/console/organisation/terms")
    officer.must_see("提案工作委员会")
    officer.waits_to_see("任期将满，请筹备换届", "/todos")
