"""What a reader can follow and press on a page of HTML: its links, and its forms with a plausible input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from services.chassis.clock import today

Attributes = dict[str, str]
TYPED = {
    "email": "nobody@union.example", "tel": "19900000000", "number": "1", "date": f"{today()}",
    "month": f"{today():%Y-%m}", "time": "09:00", "datetime-local": f"{today()}T09:00",
}  # fmt: skip
"""What is typed into a required field of a type; every other one gets a few words."""
WORDS = "核对页面"


@dataclass(frozen=True)
class Press:
    """One button of a form: where it sends the input, and the input with the button's own value."""

    method: str
    address: str
    button: str
    filled: list[tuple[str, str]]


@dataclass
class FoundForm:
    """A form of a page as its reader finds it, with its required fields filled in."""

    method: str
    action: str
    filled: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[Attributes] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    """First value of every group of boxes or buttons, for those where none is chosen."""

    def presses(self) -> Iterator[Press]:
        """Yield what each of its buttons sends."""
        chosen = {name for name, _ in self.filled}
        rest = [(name, value) for name, value in self.groups.items() if name not in chosen]
        for button in self.buttons or [{}]:
            own = [(button["name"], button.get("value", ""))] if "name" in button else []
            words = "=".join(own[0]) if own else ""
            yield Press(self.method, button.get("formaction", self.action), words, [*self.filled, *rest, *own])


class FoundPage(HTMLParser):
    """The links and forms of a page, and the identifiers it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[FoundForm] = []
        self.codes: set[str] = set()
        self._form: FoundForm | None = None
        self._select: Attributes | None = None
        self._options: list[Attributes] = []
        self._in_code = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a form or a field."""
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif tag == "form":
            self._form = FoundForm(found.get("method", "get").lower(), found.get("action", ""))
            self.forms.append(self._form)
        elif tag == "code":
            self._in_code = True
        elif self._form is not None:
            self._field(self._form, tag, found)

    def _field(self, form: FoundForm, tag: str, found: Attributes) -> None:
        if tag == "button" and found.get("type", "submit") == "submit":
            form.buttons.append(found)
        elif tag == "input" and found.get("name"):
            self._input(form, found)
        elif tag == "textarea" and "required" in found:
            form.filled.append((found["name"], WORDS))
        elif tag == "select":
            self._select, self._options = found, []
        elif tag == "option" and self._select is not None:
            self._options.append(found)

    @staticmethod
    def _input(form: FoundForm, found: Attributes) -> None:
        kind, name, value = found.get("type", "text"), found["name"], found.get("value", "")
        if kind in ("checkbox", "radio"):
            form.groups.setdefault(name, value)
            if "checked" in found:
                form.filled.append((name, value))
        elif kind != "file":
            form.filled.append((name, value or (TYPED.get(kind, WORDS) if "required" in found else "")))

    def handle_endtag(self, tag: str) -> None:
        """Note what was chosen in a list, and the end of a form."""
        if tag == "select" and self._select is not None and self._form is not None:
            values = [option.get("value", "") for option in self._options if "selected" in option]
            offered = [option.get("value", "") for option in self._options]
            if "required" in self._select and not any(values):
                values = [value for value in offered if value][:1]
            self._form.filled += [(self._select.get("name", ""), value) for value in (values or offered[:1])[:1]]
            self._select = None
        elif tag == "form":
            self._form = None
        elif tag == "code":
            self._in_code = False

    def handle_data(self, data: str) -> None:
        """Note an identifier, as of the rule that refused something."""
        if self._in_code:
            self.codes.add(data.strip())
