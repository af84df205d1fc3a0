"""Two texts line by line: what is marked, and that no text holds the gateway up."""

from __future__ import annotations

from time import process_time

import pytest

from gateway.portal.comparing import compared
from gateway.subjects.activities.articles.comparing import changes_between


def test_lines_are_marked_in_the_order_of_reading() -> None:
    assert compared("一\n二\n三\n四", "一\n2\n三\n四\n五") == [
        ("same", "一"), ("gone", "二"), ("new", "2"), ("same", "三"), ("same", "四"), ("new", "五"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "一", [("new", "一")]),
        ("一\n一", "一", [("same", "一"), ("gone", "一")]),
        ("一", "一", [("same", "一")]),
    ],
)
def test_nothing_is_lost_where_one_text_ends_first(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert compared(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("同\n" * 20_000, "异\n" + "同\n" * 19_998),
        ("".join(f"{n % 150}\n" for n in range(10_000)), "".join(f"{n % 149}\n" for n in range(10_000))),
        ("".join(f"第{n:04}项\n" for n in range(2_900)), "".join(f"第{n:04}条\n" for n in range(2_900))),
    ],
)
def test_no_text_takes_long(before: str, after: str) -> None:
    """A text of many same lines took 23 seconds, in which the gateway answered nobody."""
    began = process_time()
    lines = compared(before, after)
    assert process_time() - began < 2
    assert "".join(f"{line}\n" for kind, line in lines if kind != "new") == before
    assert "".join(f"{line}\n" for kind, line in lines if kind != "gone") == after


def test_line_ends_of_a_form_are_no_change() -> None:
    stored, posted = {"title": "通知", "body": "一\n二"}, {"title": "通知", "body": "一\r\n二"}
    assert {one["kind"] for one in changes_between(stored, posted)} == {"same"}
