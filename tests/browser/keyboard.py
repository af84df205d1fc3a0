"""A visitor without a mouse: goes from part to part with the tab key and knows each by its role and its name.

What is looked for is what a screen reader would say; where the focus stands must be told by both and be seen.
"""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor

FAR = 120
"""Presses of the tab key after which somebody gives up."""

SEEN = """one => {
  const { top, bottom, left, right } = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return `it lies at ${left}, ${top}`;
  return style.outlineStyle === "none" && style.boxShadow === "none" ? "nothing shows it" : null;
}"""
"""Says why somebody who looks cannot see that this has the focus; null where they can."""


class Keyboard:
    """The keys of a visitor's browser.

    Args:
        visitor: who uses it.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def hears(self) -> str:
        """Return how a screen reader calls what has the focus: its role and its name."""
        focused = self.page.locator(":focus")
        if focused.count() == 0:
            return "nothing"
        told = focused.aria_snapshot().partition("\n")[0].removeprefix("- ")
        return told or focused.evaluate("one => one.tagName.toLowerCase()")

    def has(self, wanted: Locator) -> bool:
        """Whether one of these has the focus."""
        return bool(wanted.evaluate_all("found => found.includes(document.activeElement)"))

    def skips_to_the_content(self) -> None:
        """Use the link that every page begins with."""
        self.page.keyboard.press("Tab")
        assert self.has(self.page.get_by_role("link", name="跳到正文")), f"{self.page.url} begins with {self.hears()}"
        self.page.keyboard.press("Enter")
        assert self.has(self.page.get_by_role("main")), f"{self.page.url}: {self.hears()}"

    def goes_to(self, role: str, name: str, *, within: int = FAR) -> None:
        """Press the tab key until something of this role and name has the focus.

        Raises:
            AssertionError: it was not reached within so many presses, or cannot be seen there.
        """
        self._reaches(self.page.get_by_role(role, name=name, exact=True), f"{role} {name}", within)  # type: ignore[arg-type]

    def opens(self, words: str) -> None:
        """Go to what unfolds a panel or opens a dialog, and open it."""
        self._reaches(self.page.locator("summary, button").filter(has_text=words), words, FAR)
        self.page.keyboard.press("Enter")

    def _reaches(self, wanted: Locator, words: str, within: int) -> None:
        passed = []
        while not self.has(wanted):
            assert len(passed) < within, f"{words} is not within {within} presses on {self.page.url}: {passed}"
            self.page.keyboard.press("Tab")
            passed.append(self.hears())
        lacking = self.page.locator(":focus").evaluate(SEEN)
        assert not lacking, f"{words} on {self.page.url} has the focus, but {lacking}"

    def fills_in(self, name: str, text: str, role: str = "textbox") -> None:
        """Go to a field and type."""
        self.goes_to(role, name)
        self.page.keyboard.type(text)

    def dates(self, name: str, day: str) -> None:
        """Go to a field for a date and type its parts, in the order in which this browser has them."""
        self._reaches(self.page.get_by_label(name), name, FAR)
        year, month, last = day.split("-")
        field = self.page.locator(":focus")
        for parts in ((month, last, year), (year, month, last), (last, month, year)):
            for part in parts:
                self.page.keyboard.type(part)
                if part == year:
                    self.page.keyboard.press("ArrowRight")
            if field.input_value() == day:
                return
            for _ in parts:
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{name} does not take {day}: {field.input_value()}")

    def picks(self, first: str, name: str) -> None:
        """Go to the first of a group of choices and press the arrow until the one of this name is chosen."""
        self.goes_to("radio", first)
        wanted = self.page.get_by_role("radio", name=name, exact=True)
        for _ in range(self.page.get_by_role("radio").count()):
            if self.has(wanted):
                break
            self.page.keyboard.press("ArrowRight")
        assert wanted.is_checked()

    def chooses(self, name: str, value: str) -> None:
        """Go to a list and press the arrow until the choice stands."""
        self.goes_to("combobox", name)
        chosen = self.page.locator(":focus")
        address = self.page.url
        for _ in range(chosen.locator("option").count()):
            if chosen.input_value() == value:
                break
            self.page.keyboard.press("ArrowDown")
            assert self.page.url == address, f"{address}: choosing {name} leads away"
        assert chosen.input_value() == value

    def ticks(self, name: str) -> None:
        """Go to a box and tick it."""
        self.goes_to("checkbox", name)
        self.page.keyboard.press("Space")
        assert self.page.locator(":focus").is_checked()

    def enters(self) -> None:
        """Press Enter and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follows(self, role: str, name: str) -> None:
        """Go to a link or button and press it."""
        self.goes_to(role, name)
        self.enters()

    def is_told(self, text: str, role: str = "status") -> None:
        """Require that the page says something in a part that is read out."""
        told = self.page.get_by_role(role).filter(has_text=text)  # type: ignore[arg-type]
        assert told.count(), f"{self.page.url} does not tell {text!r}"
