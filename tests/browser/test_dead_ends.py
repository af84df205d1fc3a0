"""No page leads its reader to one that refuses them: every link opens, every form is for the roles of who sees it."""

from __future__ import annotations

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import flask
import pytest
import requests
from werkzeug.routing import MapAdapter

from gateway.portal import init_app
from gateway.subject import install
from gateway.subjects import SUBJECTS
from tests.e2e.test_portal_safety import Browser
from tests.support.waiting import ANSWER

OF_EACH_KIND = 2
"""How many pages of one kind are opened: the first may be the reader's own, the next another unit's."""
LEFT_OUT = re.compile(r"/(api|assets|language|sign-out)\b")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Ways(HTMLParser):
    """The links of a page, and the addresses its forms are sent to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link or a form."""
        found = dict(attrs)
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")
        if tag == "form" and (found.get("method") or "get").lower() == "post":
            self.forms.append(found.get("action") or "")


@pytest.fixture(scope="module")
def guards() -> tuple[flask.Flask, MapAdapter]:
    """The portal's pages with the roles each is for."""
    app = flask.Flask("portal", static_folder=None)
    install(app, SUBJECTS)
    init_app(app)
    return app, app.url_map.bind("localhost")


def _kind(path: str) -> str:
    return _ID.sub("{id}", urlsplit(path).path)


@pytest.mark.parametrize("username", ["member", "chair", "auditor", "officer", "ops"])
def test_no_link_and_no_form_leads_to_a_refusal(union, guards, username):
    app, addresses = guards
    browser = Browser(union.url)
    assert browser.sign_in(username).status_code == 303
    token = browser.http.cookies["gonghui_session"]
    roles = {grant["role"] for grant in _me(union.url, token)["roles"]}
    waiting, opened, kinds, dead = deque(["/start"]), set(), Counter(), set()
    while waiting:
        path = waiting.popleft()
        if path in opened or kinds[_kind(path)] >= OF_EACH_KIND:
            continue
        opened.add(path)
        kinds[_kind(path)] += 1
        page = browser.http.get(union.url + path, timeout=ANSWER)
        if not page.url.startswith(union.url + "/"):
            continue  # of a sign-on provider
        if page.status_code >= 400:
            dead.add(f"{path}: {page.status_code}")
        if "html" not in page.headers["Content-Type"]:
            continue
        ways = Ways(page.text)
        here = urlsplit(page.url).path
        for form in ways.forms:
            endpoint, _ = addresses.match(urlsplit(urljoin(here, form)).path, method="POST")
            needed = getattr(app.view_functions[endpoint], "roles", frozenset())
            if needed and not needed & roles:
                dead.add(f"{_kind(here)} shows a form for {sorted(needed)}: {_kind(form)}")
        for link in ways.links:
            address = urljoin(page.url, link).partition("#")[0]
            if address.startswith(union.url + "/") and not LEFT_OUT.match(path := address.removeprefix(union.url)):
                waiting.append(path)
    assert not dead, sorted(dead)
    assert len(opened) > 20


def test_who_looks_after_the_system_reaches_its_pages_from_the_menu(union):
    browser = Browser(union.url)
    browser.sign_in("ops")
    console = next(link for link in Ways(browser.open("/home").text).links if link.startswith("/console"))
    menu = Ways(browser.open(console).text).links
    assert {"/console/jobs", "/console/system/events"} <= set(menu)


def _me(url: str, token: str) -> dict:
    return requests.get(f"{url}/api/v1/me", cookies={"gonghui_session": token}, timeout=ANSWER).json()
