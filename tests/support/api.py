"""Talking to a running union over HTTP, as a program would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import requests

from tests.support.stack import PASSWORD
from tests.support.waiting import ANSWER, wait_until


class Api:
    """One caller of the HTTP API; anonymous until it signs in."""

    def __init__(self, url: str, http: requests.Session | None = None) -> None:
        self.url = url
        self.http = requests.Session() if http is None else http

    def sign_in(self, username: str, password: str = PASSWORD) -> Api:
        """Sign in and carry the bearer token from now on."""
        token = self.post("/sessions", {"username": username, "password": password}, status=201)["token"]
        self.http.headers["Authorization"] = f"Bearer {token}"
        return self

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request and return the raw response. `path` is below /api/v1."""
        return self.http.request(method, f"{self.url}/api/v1{path}", timeout=ANSWER, **options)

    def ask(self, method: str, path: str, status: int, **options: Any) -> Any:
        """Send a request, require its status, and return the JSON answer."""
        response = self.send(method, path, **options)
        assert response.status_code == status, f"{method} {path}: {response.status_code} {response.text[:2000]}"
        return response.json() if response.content else None

    def get(self, path: str, *, status: int = 200, **query: Any) -> Any:
        """GET a path with a query."""
        return self.ask("GET", path, status, params=query)

    def post(self, path: str, body: Any = None, *, status: int = 200, headers: dict[str, str] | None = None) -> Any:
        """POST a JSON body."""
        return self.ask("POST", path, status, json=body if body is not None else {}, headers=headers)

    def delete(self, path: str, *, status: int = 200) -> Any:
        """DELETE a path."""
        return self.ask("DELETE", path, status)

    def all(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Return every item of a list, page by page."""
        items: list[dict[str, Any]] = []
        cursor = None
        while True:
            page = self.get(path, limit=100, **query, **({"cursor": cursor} if cursor else {}))
            items += page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return items


def eventually(look: Callable[[], Any], moves: Callable[[], Any] | None = None) -> Any:
    """Look again until the answer is true, and return it; see `wait_until`.

    Args:
        look: asks the union.
        moves: what changes as the union's work goes on; the answer of `look` when absent.
    """
    return wait_until(look, what="the effect of an event", moves=moves, pause=0.1)
