"""Many people doing things during a fault; each repeats a request with the same key until there is an answer."""

from __future__ import annotations

import threading
import time
from uuid import uuid4

import requests

from tests.e2e.stories import activity, in_days
from tests.support.api import Api
from tests.support.stack import PASSWORD, Stack
from tests.support.waiting import wait_until

PATIENCE = 120.0


class Crowd:
    """Schedules activities and registers for them, until told to stop."""

    def __init__(self, stack: Stack, size: int = 6) -> None:
        self.stack = stack
        self.size = size
        self.made: list[str] = []
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._officer = Api(stack.url).sign_in("officer")
        self._member = Api(stack.url).sign_in("member")

    def start(self) -> None:
        """Begin."""
        self._threads = [threading.Thread(target=self._one) for _ in range(self.size)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let all requests finish. Raises AssertionError when one never got an answer."""
        self._stop.set()
        for thread in self._threads:
            thread.join(2 * PATIENCE + 30)  # two answers may be due, each with a last request on its way
        assert not self.failures, self.failures[0]
        assert not [thread for thread in self._threads if thread.is_alive()], "somebody still waits for an answer"

    def wait_for_more(self, count: int, seconds: float = 180) -> None:
        """Wait until `count` more activities were made than there are now, or somebody never got an answer."""
        aim = len(self.made) + count
        wait_until(
            lambda: len(self.made) >= aim,
            seconds=seconds,
            what=f"{count} more activities",
            failed=lambda: self.failures[0] if self.failures else None,
        )

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
        key, end = str(uuid4()), time.monotonic() + PATIENCE
        while True:
            answer = self._try(caller, path, body, key)
            if answer is not None and answer.status_code in (200, 201):
                return answer.json()
            told = "no answer" if answer is None else f"{answer.status_code} {answer.text[:300]}"
            assert answer is None or answer.status_code in (502, 503, 504), told
            assert time.monotonic() < end, f"{path}: {told}"
            time.sleep(0.2)

    def _try(self, caller: Api, path: str, body: dict[str, object], key: str) -> requests.Response | None:
        # Each thread has a connection of its own: a session is not made for several at once.
        headers = {"Authorization": caller.http.headers["Authorization"], "Idempotency-Key": key}
        try:
            return requests.post(f"{self.stack.url}/api/v1{path}", json=body, headers=headers, timeout=15)
        except requests.RequestException:
            return None

    def everything_stands(self) -> None:
        """Check that each activity answered for is there, with one seat taken, and none twice."""
        officer = Api(self.stack.url).sign_in("officer", PASSWORD)
        assert len(set(self.made)) == len(self.made)
        for activity_id in self.made:
            page = officer.get(f"/activities/{activity_id}/registrations")
            assert [row["state"] for row in page["items"]] == ["confirmed"]
