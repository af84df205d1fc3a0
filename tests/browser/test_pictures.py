"""Pictures of figures: their tables unfold without fault, and are printed."""

from __future__ import annotations

import pytest

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
