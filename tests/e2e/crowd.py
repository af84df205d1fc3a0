"""Many people doing things during a fault; each repeats a request with the same key until there is an answer."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import requests

from tests.e2e.stories import activity, in_days
from tests.support.api import Api, eventually
from tests.support.stack import Stack
from tests.support.waiting import ANSWER, wait_until

SHORT_DEADLINE = {"GONGHUI_RPC_DEADLINE": "10"}
"""For a union whose services go away: a crowd repeats what was not answered, so that it need not wait long."""


class Crowd:
    """Schedules activities and registers for them while the block runs, or until told to stop."""

    def __init__(self, stack: Stack, size: int = 6) -> None:
        self.stack = stack
        self.size = size
        self.made: list[str] = []
        self.unanswered = 0
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._officer = Api(stack.url).sign_in("officer")
        self._member = Api(stack.url).sign_in("member")

    def __enter__(self) -> Crowd:
        """Begin."""
        self._threads = [threading.Thread(target=self._one, daemon=True) for _ in range(self.size)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        """Let everybody finish. Raises AssertionError when somebody never got an answer."""
        self._stop.set()
        if raised[0] is None:
            self._wait(lambda: not [thread for thread in self._threads if thread.is_alive()], "the last answers")

    def wait_for_more(self, count: int) -> None:
        """Wait until `count` more activities were made than there are now, or somebody never got an answer."""
        aim = len(self.made) + count
        self._wait(lambda: len(self.made) >= aim, f"{count} more activities")

    def wait_for_trouble(self) -> None:
        """Wait until somebody gets no answer."""
        before = self.unanswered
        self._wait(lambda: self.unanswered > before, "somebody without an answer")

    def _wait(self, look: Any, what: str) -> None:
        wait_until(look, what=what, moves=self._moves, failed=lambda: next(iter(self.failures), None))
        assert not self.failures, self.failures[0]

    def _moves(self) -> int:
        return len(self.made)

    def _one(self) -> None:
        try:
            while not self._stop.is_set():
                body = activity(
                    capacity=50, title=f"活动 {uuid4().hex[:8]}", starts_at=in_days(30), ends_at=in_days(31)
                )
                made = self._until_answered(self._officer, "/activities", body)
                self._until_answered(self._member, f"/activities/{made['id']}/registrations", {})
                self.made.append(made["id"])
        except Exception as error:
            self.failures.append(f"{type(error).__name__}: {error}")

    def _until_answered(self, caller: Api, path: str, body: dict[str, object]) -> dict[str, str]:
        key = str(uuid4())
        return wait_until(lambda: self._try(caller, path, body, key), what=path, moves=self._moves, pause=0.2)

    def _try(self, caller: Api, path: str, body: dict[str, object], key: str) -> dict[str, str]:
        """Return the answer, nothing where there was none."""
        # Each thread has a connection of its own: a session is not made for several at once.
        headers = {"Authorization": caller.http.headers["Authorization"], "Idempotency-Key": key}
        try:
            answer = requests.post(f"{self.stack.url}/api/v1{path}", json=body, headers=headers, timeout=ANSWER)
        except requests.RequestException:
            self.unanswered += 1
            return {}
        if answer.status_code in (200, 201):
            return answer.json()
        assert answer.status_code in (502, 503, 504), f"{path}: {answer.status_code} {answer.text[:300]}"
        self.unanswered += 1
        return {}

    def everything_stands(self) -> None:
        """Check that each activity answered for is there, with one seat taken, and none twice."""
        officer = Api(self.stack.url).sign_in("officer")
        assert len(set(self.made)) == len(self.made)
        for activity_id in self.made:
            page = eventually(lambda path=f"/activities/{activity_id}/registrations": _answer(officer, path))
            assert [row["state"] for row in page["items"]] == ["confirmed"]


def _answer(caller: Api, path: str) -> Any:
    """An answer, None while the service is busy coming back."""
    answer = caller.send("GET", path)
    assert answer.ok or answer.status_code in (502, 503, 504), f"{path}: {answer.status_code} {answer.text[:300]}"
    return answer.json() if answer.ok else None
