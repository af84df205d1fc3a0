"""A newcomer applies with a draft first, the chair returns and accepts, the officer approves, the home says welcome."""

from __future__ import annotations

import pytest

from tests.browser.visitor import SIZES, Visitor
from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api

FIELDS = {"name": "姓名", "id_number": "身份证号", "birth_date": "出生日期", "phone": "手机号", "hired_on": "入职日期"}


def fills_in(applicant: Visitor, person: dict[str, str]) -> None:
    page = applicant.page
    for name, label in FIELDS.items():
        page.get_by_label(label).fill(person[name])
    page.get_by_label("女", exact=True).check()
    page.get_by_label("所在分工会").select_option(person["unit_id"])
    page.get_by_label("用工形式").select_option(person["employment"])


def agrees(applicant: Visitor) -> None:
    for title in ("个人信息处理同意书", "敏感个人信息单独同意书"):
        applicant.page.get_by_label(f"我已阅读并同意《{title}》").check()


@pytest.mark.parametrize("size", list(SIZES))
def test_a_newcomer_joins_in_the_browser(visitor, union):
    person = newcomer(unit_of(Api(union.url).sign_in("chair")), name="司徒晓")
    applicant = visitor()
    applicant.open("/join")
    applicant.page.get_by_label("姓名").fill(person["name"])
    applicant.page.get_by_label("用户名").fill(person["username"])
    applicant.page.get_by_label("密码").fill(person["password"])
    applicant.press("保存草稿")
    applicant.must_see("草稿只有您自己能看到")
    applicant.page.get_by_role("link", name="修改并提交").click()
    fills_in(applicant, person)
    agrees(applicant)
    applicant.press("提交申请")
    applicant.must_see("申请已提交")
    applicant.must_see("待分工会审核")
    assert not applicant.sees(person["id_number"])
    applicant.finds_no_fault()

    chair = visitor("chair")
    chair.waits_to_see("审核入会申请", "/todos")
    opens_application(chair, person["name"], "submitted")
    panel = chair.unfold("退回修改")
    panel.get_by_label("退回原因").fill("请补充想对工会说的话")
    chair.press("确认退回", panel)
    chair.must_see("已退回申请人修改")

    applicant.open("/join/application")
    applicant.must_see("请补充想对工会说的话")
    applicant.page.get_by_role("link", name="修改并提交").click()
    applicant.page.get_by_label("想对工会说的话").fill("希望参加合唱")
    applicant.press("提交申请")
    applicant.must_see("待分工会审核")

    opens_application(chair, person["name"], "submitted")
    chair.press("审核通过")
    chair.must_see("等待校工会批准")

    officer = visitor("officer")
    opens_application(officer, person["name"], "unit_reviewed")
    panel = officer.unfold("批准入会")
    officer.press("确认批准", panel)
    officer.must_see("会员号已编发")

    applicant.waits_to_see("欢迎加入工会", "/start")
    applicant.waits_to_see("邀请您参加", "/home")
    applicant.waits_to_see("年福利账户已开通", "/home")
    applicant.finds_no_fault()
    applicant.press("我要参加")
    applicant.must_see("报名成功")


def opens_application(clerk: Visitor, name: str, state: str) -> None:
    clerk.open(f"/console/applications?state={state}&q={name}")
    clerk.page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_what_is_wrong_is_said_beside_the_field(visitor, union):
    person = newcomer(unit_of(Api(union.url).sign_in("chair")))
    applicant = visitor()
    applicant.open("/join")
    fills_in(applicant, {**person, "id_number": "110101199003070000"})
    applicant.page.get_by_label("用户名").fill(person["username"])
    applicant.page.get_by_label("密码").fill(person["password"])
    agrees(applicant)
    applicant.press("提交申请")
    wrong = applicant.page.get_by_label("身份证号")
    assert wrong.get_attribute("aria-invalid") == "true"
    described = wrong.get_attribute("aria-describedby").split()
    assert any("身份证号" in applicant.page.locator(f"#{name}").inner_text() for name in described)
    assert applicant.page.get_by_label("姓名").input_value() == person["name"]
    applicant.must_see("为安全起见密码没有保留")
    applicant.forgives(422)
    applicant.finds_no_fault()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_identity_number_says_birth_and_sex(visitor, union, scripts):
    chair = Api(union.url).sign_in("chair")
    person = newcomer(unit_of(chair), name="欧阳青" if scripts else "欧阳蓝")
    applicant = visitor(scripts=scripts)
    applicant.open("/join")
    page = applicant.page
    for name in ("name", "id_number", "phone", "hired_on"):
        page.get_by_label(FIELDS[name]).fill(person[name])
    page.get_by_label("所在分工会").select_option(person["unit_id"])
    page.get_by_label("用工形式").select_option(person["employment"])
    page.get_by_label("用户名").fill(person["username"])
    page.get_by_label("密码").fill(person["password"])
    if scripts:
        applicant.must_see(f"已读出：{person['birth_date']}")
        assert page.get_by_label("出生日期").input_value() == person["birth_date"]
    agrees(applicant)
    applicant.press("提交申请")
    applicant.must_see("待分工会审核")
    row = next(one for one in chair.all("/membership/applications", q=person["name"]))
    assert chair.get(f"/membership/applications/{row['id']}")["birth_date"] == person["birth_date"]


def test_without_consent_nothing_is_submitted(visitor):
    applicant = visitor()
    applicant.open("/join")
    applicant.press("提交申请")
    applicant.must_see("请先阅读说明并勾选同意")
    for label in ("姓名", "身份证号", "入职日期", "用户名"):
        assert applicant.page.get_by_label(label).get_attribute("aria-invalid") == "true", label
    applicant.forgives(422)
