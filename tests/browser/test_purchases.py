"""An officer compares quotes and decides; a chair counts what came; who decided alone is told that others accept."""

from __future__ import annotations


def test_quotes_are_compared_decided_and_counted(visitor):
    officer, chair = visitor("officer"), visitor("chair")
    officer.open("/console/purchases")
    officer.page.get_by_role("link", name="心理健康月宣传品").click()
    officer.must_see("最低价")
    officer.finds_no_fault()
    panel = officer.unfold("确定供应商")
    panel.get_by_text("学府图文快印").click()
    officer.press("确定", panel)
    officer.must_see("供应商已确定。")
    officer.page.get_by_role("link", name="比价表").click()
    officer.must_see("采购比价表")
    officer.finds_no_fault()
    chair.open("/console/purchases")
    chair.page.get_by_role("link", name="心理健康月宣传品").click()
    chair.page.get_by_role("link", name="验收").first.click()
    chair.finds_no_fault()
    chair.press("登记，等第二人确认")
    chair.must_see("请另一位同志打开本页确认")
    officer.open("/console/purchases")
    officer.page.get_by_role("link", name="心理健康月宣传品").click()
    officer.must_see("待第二人确认")
