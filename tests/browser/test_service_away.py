"""A service that is stopped costs its part of a page, and says so; what was filled in is kept."""

from __future__ import annotations

import pytest

from tests.browser.visitor import Visitor
from tests.support.stack import real_stack

AWAY = "这一部分暂时打不开"


@pytest.fixture(scope="module")
def stack(tmp_path_factory, amqp_server, database_server, loaded):
    """The real union: a process per service. How long a page waits: `tests/unit/gateway/test_service_away.py`."""
    folder = tmp_path_factory.mktemp("real")
    with real_stack(folder, amqp_server, database_server, loaded=loaded, GONGHUI_RPC_DEADLINE="10") as running:
        yield running


@pytest.fixture
def one(stack, browser, request):
    """Somebody signed in at the real union."""
    visitor = Visitor(browser, stack.url, "phone").sign_in(request.param)
    yield visitor
    visitor.leave()


@pytest.fixture
def without_welfare(stack):
    stack.processes["welfare"].stop()
    yield
    stack.processes["welfare"].start()


@pytest.mark.parametrize("one", ["officer"], indirect=True)
def test_the_workbench_stands_without_welfare(one, without_welfare):
    for path, stands in {"/console": "在册会员", "/console/visits": "走访", "/console/birthdays": "生日慰问"}.items():
        one.open(path)
        one.must_see(AWAY)
        one.must_see(stands)
        one.finds_no_fault()


@pytest.mark.parametrize("one", ["member"], indirect=True)
def test_a_report_that_cannot_be_sent_keeps_what_was_written(one, without_welfare):
    one.open("/home")
    one.must_see("最近的活动")
    one.open("/life-events/new")
    one.page.get_by_label("事由").select_option("wedding")
    one.page.get_by_label("发生日期").fill("2026-11-01")
    one.page.get_by_label("说明").fill("不想再写一遍的话")
    one.press("提交申请")
    one.must_see("您填写的内容还在")
    assert one.page.get_by_label("说明").input_value() == "不想再写一遍的话"
    one.complaints.clear()
