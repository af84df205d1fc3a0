"""Somebody at a browser: opens pages, fills in forms, and notices what a person would complain about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, ViewportSize

from tests.support.stack import PASSWORD
from tests.support.waiting import ANSWER, wait_until

SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}

NARROW: ViewportSize = {"width": 320, "height": 640}
"""The narrowest screen, or a desk's at four times its size: nothing may run out of it."""

OF_LIGHT = ["color-contrast"]
OF_WIDTH = ["scrollable-region-focusable", "target-size", *OF_LIGHT]
"""Rules of axe whose outcome depends on light or dark and on how wide the page is; the others are asked once a page."""

LANDMARKS = """() => {
  const shown = (tag) => [...document.querySelectorAll(tag)].filter((one) => one.checkVisibility());
  const name = (one) => one.getAttribute("aria-label") || one.getAttribute("aria-labelledby");
  const navigations = shown("nav").map(name);
  return [
    shown("h1").length === 1 || `${shown("h1").length} headings of the page`,
    shown("main").length === 1 || `${shown("main").length} main parts`,
    /^\\S.* · \\S/.test(document.title) || `the title is "${document.title}"`,
    navigations.every(Boolean) || "a navigation has no name",
    new Set(navigations).size === navigations.length || `two navigations are called alike: ${navigations}`,
  ].filter((one) => one !== true);
}"""
"""Names what a screen reader goes by and the page lacks."""

PICTURES_WANTED = "TEST_PICTURES" in os.environ
"""Pictures of every page take as long as loading them: they are taken for who wants to look at them."""

_axe = Axe()
_sessions: dict[tuple[str, str, str], list[Any]] = {}
"""Cookies after a sign-in, by union, name and password."""


class Visitor:
    """One person at one browser, with separate cookies.

    Args:
        browser: the running browser.
        url: where the union answers.
        size: phone or desktop.
        scripts: whether the browser runs scripts.
    """

    def __init__(self, browser: Browser, url: str, size: str = "desktop", *, scripts: bool = True) -> None:
        self.url = url
        self.size = size
        phone = size == "phone"
        self.context = browser.new_context(
            viewport=SIZES[size], is_mobile=phone, has_touch=phone, java_script_enabled=scripts, locale="zh-CN",
            reduced_motion="reduce",
        )  # fmt: skip
        self.context.set_default_timeout(1000 * ANSWER)
        self.context.add_cookies([{"name": "language", "value": "zh", "url": url}])
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error on {self.page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type} on {self.page.url}: {message.text}")

    def open(self, path: str, *, status: int = 200) -> Response:
        """Open a page and require its status; the browser's own remark about an expected error is no complaint."""
        response = self.page.goto(self.url + path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}, not {status}"
        if status >= 400:
            self.complaints = [text for text in self.complaints if "Failed to load resource" not in text]
        return response

    def forgives(self, *statuses: int) -> None:
        """Drop the browser's remarks about answers with these statuses: the test wanted them."""
        wanted = [f"status of {status}" for status in statuses]
        self.complaints = [text for text in self.complaints if not any(each in text for each in wanted)]

    def sign_in(self, username: str, password: str = PASSWORD) -> Visitor:
        """Sign in as a person does, or go on with the session that somebody opened so before."""
        known = (self.url, username, password)
        if known in _sessions:
            self.context.add_cookies(_sessions[known])
            self.open("/start")
        if known not in _sessions or "/sign-in" in self.page.url:
            self._sign_in_by_page(username, password)
            _sessions[known] = self.context.cookies()
        return self

    def _sign_in_by_page(self, username: str, password: str) -> None:
        self.open("/sign-in")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button of the content by its name, and wait for the page that follows."""
        where = within if within is not None else self.page.get_by_role("main")
        with self.page.expect_navigation():
            where.get_by_role("button", name=name, exact=True).first.click()

    def unfold(self, name: str) -> Locator:
        """Open the panel under a button and return it."""
        summary = self.page.get_by_role("main").locator("summary", has_text=name).first
        summary.click()
        return summary.locator("xpath=..")

    def asks(self, name: str) -> Locator:
        """Press a link that asks before many are acted on, and return its panel."""
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        panel = self.page.get_by_role("dialog", name=name)
        panel.wait_for()
        return panel

    def sees(self, text: str) -> bool:
        """Whether the content shows a text."""
        return text in self._shown()

    def must_see(self, text: str) -> None:
        """Require that the content shows a text."""
        shown = self._shown()
        assert text in shown, f"{self.page.url} does not show {text!r}:\n{shown}"

    def waits_to_see(self, text: str, path: str) -> None:
        """Reload a page until its content shows a text: what events change takes a moment."""
        wait_until(lambda: self._shows(text, path), what=f"{text} on {path}", moves=self._shown, pause=0.2)

    def _shows(self, text: str, path: str) -> bool:
        self.open(path)
        return self.sees(text)

    def _shown(self) -> str:
        return self.page.get_by_role("main").inner_text()

    def finds_no_fault(self, pictures: Path | None = None) -> None:
        """Check the page as it stands, then at the other width, both in light and dark, and on the narrowest screen.

        Axe finds nothing, there is one heading and every landmark has its name, nothing runs out of the screen, and no
        script complains.
        """
        self.page.evaluate("window.scrollTo(0, 0)")  # what the head covers is no small target
        lacking = self.page.evaluate(LANDMARKS)
        assert not lacking, f"{self.page.url}: {lacking}"
        self._fits(self.size, _axe.run(self.page).response["violations"], pictures)
        self._in_other_light()
        other = next(size for size in SIZES if size != self.size)
        self.page.set_viewport_size(SIZES[other])
        self._fits(other, self._violations(OF_WIDTH), pictures)
        self._in_other_light()
        self.page.set_viewport_size(NARROW)
        self._stays_inside("the narrowest")
        self.page.set_viewport_size(SIZES[self.size])

    def _in_other_light(self) -> None:
        """Check the contrasts as they are for who prefers the other of light and dark."""
        root, now = "document.documentElement.dataset.bsTheme", self.page.locator("html").get_attribute("data-bs-theme")
        other = "light" if now == "dark" else "dark"
        self.page.evaluate(f"{root} = '{other}'")
        told = _told(self._violations(OF_LIGHT))
        assert not told, f"{self.page.url} in {other}: {told}"
        self.page.evaluate(f"{root} = '{now}'")

    def _violations(self, rules: list[str]) -> list[dict[str, Any]]:
        options = {"resultTypes": ["violations"], "runOnly": rules}
        found: list[dict[str, Any]] = self.page.evaluate("options => axe.run(document, options)", options)["violations"]
        return found

    def _fits(self, size: str, violations: list[dict[str, Any]], pictures: Path | None) -> None:
        where = f"{self.page.url} at {size} size"
        if pictures is not None and PICTURES_WANTED:
            name = self.page.url.removeprefix(self.url).strip("/").replace("/", "_").replace("?", "_") or "front"
            self.page.screenshot(path=pictures / f"{name[:80]}-{size}.png", full_page=True)
        told = _told(violations)
        assert not told, f"{where}: {told}"
        self._stays_inside(size)
        assert not self.complaints, f"{where}: {self.complaints}"

    def _stays_inside(self, size: str) -> None:
        width = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{self.page.url} at {size} size: {width[0]} px wide on {width[1]} px"

    def leave(self) -> None:
        """Close the browser window."""
        self.context.close()


def _told(violations: list[dict[str, Any]]) -> list[str]:
    return [f"{found['id']}: {[node['html'][:200] for node in found['nodes'][:3]]}" for found in violations]
