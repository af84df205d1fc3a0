"""The workbench: every figure leads to the list that it counts, for each role, and every to-do to its page."""

from __future__ import annotations

import re
import secrets
from html import unescape
from typing import Any

import pytest

from tests.e2e.stories import newcomer, unit_of
from tests.e2e.test_portal_safety import Browser
from tests.support.api import Api, eventually

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


def test_ticked_applications_are_listed_first_and_each_outcome_is_told(union: Any, signed_in: Any) -> None:
    chair, officer = signed_in("chair"), signed_in("officer")
    unit = unit_of(chair)
    names = ("司徒明月", "司徒清风")
    made = [Api(union.url).post("/membership/applications", newcomer(unit, name=one), status=201) for one in names]
    for one in made:
        chair.post(f"/membership/applications/{one['id']}/review", {"decision": "accept"})
    ids = [one["id"] for one in made]
    for one in ids:
        eventually(lambda one=one: [t for t in officer.all("/me/todos?kind=application_approval") if one in str(t)])
    browser = Browser(union.url)
    browser.sign_in("officer")
    page = browser.open("/console/applications?state=unit_reviewed")
    form = {"application_ids": ids, "once": secrets.token_hex(8)}
    listed = browser.send("/console/applications/approve", **form)
    assert all(name in listed.text for name in names)
    assert "确认批准 2 份" in listed.text
    assert officer.get(f"/membership/applications/{ids[0]}")["state"] == "unit_reviewed"
    told = browser.send("/console/applications/approve", confirmed="1", **form)
    assert (page.status_code, told.status_code) == (200, 200)
    assert "已批准 2 份申请" in told.text
    numbers = [officer.get(f"/membership/applications/{one}")["number"] for one in ids]
    assert all(number in told.text for number in numbers)
