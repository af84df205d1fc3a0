"""Addresses, assets and menus: what holds without any service."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from uuid import UUID

import pytest
from flask import get_flashed_messages

import gateway
from gateway.portal import assets, navigation
from gateway.portal.exporting import written
from gateway.portal.people import unit_name
from gateway.portal.preferences import safe_next
from gateway.portal.service_calls import tell
from gateway.portal.template_globals import add_globals
from gateway.subjects import SUBJECTS
from services.chassis.errors import InvalidInput


def test_only_addresses_of_this_portal_are_gone_on_to(portal):
    for wanted, found in {
        "/me?x=1": "/me?x=1",
        "https://example.org/": "/start",
        "//example.org/": "/start",
        "/\\example.org": "/start",
        "javascript:alert(1)": "/start",
        "/a\r\nSet-Cookie: x": "/start",
        "": "/start",
    }.items():
        with portal.test_request_context("/sign-in", query_string={"next": wanted}):
            assert safe_next("/start") == found, wanted


def test_no_two_templates_have_one_name():
    """One would be drawn in the place of the other."""
    folder = Path(gateway.__file__).parent
    names = [path.as_posix().rpartition("/templates/")[2] for path in folder.rglob("templates/**/*.html")]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_assets_may_be_kept_for_ever_under_their_digest(portal):
    browser = portal.test_client()
    for name in ("bootstrap.css", "htmx.js", "portal.css", "icons.svg"):
        found = assets.asset(name)
        kept = browser.get(f"/assets/{found.digest}/{name}", headers={"Accept-Encoding": "gzip"})
        assert "immutable" in kept.headers["Cache-Control"]
        assert gzip.decompress(kept.data) == found.content
        assert browser.get(f"/assets/{'0' * 16}/{name}").headers["Cache-Control"] == "no-cache"
    assert browser.get("/assets/0/nothing.css").status_code == 404


def test_icons_in_use_are_a_small_part_of_the_sprite():
    assert len(assets.asset("icons.svg").packed) < 20_000


def test_a_spreadsheet_takes_no_text_of_ours_for_a_formula():
    content = written([("a", "甲"), ("b", "乙")], [{"a": "=1+1", "b": "张三"}, {"a": None, "b": "+1"}], "csv")
    assert content.decode("utf-8-sig").splitlines() == ["甲,乙", "'=1+1,张三", ",'+1"]


NO_PAGE = {
    f"portal.{name}"
    for name in (
        "photo_of_application", "photo_of_member", "unit_cards", "import_template", "job_file", "my_photo", "card_pdf",
        "import_progress", "birthday_run", "seats", "calendar_feed", "place_poster", "activity_calendar",
        "activity_poster", "console_search", "evidence_picture", "charity_receipt_file", "begin_contest",
        "begin_results", "begin_tournament", "begin_fixtures", "tournament_poster",
        "desk_list", "new_check_in_code", "attendance_certificate",
    )
}  # fmt: skip
"""Files, parts that a page fetches, ways on to another page, and the search, which no entry of the menu leads to."""


def _places(portal, beginnings):
    """Return the paths of pages that begin so, with ids that are nobody's and the first of the words that can stand."""
    for rule in portal.url_map.iter_rules():
        if rule.rule.startswith(beginnings) and "GET" in rule.methods and rule.endpoint not in NO_PAGE:
            yield re.sub(r"<any\((\w+)[^)]*\):\w+>", r"\1", re.sub(r"<uuid:\w+>", str(UUID(int=0)), rule.rule))


def test_the_menu_of_the_console_says_where_one_is_on_each_of_its_pages(portal):
    roles, lost = frozenset({"officer", "ops"}), []
    for path in _places(portal, ("/console", "/visits/")):
        with portal.test_request_context(path):
            entries = [entry for group in navigation.console_menu(roles) for entry in group.entries if entry.here]
            lost += [path] if len(entries) != 1 else []
    assert lost == []


def test_the_menu_of_a_member_says_where_one_is_on_each_of_his_pages(portal):
    for path in _places(portal, ("/home", "/me", "/todos", "/activities", "/calendar", "/life-events")):
        with portal.test_request_context(path):
            assert sum(entry.here for entry in navigation.member_menu()) == 1, path


def test_a_long_refusal_still_fits_into_the_cookie_that_carries_it(portal):
    with portal.test_request_context():
        tell(InvalidInput("长" * 5000, errors={f"field_{number}": ["错" * 500] for number in range(50)}))
        (told,) = get_flashed_messages()
        assert len(str(told).encode()) < 4000
        assert told["errors"]


def test_every_icon_a_page_or_an_entry_names_is_on_the_sheet():
    templates = Path(gateway.__file__).parent.rglob("*.html")
    named = {icon for path in templates for icon in re.findall(r"icon\('([a-z0-9-]+)'", path.read_text("utf-8"))}
    assert (named | SUBJECTS.icons) - set(assets.ICONS) == set()


def test_a_name_of_the_templates_is_set_once(portal):
    add_globals(portal, unit_name=unit_name)
    with pytest.raises(ValueError, match="unit_name"):
        add_globals(portal, unit_name=len)
