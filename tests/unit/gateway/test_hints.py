"""Hints at the first visit of a page: three at most, in the reader's language, until the account dismisses them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.identity.tables import Account
from gateway.subjects.own.home import first_steps
from services.chassis.database.engine import Database
from tests.unit.gateway.conftest import FakeClient, Person
from tests.unit.gateway.test_first_steps import FIGURES

HOME, WORKBENCH = "/home", "/console"
Browse = Callable[..., tuple[FlaskClient, Person]]


@pytest.fixture
def services() -> FakeClient:
    return FakeClient(answers=dict(FIGURES))


@pytest.fixture
def browse(app_with_portal: Flask, sign_in: Callable[..., Person]) -> Browse:
    """Return a browser of somebody with these roles who hides the first steps, and who it is."""

    def begin(*roles: str) -> tuple[FlaskClient, Person]:
        person = sign_in(*roles)
        browser = app_with_portal.test_client()
        browser.set_cookie("gonghui_session", person.token)
        browser.set_cookie(first_steps.COOKIE, first_steps.HIDDEN)
        return browser, person

    return begin


def hints_of(page: str) -> list[str]:
    section = page.partition('<section class="panel hints"')[2].partition("</section>")[0]
    return re.findall(r"<li>(.*?)</li>", section)


def dismiss(browser: FlaskClient, page: str, shown: str) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown)
    assert token is not None
    answer = browser.post("/me/hints/dismiss", data={"csrf_token": token[1], "page": page})
    assert answer.status_code == 303
    return str(answer.location)


def test_the_home_has_three_hints_until_they_are_dismissed(browse: Browse, database: Database) -> None:
    browser, person = browse()
    shown = browser.get(HOME).text
    assert len(hints_of(shown)) == 3
    assert dismiss(browser, "home", shown) == HOME
    assert hints_of(browser.get(HOME).text) == []
    with database.session(readonly=True) as session:
        assert session.get_one(Account, person.account_id).dismissed_hints == "home"


@pytest.mark.parametrize(
    ("role", "first", "not_told"),
    [
        ("officer", "待我处理", "审查要点"),
        ("chair", "待我处理", "审查要点"),
        ("auditor", "审查要点", "待我处理"),
    ],
)
def test_the_workbench_tells_each_what_it_shows_them(browse: Browse, role: str, first: str, not_told: str) -> None:
    browser, _ = browse(role)
    shown = browser.get(WORKBENCH).text
    hints = hints_of(shown)
    assert len(hints) == 3
    assert first in hints[0]
    assert not any(not_told in hint for hint in hints)
    assert dismiss(browser, "workbench", shown) == WORKBENCH
    assert hints_of(browser.get(WORKBENCH).text) == []
    assert len(hints_of(browser.get(HOME).text)) == 3, "another page's hints went along"


def test_another_device_of_the_account_and_nobody_else_is_spared_them(
    app_with_portal: Flask, browse: Browse, sign_in: Callable[..., Person]
) -> None:
    browser, person = browse()
    answer = app_with_portal.test_client().post(
        "/api/v1/me/hints/dismiss", headers=person.headers, json={"page": "home"}
    )
    assert answer.status_code == 204
    assert hints_of(browser.get(HOME).text) == []
    other, _ = browse()
    assert len(hints_of(other.get(HOME).text)) == 3


def test_dismissals_of_two_pages_are_both_kept(browse: Browse, database: Database) -> None:
    browser, person = browse("officer")
    for page in ("workbench", "home", "home"):
        dismiss(browser, page, browser.get("/me/settings").text)
    with database.session(readonly=True) as session:
        assert session.get_one(Account, person.account_id).dismissed_hints == "home workbench"


def test_a_page_without_hints_has_none_to_dismiss(app_with_portal: Flask, sign_in: Callable[..., Person]) -> None:
    person = sign_in()
    client = app_with_portal.test_client()
    for body in ({"page": "todos"}, {"page": "home workbench"}, {}):
        assert client.post("/api/v1/me/hints/dismiss", headers=person.headers, json=body).status_code == 422


def test_they_speak_english_too(browse: Browse) -> None:
    browser, _ = browse("officer")
    browser.set_cookie("language", "en")
    for path in (HOME, WORKBENCH):
        hints = hints_of(browser.get(path).text)
        assert len(hints) == 3
        assert not re.search(r"[\u4e00-\u9fff]", "".join(hints))
