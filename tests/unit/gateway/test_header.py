"""The head of every page: who is signed in, with their menu; where each role begins; the browser's language."""

from __future__ import annotations

import re

import pytest

from gateway.read_models.tables import UnitView
from services.chassis.database.transaction import transaction
from services.chassis.errors import Unavailable
from services.contracts.membership.record.operations import names_of
from tests.unit.gateway.conftest import UNIT

NAME = "欧阳建国"


@pytest.fixture
def app(app_with_portal, services, database):
    services.answers[names_of.id] = lambda asked: {"items": [{"id": one, "name": NAME} for one in asked["ids"]]}
    with transaction(database) as tx:
        tx.session.add(UnitView(unit_id=UNIT, code="1", name="外国语学院", kind="unit", active=True, sequence=1))
    return app_with_portal


@pytest.fixture
def reads(app):
    """Read a page as somebody, with the cookie of a browser."""

    def read(path, person=None, status=200, **headers):
        browser = app.test_client()
        if person is not None:
            browser.set_cookie("gonghui_session", person.token)
        answer = browser.get(path, headers=headers)
        assert answer.status_code == status, path
        return answer.text

    return read


def head_of(page):
    return page.partition('<header class="site-head">')[2].partition("</header>")[0]


@pytest.mark.parametrize(
    ("roles", "post"),
    [((), "外国语学院"), (("chair",), "外国语学院 · 分工会主席"), (("officer", "chair"), "校工会干部")],
)
def test_the_head_says_who_is_signed_in(reads, sign_in, roles, post):
    head = head_of(reads("/me/roles", sign_in(*roles)))
    assert NAME in head
    assert post in re.findall(r'class="account-post">([^<]*)<', head)
    assert ("切换身份" in head) == bool(roles)
    for address in ("/me", "/me/settings", "/messages", "/sign-out", "/preferences/language", "/preferences/theme"):
        assert f'"{address}"' in head, address


def test_without_membership_the_head_has_the_user_name(reads, sign_in, services):
    services.answers[names_of.id] = Unavailable("away")
    assert "user-" in head_of(reads("/me/roles", sign_in()))


def test_error_pages_have_the_head_too(reads, sign_in):
    for roles, path, status, frame in (
        ((), "/no-such-page", 404, "frame-member"),
        (("officer",), "/console/no-such-page", 404, "frame-console"),
        ((), "/console/members", 403, "frame-member"),
    ):
        page = reads(path, sign_in(*roles), status)
        assert NAME in head_of(page), path
        assert f'class="{frame}"' in page, path
    stranger = reads("/no-such-page", status=404)
    assert "/sign-in" in head_of(stranger)
    assert "account-menu" not in stranger


def test_each_role_begins_where_it_works(app, sign_in):
    for roles, start in {
        ("officer",): "/console",
        ("chair",): "/console",
        ("auditor",): "/console",
        (): "/home",
    }.items():
        browser = app.test_client()
        browser.set_cookie("gonghui_session", sign_in(*roles).token)
        for path in ("/start", "/"):
            assert browser.get(path).headers["Location"] == start, (roles, path)
        assert browser.get("/sign-in?next=/me/roles").headers["Location"] == "/me/roles", roles


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "zh-CN"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("zh-CN,en;q=0.8", "zh-CN"),
        ("en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("fr-FR,fr", "zh-CN"),
        ("fr,en;q=0.3", "en"),
        ("no, such; header=1,,", "zh-CN"),
    ],
)
def test_the_language_is_the_browsers_until_one_is_chosen(app, accepted, language):
    headers = {"Accept-Language": accepted} if accepted else {}
    browser = app.test_client()
    assert f'<html lang="{language}"' in browser.get("/", headers=headers).text
    browser.set_cookie("language", "zh")
    assert '<html lang="zh-CN"' in browser.get("/", headers=headers).text


def test_seldom_used_parts_of_the_menu_are_closed_unless_one_is_there(reads, sign_in):
    def opened(path, *roles):
        menu = reads(path, sign_in(*roles)).partition('<nav class="side-bar"')[2].partition("</nav>")[0]
        return re.findall(r'<details class="menu-part" open><summary class="menu-group">([^<]+)<', menu)

    assert opened("/console/scan", "officer") == ["会员", "活动与计划", "福利", "民主管理", "经费"]
    assert "系统" in opened("/console/jobs", "officer")
    assert opened("/console/jobs", "ops") == ["系统"]
