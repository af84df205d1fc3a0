"""Addresses, assets and menus: what holds without any service."""

from __future__ import annotations

import gzip

from gateway.portal import assets
from gateway.portal.exporting import written
from gateway.portal.preferences import safe_next


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
