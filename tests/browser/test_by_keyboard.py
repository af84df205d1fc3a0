"""Stories without a mouse, and as a screen reader tells them: by roles and names alone."""

from __future__ import annotations

import pytest

from services.chassis.clock import today
from tests.browser.keyboard import Keyboard
from tests.browser.test_visit import somebody_nobody_visited
from tests.e2e.stories import activity, newcomer, unit_of
from tests.support.api import Api
from tests.support.stack import PASSWORD

MAIN_PAGES = {
    "member": ["/home", "/activities", "/calendar", "/todos", "/me", "/me/benefits", "/me/dues", "/messages"],
    "officer": ["/console", "/console/applications", "/console/members", "/console/activities", "/console/visits",
                "/console/dues", "/console/funds", "/console/budget", "/console/plan", "/console/organisation"],
}  # fmt: skip
ACTIONS = "a:not(.back-link), button, summary, select, textarea, input:not([type=hidden])"


@pytest.fixture
def size() -> str:
    """Keyboards stand on desks."""
    return "desktop"


def test_somebody_signs_in(visitor):
    somebody = visitor()
    somebody.open("/sign-in")
    keyboard = Keyboard(somebody)
    assert keyboard.has(somebody.page.get_by_role("textbox", name="用户名"))
    keyboard.fills_in("用户名", "member")
    keyboard.fills_in("密码", PASSWORD)
    keyboard.enters()
    assert somebody.page.url.endswith("/home")
    keyboard.skips_to_the_content()


def test_a_newcomer_joins(visitor, union):
    person = newcomer(unit_of(Api(union.url).sign_in("chair")), name="端木青")
    applicant = visitor()
    applicant.open("/")
    keyboard = Keyboard(applicant)
    keyboard.follows("link", "申请入会")
    keyboard.skips_to_the_content()
    keyboard.fills_in("姓名", person["name"])
    keyboard.picks("男", "女")
    keyboard.fills_in("身份证号", person["id_number"])
    keyboard.dates("出生日期", person["birth_date"])
    keyboard.fills_in("手机号", person["phone"])
    keyboard.chooses("所在分工会", person["unit_id"])
    keyboard.chooses("用工形式", person["employment"])
    keyboard.dates("入职日期", person["hired_on"])
    keyboard.fills_in("用户名", person["username"])
    keyboard.fills_in("密码", person["password"])
    for title in ("个人信息处理同意书", "敏感个人信息单独同意书"):
        keyboard.ticks(f"我已阅读并同意《{title}》")
    keyboard.follows("button", "提交申请")
    keyboard.is_told("申请已提交")


def test_a_member_registers_for_an_activity(visitor, union):
    title = "用键盘报名的沙龙"
    Api(union.url).sign_in("officer").post("/activities", activity(title=title, capacity=5), status=201)
    member = visitor("member")
    member.waits_to_see(title, f"/activities?q={title}")
    member.open("/activities")
    keyboard = Keyboard(member)
    keyboard.skips_to_the_content()
    keyboard.goes_to("searchbox", "名称")
    member.page.keyboard.type(title)
    keyboard.enters()
    keyboard.follows("link", title)
    keyboard.skips_to_the_content()
    keyboard.follows("button", "我要报名")
    keyboard.is_told("报名成功")


def test_an_officer_approves_an_application(visitor, union):
    chair = Api(union.url).sign_in("chair")
    person = newcomer(unit_of(chair), name="百里青")
    made = Api(union.url).post("/membership/applications", person, status=201)
    chair.post(f"/membership/applications/{made['id']}/review", {"decision": "accept"})
    officer = visitor("officer")
    officer.waits_to_see(person["name"], "/console/applications?state=unit_reviewed")
    keyboard = Keyboard(officer)
    keyboard.skips_to_the_content()
    keyboard.follows("link", person["name"])
    keyboard.skips_to_the_content()
    keyboard.opens("批准入会")
    keyboard.follows("button", "确认批准")
    keyboard.is_told("会员号已编发")


def test_a_chair_records_a_visit(visitor, union):
    api = Api(union.url).sign_in("chair")
    who = somebody_nobody_visited(api)
    report = {"member_id": who["id"], "occasion": "birth", "happened_on": today().isoformat()}
    event = api.post("/welfare/life-events", report, status=201)
    chair = visitor("chair")
    chair.open(f"/visits/{event['visit_id']}")
    keyboard = Keyboard(chair)
    keyboard.skips_to_the_content()
    keyboard.opens("登记走访")
    keyboard.fills_in("慰问金额（元）", "300")
    keyboard.chooses("发放形式", "goods")
    keyboard.fills_in("走访记录", "到家中慰问")
    keyboard.fills_in("签收", "本人签收")
    keyboard.follows("button", "登记完成")
    keyboard.is_told("已报工会经费入账")


@pytest.mark.parametrize("username", list(MAIN_PAGES))
def test_the_first_thing_to_do_is_at_most_five_presses_away(visitor, username):
    one = visitor(username)
    for path in MAIN_PAGES[username]:
        one.open(path)
        keyboard = Keyboard(one)
        keyboard.skips_to_the_content()
        presses, actions = 1, one.page.get_by_role("main").locator(ACTIONS)
        while actions.count() and not keyboard.has(actions):
            one.page.keyboard.press("Tab")
            presses += 1
            assert presses <= 5, f"{path}: {keyboard.hears()}"


def test_arrows_choose_a_filter_and_do_not_ask(visitor):
    officer = visitor("officer")
    officer.open("/console/members")
    keyboard = Keyboard(officer)
    keyboard.skips_to_the_content()
    keyboard.chooses("用工形式", "agency")
    assert "employment" not in officer.page.url
    keyboard.enters()
    assert "employment=agency" in officer.page.url
    assert keyboard.has(officer.page.get_by_role("combobox", name="用工形式"))
    keyboard.goes_to("button", "查找")
    keyboard.enters()
    assert keyboard.has(officer.page.get_by_role("main").get_by_role("button", name="查找"))


def test_a_choice_by_the_pointer_asks_at_once(visitor):
    officer = visitor("officer")
    officer.open("/console/members")
    choice = officer.page.get_by_role("combobox", name="用工形式")
    choice.click()
    with officer.page.expect_navigation():
        choice.select_option("agency")
    assert "employment=agency" in officer.page.url
