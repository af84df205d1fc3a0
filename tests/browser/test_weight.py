"""What a page costs a phone: bytes and requests on the wire, without a cache."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visitor import Visitor

MOST_BYTES = 110_000
MOST_REQUESTS = 10
PAGES = [
    ("member", "/home"),
    ("member", "/activities"),
    ("member", "/life-events/new"),
    ("officer", "/console"),
    ("officer", "/console/members"),
    ("officer", "/console/activities/new"),
    (None, "/"),
]


class Wire:
    """Listens to what a page fetches."""

    def __init__(self, one: Visitor) -> None:
        self.asked: list[str] = []
        self.bytes = 0
        self.session = one.context.new_cdp_session(one.page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.session.send("Network.setBypassServiceWorker", {"bypass": True})
        self.session.on("Network.requestWillBeSent", self._ask)
        self.session.on("Network.loadingFinished", self._finish)

    def _ask(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.asked.append(event["request"]["url"])

    def _finish(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])


@pytest.mark.parametrize(("username", "path"), PAGES)
def test_a_page_is_light(visitor, username, path):
    one = visitor(username) if username else visitor()
    wire = Wire(one)
    one.open(path)
    one.page.wait_for_load_state("load")
    assert len(wire.asked) <= MOST_REQUESTS, wire.asked
    assert 0 < wire.bytes <= MOST_BYTES, (wire.bytes, wire.asked)
