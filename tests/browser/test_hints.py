"""Somebody new is given hints, puts them away, and is not given them again on another device."""

from __future__ import annotations

import pytest

from tests.browser.visitor import SIZES

HINTS = "使用提示"


@pytest.mark.parametrize("size", list(SIZES))
def test_hints_are_put_away_once(visitor, size, pictures):
    reader = "mediator" if size == "phone" else "delegate"
    member = visitor(reader)
    member.open("/home")
    hints = member.page.get_by_role("region", name=HINTS)
    assert hints.get_by_role("listitem").count() == 3
    member.finds_no_fault(pictures)
    member.press("知道了", hints)
    assert member.page.url.endswith("/home")
    assert not member.sees(HINTS)

    elsewhere = visitor(reader, scripts=False)
    elsewhere.open("/home")
    assert not elsewhere.sees(HINTS)


def test_hints_of_the_workbench_are_put_away_without_scripts(visitor, pictures):
    auditor = visitor("auditor")
    auditor.open("/console")
    assert auditor.page.get_by_role("region", name=HINTS).get_by_role("listitem").count() == 3
    auditor.finds_no_fault(pictures)

    without_scripts = visitor("auditor", scripts=False)
    without_scripts.open("/console")
    without_scripts.press("知道了")
    assert without_scripts.page.url.endswith("/console")
    assert not without_scripts.sees(HINTS)
