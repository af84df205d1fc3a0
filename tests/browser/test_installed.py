"""The portal installed on a phone: a page without network, nothing personal kept, all wiped at sign-out."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.browser.visitor import Visitor
from tests.support.machine import free_port
from tests.support.stack import Stack
from tests.support.waiting import wait_until

KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    kept[name] = requests.map((request) => new URL(request.url).pathname);
  }
  return kept;
}"""
WALK = ("/home", "/me/card", "/me/record", "/me/benefits", "/messages", "/todos", "/scan", "/activities", "/calendar")


def kept(somebody: Visitor) -> dict[str, list[str]]:
    found: dict[str, list[str]] = somebody.page.evaluate(KEPT)
    return found


def controlled(somebody: Visitor) -> None:
    """Wait until the worker stands between the page and the network."""
    wait_until(
        lambda: somebody.page.evaluate("navigator.serviceWorker.controller !== null"),
        what="a worker that controls the page",
        moves=lambda: somebody.page.evaluate("navigator.serviceWorker.ready.then((it) => it.active?.state)"),
        pause=0.2,
    )


class Server:
    """An address of the union that can stop to answer while the union goes on for others."""

    def __init__(self, behind: str) -> None:
        self._port = free_port()
        self._command = [sys.executable, "-m", "tests.support.forwarder", str(self._port), behind]
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command)
        wait_until(self._answers, what="an open port", moves=self._process.poll)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=5):
            return True
        return False


@pytest.fixture
def server(union: Stack) -> Iterator[Server]:
    server = Server(union.url.rpartition(":")[2])
    yield server
    server.stop()


def test_the_worker_shows_a_page_when_the_server_stops_and_keeps_nothing_personal(browser, server):
    member = Visitor(browser, server.url, "phone").sign_in("member")
    member.open("/home")
    controlled(member)
    for path in WALK:
        member.open(path)
    member.page.evaluate("fetch('/api/v1/me/card').then((answer) => answer.json())")
    (paths,) = kept(member).values()
    assert "/offline" in paths
    assert all(path == "/offline" or path.startswith("/assets/") for path in paths)
    assert len(paths) > 5

    server.stop()
    member.page.goto(f"{server.url}/me/card")
    member.page.get_by_role("heading", name="没有网络").wait_for()
    assert member.page.locator("svg.icon").first.bounding_box()["width"] > 20
    member.complaints.clear()  # the browser remarks on each address that does not answer
    member.finds_no_fault()
    server.start()
    member.page.get_by_role("link", name="再试一次").click()
    member.page.get_by_text("我的报名").first.wait_for()
    member.leave()


def test_signing_out_wipes_what_was_kept_for_somebody(visitor):
    member = visitor("delegate")
    member.open("/me/settings")
    controlled(member)
    keep = "caches.open('gonghui-event-1').then((cache) => cache.put('/api/v1/me', new Response('personal')))"
    member.page.evaluate(keep)
    member.page.evaluate("localStorage.setItem('kept', 'personal')")
    assert "gonghui-event-1" in kept(member)
    _sign_out(member)
    wait_until(lambda: "gonghui-event-1" not in kept(member), what="a wiped cache", moves=lambda: str(kept(member)))
    assert member.page.evaluate("localStorage.getItem('kept')") is None


def test_the_message_alone_wipes_too(visitor):
    member = visitor("mediator")
    member.open("/home")
    controlled(member)
    member.page.evaluate("caches.open('gonghui-event-1')")
    member.page.evaluate("document.dispatchEvent(new Event('signed-out'))")
    wait_until(lambda: len(kept(member)) == 1, what="a wiped cache", moves=lambda: str(kept(member)))


def test_the_hint_is_shown_where_installing_is_possible_and_can_be_dismissed(visitor):
    member = visitor("member")
    member.open("/home")
    hint = member.page.get_by_role("complementary", name="安装到桌面")
    assert not hint.is_visible()
    member.page.evaluate("window.dispatchEvent(new Event('beforeinstallprompt', { cancelable: true }))")
    hint.wait_for()
    member.finds_no_fault()
    hint.get_by_role("button", name="不再提示").click()
    assert not hint.is_visible()
    member.open("/home")
    member.page.evaluate("window.dispatchEvent(new Event('beforeinstallprompt', { cancelable: true }))")
    assert not hint.is_visible()


def _sign_out(somebody: Visitor) -> None:
    """Sign out by the page's own form, which a phone shows on another page than a desktop."""
    form: Any = somebody.page.locator("form[action$='/sign-out']").first
    with somebody.page.expect_navigation():
        form.evaluate("form => form.requestSubmit()")
