"""No page leads its reader to one that refuses them: every link opens, every button is for who sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import flask
import pytest
import requests
from werkzeug.routing import MapAdapter

from gateway.portal import init_app
from gateway.subject import install
from gateway.subjects import SUBJECTS
from tests.browser.conftest import MEMBERS
from tests.e2e.stories import newcomer, unit_of
from tests.e2e.test_portal_safety import Browser
from tests.support.api import Api
from tests.support.crawler import Crawl
from tests.support.html_forms import FoundPage
from tests.support.stack import Stack, embedded_stack

STRANGER, APPLICANT = "stranger", "applicant"
OFFICE = ("officer", "chair", "auditor")
READERS = (*OFFICE, "ops", "member", "delegate", "handler", "mediator", "judge", APPLICANT, STRANGER)
STARTS = ("/start", "/home", "/me", "/console")
IN_PUBLIC = ("/", "/join", "/sign-in")
RIGHTS = frozenset({
    "role_allows", "own_unit", "own_record", "own_application", "holder_allows", "calendar.own_unit",
    "visits.level_is_ours", "visits.evidence_is_for_few", "visits.own_life_event", "visits.caller_is_a_member",
    "transfer.own_transfer", "transfer.decider_is_in_charge", "organisation.own_delegation",
    "entitlements.caller_is_a_member", "birthdays.caller_is_a_member", "registration.applicant_is_a_member",
})  # fmt: skip
"""Rules that tell a reader that something is not theirs to do; every other one speaks of the matter."""
OF_THE_SESSION = frozenset({"portal.sign_out", "portal.sign_in"})
OF_EVERY_PAGE = frozenset({"portal.choose_language", "portal.choose_theme"})
PASSPHRASE = "a-long-phrase-of-one's-own"


@pytest.fixture(scope="module")
def spare(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A union of its own: here every button is pressed."""
    with embedded_stack(tmp_path_factory.mktemp("spare"), MEMBERS, loaded) as stack:
        yield stack


@pytest.fixture(scope="module")
def addresses() -> MapAdapter:
    """The addresses of the portal's pages."""
    app = flask.Flask("portal", static_folder=None)
    install(app, SUBJECTS)
    init_app(app)
    return app.url_map.bind("localhost")


@pytest.fixture(scope="module")
def crawl(spare: Stack, addresses: MapAdapter) -> Callable[[str], Crawl]:
    """`crawl("chair")` is what that reader found, walked once."""
    walked: dict[str, Crawl] = {}

    def walk(reader: str) -> Crawl:
        if reader not in walked:
            password = _apply(spare.url) if reader == APPLICANT else None
            starts = IN_PUBLIC if reader == STRANGER else (*STARTS[: 4 if reader in OFFICE else 3], *IN_PUBLIC)
            walked[reader] = Crawl(spare.url, addresses, lambda: _session(spare.url, reader, password), starts).walk()
        return walked[reader]

    return walk


def _session(url: str, reader: str, password: str | None) -> requests.Session:
    browser = Browser(url)
    if reader != STRANGER:
        given = (password,) if password else ()
        assert browser.sign_in(reader, *given).status_code == 303
    return browser.http


def _apply(url: str) -> str:
    """Apply for membership with an account of the applicant's own; return its password."""
    form = newcomer(unit_of(Api(url).sign_in("chair")), username=APPLICANT, password=PASSPHRASE)
    Api(url).post("/membership/applications", form, status=201)
    return PASSPHRASE


@pytest.mark.parametrize("reader", READERS)
def test_no_link_leads_to_a_page_that_does_not_open(crawl, reader):
    found = crawl(reader)
    assert not found.dead, "\n".join(sorted(found.dead))
    assert len(found.pages) > (3 if reader == STRANGER else 10)


@pytest.mark.parametrize("reader", [*OFFICE, "ops", "member", APPLICANT, STRANGER])
def test_no_button_is_shown_to_somebody_who_may_not_press_it(crawl, reader):
    found = crawl(reader)
    known = set(found.dead)
    assert found.press_all(RIGHTS, OF_THE_SESSION, OF_EVERY_PAGE) > 2
    assert not found.dead - known, "\n".join(sorted(found.dead - known))


def test_who_looks_after_the_system_reaches_its_pages_from_the_menu(union):
    browser = Browser(union.url)
    browser.sign_in("ops")
    console = next(link for link in FoundPage(browser.open("/home").text).links if link.startswith("/console"))
    menu = FoundPage(browser.open(console).text).links
    assert {"/console/jobs", "/console/system/events"} <= set(menu)
