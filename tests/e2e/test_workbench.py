"""The workbench: every figure leads to the list that it counts, for each role, and every to-do to its page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.e2e.test_portal_safety import Browser

_FIGURE = re.compile(r'<li><a href="([^"]+)"><span class="soft">([^<]+)</span><span class="figure-size[^"]*">([\d,]+)<')
_TOTAL = re.compile(r"共 ([\d,]+) 条")


@pytest.fixture(params=["officer", "chair", "auditor"])
def somebody(union: Any, request: pytest.FixtureRequest) -> Browser:
    browser = Browser(union.url)
    assert browser.sign_in(request.param).status_code == 303
    return browser


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_every_figure_counts_what_the_list_it_leads_to_shows(somebody: Browser) -> None:
    figures = _FIGURE.findall(somebody.open("/console").text)
    assert {words for _, words, _ in figures} >= {"在册会员", "待分工会审核", "待校工会批准", "未完成走访", "逾期走访"}
    for address, words, value in figures:
        listed = somebody.open(unescape(address))
        assert listed.status_code == 200, address
        total = _TOTAL.search(listed.text)
        assert (number(total[1]) if total else 0) == number(value), words


def test_what_stands_first_and_all_of_a_kind_are_as_many_as_is_said(somebody: Browser) -> None:
    for address, said in re.findall(r'href="(/todos\?kind=\w+)">全部 ([\d,]+) 项<', somebody.open("/console").text):
        total = _TOTAL.search(somebody.open(address).text)
        assert total is not None
        assert number(total[1]) == number(said)


def test_everything_on_the_workbench_opens(somebody: Browser) -> None:
    page = somebody.open("/console").text
    main = page[page.index("<main") : page.index("</main")]
    addresses = {unescape(one) for one in re.findall(r'href="(/[^"#]*)"', main)}
    assert addresses
    for address in sorted(addresses):
        assert somebody.open(address).status_code == 200, address
