"""A file of gifts: whom each line means, what is wrong in which row and column, which lines are passed over."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import flask
import pytest
from flask_babel import force_locale

from gateway.subjects.welfare.charity import gift_files
from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import write_csv, write_xlsx

ANNA, BO = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
KNOWN = {"M1": ANNA, "M2": BO}


def read(
    monkeypatch: pytest.MonkeyPatch, headings: Sequence[str], rows: Sequence[Sequence[str]], way: str = "cash",
    kind: str = "xlsx",
) -> list[gift_files.Line]:  # fmt: skip
    """Read a file of which membership knows the numbers in `KNOWN`."""

    def membership(_: Any, request: Mapping[str, Any]) -> dict[str, Any]:
        assert request["unit_id"] == "u"
        items = []
        for place, cells in enumerate(rows):
            text = " ".join(cell for cell in cells[:2] if cell)
            found = KNOWN.get(cells[0])
            unknown = {} if found else {"rule": "member_lists.person_is_known", "params": {}}
            items.append({"row": place + 2, "text": text, "member_id": found, **unknown})
        return {"items": items}

    monkeypatch.setattr(gift_files, "call", membership)
    columns = [(str(place), heading) for place, heading in enumerate(headings)]
    table = [{str(place): cell for place, cell in enumerate(cells)} for cells in rows]
    content = write_xlsx(columns, table) if kind == "xlsx" else write_csv(columns, table)
    upload = {"name": f"清单.{kind}", "media_type": None, "content": base64.b64encode(content).decode()}
    return gift_files.lines_of(upload, way, "u")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_named_and_anonymous_lines_are_read_and_totals_passed_over(
    portal: flask.Flask, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    rows = [("M1", "王敏", "1,050.00"), ("", "匿名", "20"), ("", "", "￥30.5"), ("", "合计", "1100.50")]
    with portal.test_request_context(), force_locale("zh"):
        lines = read(monkeypatch, ("会员号", "姓名", "金额（元）"), rows, kind=kind)
    told = [(one.row, one.member_id, one.cells["amount"], one.faults) for one in lines]
    assert told == [(2, ANNA, "1050.00", []), (3, None, "20", []), (4, None, "30.5", [])]


def test_what_is_wrong_is_told_by_row_and_column(portal: flask.Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("M9", "没有", "5"), ("M1", "王敏", "五元"), ("M2", "李波", ""), ("", "", "0"), ("", "", "1.234")]
    with portal.test_request_context(), force_locale("zh"):
        lines = read(monkeypatch, ("会员号", "姓名", "捐款金额"), rows)
    told = {one.row: [column for column, _ in one.faults] for one in lines}
    assert told == {2: ["会员号、姓名"], 3: ["捐款金额"], 4: ["捐款金额"], 5: ["捐款金额"], 6: ["捐款金额"]}
    assert "会员" in lines[0].faults[0][1]
    assert "大于 0" in lines[1].faults[0][1]


def test_goods_need_what_and_how_many(portal: flask.Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    headings, rows = ("会员号", "姓名", "物品", "数量"), [("M1", "", "棉被", "2 床"), ("", "", "棉被", "")]
    with portal.test_request_context(), force_locale("zh"):
        lines = read(monkeypatch, headings, rows, way="goods")
    assert [one.faults and one.faults[0][0] for one in lines] == [[], "数量"]


@pytest.mark.parametrize(
    ("headings", "rows", "code"),
    [
        (("会员号", "姓名", "数目"), [("M1", "", "5")], "charity.file_has_column"),
        (("会员号", "姓名", "金额"), [("", "合计", "5")], "charity.file_has_lines"),
        (("会员号", "姓名", "金额"), [("", "", "5")] * (gift_files.MOST_GIFTS + 1), "charity.list_is_short_enough"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    portal: flask.Flask, monkeypatch: pytest.MonkeyPatch, headings: Sequence[str], rows: Any, code: str
) -> None:
    with portal.test_request_context(), force_locale("zh"), pytest.raises(InvalidInput) as told:
        read(monkeypatch, headings, rows)
    assert code in str(told.value.detail) or told.value.detail.code == code
