"""Papers are made in a process of their own, which the gateway doesn't grow by."""

from __future__ import annotations

import base64
import subprocess
import sys
from typing import Any

import eventlet
import pytest

from gateway.pdf.printing import printed
from services.chassis.errors import Unavailable
from tests.support.pictures import picture

CARD: dict[str, Any] = {
    "union": "大学工会", "name": "张晓明", "number": "M000042", "unit": "数学学院分工会", "joined": "2020-09-01 入会",
    "address": "http://localhost/verify/abc", "photo": None,
}  # fmt: skip


def test_a_card_is_a_page_of_its_size_with_the_photo_on_it() -> None:
    plain = printed("card", CARD)
    with_photo = printed("card", {**CARD, "photo": base64.b64encode(picture(300, 400)).decode()})
    assert plain.startswith(b"%PDF-")
    assert plain.count(b"/Type /Page\n") == 1
    assert b"/Subtype /Image" not in plain
    assert b"/Subtype /Image" in with_photo


def test_a_poster_is_one_page_whatever_stands_on_it() -> None:
    poster = {
        "union": "东海大学工会", "colour": "#24598f", "kind": "球类比赛", "title": "秋季乒乓球团体赛",
        "facts": [["时间", "12月1日 周二 14:00–16:00"], ["地点", "体育馆"]], "summary": "",
        "address": "http://localhost/activities/1", "call": "扫码查看并报名", "emblem": None,
    }  # fmt: skip
    long = {"title": "很长的名称" * 24, "summary": "说明很长。" * 400, "facts": [["对象", "外国语学院、" * 20]]}
    emblem = base64.b64encode(picture(64, 64, "PNG", "RGBA")).decode()
    for shown in (poster, {**poster, **long}, {**poster, "emblem": emblem}):
        made = printed("poster", shown)
        assert made.count(b"/Type /Page\n") == 1
        assert (b"/Subtype /Image" in made) == bool(shown["emblem"])


def test_sheets_have_ten_a_page() -> None:
    assert printed("card sheets", "会员卡", [CARD] * 21).count(b"/Type /Page\n") == 3
    slip = {
        "union": "大学工会",
        "name": "李",
        "unit": "x",
        "number": "M1",
        "code": "c",
        "address": "http://x",
        "until": "y",
    }
    assert printed("slips", "开通单", [slip] * 11).count(b"/Type /Page\n") == 2


def test_many_at_once_come_one_after_the_other() -> None:
    pool = eventlet.GreenPool(8)
    cards = list(pool.imap(lambda number: printed("card", {**CARD, "number": f"M{number:06d}"}), range(8)))
    assert len(set(cards)) == 8


def test_a_paper_that_cannot_be_made_is_told_in_words_and_the_next_one_is_made() -> None:
    with pytest.raises(Unavailable, match="could not be made"):
        printed("card", {})
    assert printed("card", CARD).startswith(b"%PDF-")


def test_the_gateway_does_not_load_what_draws() -> None:
    asked = "import sys, gateway.app, gateway.subjects; print({'fpdf', 'fontTools'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_document_is_made_of_headings_tables_and_paragraphs() -> None:
    table = (["名称", "金额"], [["春节慰问品", "¥200.00"], ["疗休养", None]], (30, 10))
    blocks = [("heading", "已享受"), ("table", table), ("text", "完")]
    made = printed("document", "福利明细", "李华，截至 2026-11-29", blocks)
    assert made.startswith(b"%PDF")
