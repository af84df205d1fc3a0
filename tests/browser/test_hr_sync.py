"""An officer looks at what HR delivered, applies one difference and dismisses another."""

from __future__ import annotations

from tests.browser.visitor import Visitor
from tests.e2e.test_hr_sync import HR, person
from tests.support.api import Api


def opens(officer: Visitor, name: str) -> None:
    officer.open("/console/hr")
    officer.page.get_by_role("main").get_by_role("link", name=name).first.click()
    officer.must_see("人事系统")


def test_differences_are_looked_at_before_they_are_applied(visitor, union):
    applied, dismissed = person("14", name="端木青"), person("14", name="东方白")
    Api(union.url).sign_in("hr-system").post(f"{HR}/changes", {"items": [applied, dismissed]})
    officer = visitor("officer")
    opens(officer, "端木青")
    assert not officer.sees(applied["id_number"])
    officer.finds_no_fault()
    officer.press("采用")
    officer.must_see("已采用，档案随之更新")
    officer.page.get_by_role("link", name="档案").first.click()
    officer.must_see("端木青")
    opens(officer, "东方白")
    panel = officer.unfold("忽略")
    panel.get_by_label("忽略的原因").fill("人事系统录入有误")
    officer.press("确认忽略", panel)
    officer.must_see("已忽略这条差异")
    officer.finds_no_fault()
