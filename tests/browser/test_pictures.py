"""Pictures of figures: their tables unfold without fault, and are printed; the ledger sums what is found."""

from __future__ import annotations

import pytest

from services.chassis.clock import today

PAGES = (
    "/console/dues", "/console/budget", "/console/funds", "/console/members/figures", "/console/visits?show=all",
    "/console/plan?view=gantt",
)  # fmt: skip


@pytest.mark.parametrize("size", ["desktop"])
@pytest.mark.parametrize("path", PAGES)
def test_pictures_have_no_fault_with_their_tables_unfolded(visitor, path, pictures):
    officer = visitor("officer")
    officer.open(path)
    officer.page.evaluate("document.querySelectorAll('.picture-data, .section').forEach(one => { one.open = true; })")
    officer.finds_no_fault(pictures)


@pytest.mark.parametrize("size", ["desktop"])
def test_folded_tables_are_printed(visitor):
    officer = visitor("officer")
    officer.open("/console/dues")
    table = officer.page.locator(".picture-data > table").first
    assert not table.is_visible()
    officer.page.emulate_media(media="print")
    assert table.evaluate("table => table.checkVisibility({contentVisibilityAuto: true})")


@pytest.mark.parametrize("size", ["desktop"])
def test_the_ledger_sums_what_is_found_and_tells_the_balance_of_whole_days(visitor):
    auditor = visitor("auditor")
    this_year = f"since={today().year}-01-01&until={today().isoformat()}"
    auditor.open(f"/console/funds?{this_year}&q=会费")
    auditor.must_see("收入")
    assert not auditor.sees("期末余额"), "a balance of some of the entries"
    auditor.open(f"/console/funds?{this_year}")
    auditor.must_see("期末余额")
    with auditor.page.expect_navigation():
        auditor.page.get_by_role("main").get_by_role("link", name="清除条件").first.click()
    auditor.must_see("期末余额")
    auditor.finds_no_fault()
