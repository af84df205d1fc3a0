"""One reader who goes through the portal: every page within reach, each link of it, each button of its forms.

Of the pages of one kind (one view with the same names in its query) a few are read, of the links of one kind on a page
a few that lie apart: a list of a hundred members is not a hundred pages to look at, but its first is often the
reader's own and the others are not.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.support.html_forms import FoundPage, Press
from tests.support.waiting import ANSWER

PAGES_OF_A_KIND = 3
LINKS_OF_A_KIND = 6
PRESSES_OF_A_KIND = 2

Kind = tuple[str, ...]


def spread(found: Sequence[str], most: int) -> list[str]:
    """Return at most so many of them: the first, the last and some between, in their order."""
    if len(found) <= most:
        return list(found)
    return [found[round(at * (len(found) - 1) / (most - 1))] for at in range(most)]


@dataclass
class Crawl:
    """Goes through the portal as one reader.

    Args:
        url: where the union answers.
        addresses: the portal's pages, to tell their kinds.
        sign_in: returns a new session of the reader.
        starts: addresses the reader knows without a link.
    """

    url: str
    addresses: MapAdapter
    sign_in: Callable[[], requests.Session]
    starts: Sequence[str]
    dead: set[str] = field(default_factory=set)
    pages: dict[str, FoundPage] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    fetched: dict[str, requests.Response] = field(default_factory=dict)
    kinds: Counter[Kind] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.http = self.sign_in()

    def kind(self, address: str, method: str = "GET") -> Kind:
        """Return the view of an address of the portal with the names in its query; the path of any other address."""
        parts = urlsplit(address)
        try:
            view = str(self.addresses.match(parts.path, method=method)[0])
        except HTTPException:
            view = parts.path
        return (view, *sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))

    def walk(self) -> Crawl:
        """Read the pages within reach and follow their links; what is dead is noted as page, link and status."""
        waiting = deque(self.starts)
        while waiting:
            path = waiting.popleft()
            if path in self.pages or not self._wants(path):
                continue
            self.kinds[self.kind(path)] += 1
            page = self._read(path)
            if page is None:
                continue
            self.pages[path] = page
            for link in self._links(path, page):
                status = self.status(link)
                if status >= 400:
                    self.dead.add(f"{path} → {link} → {status}")
                elif self._wants(link):
                    waiting.append(link)
        self.fetched.clear()
        return self

    def _wants(self, path: str) -> bool:
        """Whether fewer pages of this kind were read than are to be."""
        return self.kinds[self.kind(path)] < PAGES_OF_A_KIND

    def status(self, path: str) -> int:
        """Return the status an address answers with in the end; a page that is to be read is kept for that."""
        if path not in self.answers:
            with self.http.get(self.url + path, timeout=ANSWER, stream=True) as answer:
                self.answers[path] = answer.status_code if answer.url.startswith(self.url) else 200
                if self._wants(path) and "html" in answer.headers.get("Content-Type", "") and answer.content:
                    self.fetched[path] = answer
        return self.answers[path]

    def _read(self, path: str) -> FoundPage | None:
        answer = self.fetched.pop(path, None) or self.http.get(self.url + path, timeout=ANSWER)
        self.answers[path] = answer.status_code
        here = answer.url.removeprefix(self.url)
        if "html" not in answer.headers.get("Content-Type", "") or here == answer.url or here in self.pages:
            return None
        return FoundPage(answer.text)

    def _links(self, path: str, page: FoundPage) -> Iterator[str]:
        """Yield the links of a page to look at, each once; also where its forms for looking things up lead."""
        by_kind: dict[Kind, list[str]] = defaultdict(list)
        looking = [form.action for form in page.forms if form.method == "get"]
        for link in dict.fromkeys([*page.links, *looking]):
            address = urljoin(self.url + path, link).partition("#")[0]
            if address.startswith(self.url + "/"):
                by_kind[self.kind(found := address.removeprefix(self.url))].append(found)
        for alike in by_kind.values():
            yield from spread(alike, LINKS_OF_A_KIND)

    def press_all(self, refusals: frozenset[str], left_out: frozenset[str], once: frozenset[str]) -> int:
        """Press the buttons of the pages that were read, each as its page shows it now; return how many.

        Args:
            refusals: rules that say that the reader may not do it at all.
            left_out: views that end the session or change who is signed in.
            once: views whose button stands on every page and is another one on all of them after it was pressed.
        """
        pressed = Counter[Kind]()
        for path, page in self.pages.items():
            for wanted in self._presses(page):
                kind = (*self.kind(urljoin(path, wanted.address), "POST"), wanted.button)
                if kind[0] in left_out or pressed[kind] >= (1 if kind[0] in once else PRESSES_OF_A_KIND):
                    continue
                pressed[kind] += self._press(path, wanted, refusals)
        return pressed.total()

    @staticmethod
    def _presses(page: FoundPage) -> Iterator[Press]:
        for form in page.forms:
            if form.method == "post":
                yield from form.presses()

    def _press(self, path: str, wanted: Press, refusals: frozenset[str]) -> bool:
        """Press a button if its page still shows it; whether it did."""
        page = self.http.get(self.url + path, timeout=ANSWER)
        if page.url.partition("?")[0].endswith("/sign-in") and "/sign-in" not in path:
            self.http = self.sign_in()
            page = self.http.get(self.url + path, timeout=ANSWER)
        same = (wanted.address, wanted.button)
        now = next((one for one in self._presses(FoundPage(page.text)) if (one.address, one.button) == same), None)
        if now is None:
            return False
        answer = self.http.post(urljoin(page.url, now.address), data=now.filled, timeout=ANSWER)
        refused = refusals & FoundPage(answer.text).codes if "html" in answer.headers["Content-Type"] else frozenset()
        if answer.status_code in (403, 404) or answer.status_code >= 500 or refused:
            self.dead.add(f"{path} → {now.address} ({now.button}) → {answer.status_code} {' '.join(sorted(refused))}")
        return True
