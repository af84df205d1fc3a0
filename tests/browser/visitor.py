"""Somebody at a browser: opens pages, fills in forms, and notices what a person would complain about."""

from __future__ import annotations

import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, ViewportSize

from tests.support.stack import PASSWORD

SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}
LONGEST_WAIT = 30.0
"""Seconds after which what an event should have changed on a page counts as lost."""

_axe = Axe()


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
            viewport=SIZES[size], is_mobile=phone, has_touch=phone, java_script_enabled=scripts, locale="zh-CN"
        )
        self.context.set_default_timeout(15_000)
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

    def sign_in(self, username: str, password: str = PASSWORD) -> Visitor:
        """Sign in as a person does, and say who that is."""
        self.open("/sign-in")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

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

    def sees(self, text: str) -> bool:
        """Whether the content shows a text."""
        return text in self.page.get_by_role("main").inner_text()

    def must_see(self, text: str) -> None:
        """Require that the content shows a text."""
        shown = self.page.get_by_role("main").inner_text()
        assert text in shown, f"{self.page.url} does not show {text!r}:\n{shown}"

    def waits_to_see(self, text: str, path: str) -> None:
        """Reload a page until its content shows a text: what events change takes a moment."""
        end = time.monotonic() + LONGEST_WAIT
        while True:
            self.open(path)
            if self.sees(text):
                return
            assert time.monotonic() < end, f"{path} never showed {text}: {self.page.get_by_role('main').inner_text()}"
            time.sleep(0.2)

    def finds_no_fault(self, pictures: Path | None = None) -> None:
        """Check the page as it stands: axe finds nothing, nothing runs out of the screen, no script complains."""
        where = f"{self.page.url} at {self.size} size"
        if pictures is not None:
            name = self.page.url.removeprefix(self.url).strip("/").replace("/", "_").replace("?", "_") or "front"
            self.page.screenshot(path=pictures / f"{name[:80]}-{self.size}.png", full_page=True)
        violations = _axe.run(self.page).response["violations"]
        told = [f"{found['id']}: {[node['html'][:200] for node in found['nodes'][:3]]}" for found in violations]
        assert not told, f"{where}: {told}"
        width = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{where}: {width[0]} px wide on {width[1]} px"
        assert not self.complaints, f"{where}: {self.complaints}"

    def leave(self) -> None:
        """Close the browser window."""
        self.context.close()
