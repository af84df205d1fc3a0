"""The process that reads foreign files: what it lacks, and what becomes of a file that is too much for it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import eventlet
import pytest

from services.chassis.errors import InvalidInput
from services.chassis.files import parser_process
from services.chassis.files.parser_process import MEGABYTE, Reading, parsed
from tests.support.readings import echo, hostile, tell
from tests.support.waiting import PATIENCE

SMALL = Reading(
    "trial", memory=128 * MEGABYTE, cpu_seconds=2, seconds=int(PATIENCE), most_answer=MEGABYTE,
    unreadable=lambda why: InvalidInput(why, rule="trial.can_be_read", field="file"),
)  # fmt: skip
ROOT = str(Path(__file__).resolve().parents[3])


@pytest.fixture(autouse=True)
def found_by_the_child(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The child imports what is installed; these functions are in the tests, which are not."""
    run = parser_process.subprocess.Popen

    def started(command: list[str], **kwargs: Any) -> Any:
        begin = (
            f"import sys; sys.path.insert(0, {ROOT!r}); from services.chassis.files.parser_child import main; main()"
        )
        return run([sys.executable, "-I", "-B", "-c", begin], **kwargs)

    monkeypatch.setattr(parser_process.subprocess, "Popen", started)
    yield
    if "trial" in parser_process._lanes:
        parser_process._lanes.pop("trial")._end()


def pid() -> int:
    return int(parsed(SMALL, tell, b"")[0]["pid"])


def test_what_the_function_yields_comes_back_and_the_process_is_used_again():
    assert parsed(SMALL, echo, b"\x00bytes", times=2) == [b"\x00bytes"] * 2
    assert pid() == pid() != os.getpid()


def test_it_inherits_neither_secrets_nor_sockets(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GONGHUI_SECRET_KEY", "secret")

    (seen,) = parsed(SMALL, tell, b"")

    assert set(seen["environment"]) <= {"PATH", "TZ", "LD_LIBRARY_PATH", "LC_CTYPE"}
    sockets = [one for one in seen["descriptors"] if one.startswith("socket:")]
    assert len(sockets) == 1  # the one its files come by
    assert (seen["cwd"], seen["ended_first"]) == ("/", "1000")


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("memory", "more memory"), ("compute", "more time"), ("abort", "more memory"), ("kill", "more memory"),
        ("much", "more memory"), ("lie", "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_is_too_much_is_refused_and_the_next_one_is_read(order: str, why: str):
    before = pid()

    with pytest.raises(InvalidInput, match=why) as refused:
        parsed(SMALL, hostile, order.encode())

    assert (refused.value.rule, refused.value.field) == ("trial.can_be_read", "file")
    assert not Path(f"/proc/{before}").exists()
    assert parsed(SMALL, hostile, b"") == [b"nothing"]


def test_a_file_that_waits_for_ever_is_ended_by_the_clock():
    quick = Reading("trial", 128 * MEGABYTE, 2, 1, MEGABYTE, SMALL.unreadable)

    with pytest.raises(InvalidInput, match="more time"):
        parsed(quick, hostile, b"sleep")


def test_others_go_on_while_a_file_is_read():
    turns = 0

    def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            eventlet.sleep(0)

    counting = eventlet.spawn(count)
    with pytest.raises(InvalidInput):
        parsed(SMALL, hostile, b"compute")
    counting.kill()

    assert turns > 10


def test_a_process_that_ended_while_it_was_idle_is_nobodys_fault():
    os.kill(pid(), signal.SIGKILL)

    assert parsed(SMALL, echo, b"x") == [b"x"]


def test_many_at_once_take_turns_and_get_each_their_own_answer():
    threads = [eventlet.spawn(parsed, SMALL, echo, bytes([place]) * 1000) for place in range(20)]

    assert [thread.wait() for thread in threads] == [[bytes([place]) * 1000] for place in range(20)]


def test_it_ends_with_whoever_started_it():
    child = pid()

    parser_process._lanes["trial"].child.line.close()

    with eventlet.Timeout(PATIENCE):
        while Path(f"/proc/{child}/cmdline").exists() and Path(f"/proc/{child}/cmdline").read_bytes():
            eventlet.sleep(0.05)


def test_signals_for_the_service_do_not_end_a_file_in_the_middle():
    child = pid()

    os.kill(child, signal.SIGTERM)

    assert pid() == child
