"""Papers hold Chinese text that can be found again, on as many pages as it takes."""

from __future__ import annotations

from gateway.pdf.paper import Paper


def test_a_paper_is_a_pdf_with_its_font_cut_to_what_is_used() -> None:
    paper = Paper("会员档案", "张晓明 · M000042")
    paper.heading("基本信息")
    paper.facts([("姓名", "张晓明"), ("工会小组", None)])
    paper.table(["时间", "内容"], [["2026-01-01", "电话有变动"]] * 80, [1, 3])
    content = paper.output()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") >= 2
    assert len(content) < 100_000


def test_two_papers_in_a_row_do_not_share_their_glyphs() -> None:
    first = Paper("甲乙丙丁戊己庚辛壬癸").output()
    second = Paper("甲").output()
    assert len(second) < len(first)
