"""Pages for people: no form without its token, nothing kept by the browser, no way elsewhere, no input that breaks."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests

from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api
from tests.support.stack import PASSWORD
from tests.support.waiting import ANSWER


class Browser:
    """A browser of one person: keeps cookies, sends the token of the form it saw last."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.token = ""

    def open(self, path: str) -> requests.Response:
        """Load a page and remember its forms' token."""
        page = self.http.get(self.url + path, timeout=ANSWER)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        self.token = found.group(1) if found else self.token
        return page

    def send(self, path: str, **filled: str) -> requests.Response:
        """Send a form and return what comes back, not following it."""
        data = {"csrf_token": self.token, **filled}
        return self.http.post(self.url + path, data=data, allow_redirects=False, timeout=ANSWER)

    def sign_in(self, username: str, password: str = PASSWORD, **more: str) -> requests.Response:
        """Sign in by the page; the next form seen carries the new token."""
        self.open("/sign-in")
        answer = self.send("/sign-in", username=username, password=password, **more)
        self.open("/me/password")
        return answer


@pytest.fixture
def officer(union: Any) -> Browser:
    """The officer's browser."""
    browser = Browser(union.url)
    assert browser.sign_in("officer").status_code == 303
    return browser


def test_a_form_without_its_token_changes_nothing(officer: Browser) -> None:
    for path in ("/preferences/language", "/console/members/export", "/me/password", "/sign-out"):
        assert officer.send(path, csrf_token="").status_code == 400
    assert officer.open("/console/members").status_code == 200


@pytest.mark.parametrize("path", ["/start", "/home", "/console/members", "/console/visits", "/me/password", "/sign-in"])
def test_what_a_page_shows_is_not_kept_by_the_browser(officer: Browser, path: str) -> None:
    assert officer.open(path).headers["Cache-Control"] == "no-store"


def test_after_signing_out_the_token_opens_nothing(officer: Browser) -> None:
    token = officer.http.cookies["gonghui_session"]
    assert officer.send("/sign-out").status_code == 303
    answer = requests.get(officer.url + "/api/v1/me", cookies={"gonghui_session": token}, timeout=ANSWER)
    assert answer.status_code == 401


@pytest.mark.parametrize("wanted", ["//elsewhere.example", "/\t\\elsewhere.example", "https://elsewhere.example"])
def test_signing_in_leads_nowhere_else(union: Any, wanted: str) -> None:
    answer = Browser(union.url).sign_in("officer", next=wanted)
    assert "elsewhere" not in answer.headers["Location"]


def test_a_version_that_is_no_number_is_no_defect(union: Any, signed_in: Any) -> None:
    form = newcomer(unit_of(signed_in("chair")))
    Api(union.url).post("/membership/applications", form, status=201)
    browser = Browser(union.url)
    browser.sign_in(form["username"], form["password"])
    assert browser.send("/join/application/edit", version="first", name="欧阳晓").status_code < 500


def test_what_was_typed_is_shown_as_text(officer: Browser) -> None:
    script = "<script>alert(1)</script>"
    for path in ("/console/members", "/activities", "/console/plan"):
        page = officer.http.get(officer.url + path, params={"q": script}, timeout=ANSWER)
        assert script not in page.text


OWN = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"occasion": "birth", "happened_on": "2026-01-02", "note": "很长的一段话"}


def test_what_was_typed_is_kept_when_the_sign_in_ran_out(union: Any) -> None:
    member = Browser(union.url)
    member.sign_in("member")
    member.http.headers.update(OWN)
    del member.http.cookies["gonghui_session"]
    late = member.send("/life-events/new?from=home", **TYPED)
    assert late.status_code == 401
    assert 'action="/life-events/new?from=home"' in late.text
    assert all(f'name="{name}" value="{value}"' in late.text for name, value in TYPED.items())


def test_what_another_site_sent_is_never_offered_again(union: Any) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        nobody = Browser(union.url)
        nobody.http.headers.update(headers)
        assert "很长的一段话" not in nobody.send("/life-events/new", **TYPED).text
        nobody.sign_in("member")
        assert "很长的一段话" not in nobody.send("/life-events/new", **{**TYPED, "csrf_token": "stale"}).text


def test_a_password_is_never_written_back(officer: Browser) -> None:
    officer.http.headers.update(OWN)
    answer = officer.send(
        "/me/password", csrf_token="stale", current_password="a-secret-phrase", again="another-phrase"
    )
    assert answer.status_code == 400
    assert "phrase" not in answer.text


def test_signing_a_device_out_twice_is_no_error(union: Any) -> None:
    member = Browser(union.url)
    member.sign_in("member")
    other = Browser(union.url)
    other.sign_in("member")
    ending = set(re.findall(r'action="(/me/sessions/[^"]+/end)"', member.open("/me/settings").text)).pop()
    assert [member.send(ending).status_code for _ in range(2)] == [303, 303]


def test_a_list_asked_for_by_nonsense_says_so_and_leads_back(officer: Browser) -> None:
    page = officer.open("/console/members?cursor=nonsense")
    assert page.status_code == 422
    assert "翻页的位置已失效" in page.text
    assert 'href="/console/members"' in page.text
    assert officer.open("/console/members?q=" + "长" * 500).status_code == 200


@pytest.mark.parametrize("path", ["/console/applications/approve", "/console/retirement/confirm", "/console/hr/apply"])
def test_nothing_ticked_is_told_as_what_is_missing(officer: Browser, path: str) -> None:
    back = officer.send(path).headers["Location"]
    shown = officer.open(back).text
    assert 'class="alert alert-danger" role="alert"' in shown
    assert "请先勾选" in shown
