"""Workbooks that attack their reader are refused by name, odd ones are read; either way the process lives."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import read_rows
from tests.support.hostile_books import HOSTILE, ODD, READ, edited

DAY = date(2010, 9, 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_by_name(name: str):
    content, rule = HOSTILE[name]

    with pytest.raises(InvalidInput) as refused:
        list(read_rows("a.xlsx", content))

    assert (refused.value.rule, refused.value.field) == (f"sheet.{rule}", "file")


@pytest.mark.parametrize("name", ODD)
def test_an_odd_workbook_is_read(name: str):
    assert list(read_rows("a.xlsx", ODD[name])) == READ


def dated(epoch_1904: bool) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"date_1904": epoch_1904}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "入职日期"])
        sheet.write_datetime(1, 1, DAY, book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_number(2, 1, 38960)
    return stream.getvalue()


def by_openpyxl() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["姓名", "入职日期"])
    book.active.append(["", DAY])
    book.active.append(["", 38960])
    book.save(stream)
    return stream.getvalue()


EXTENSION = (
    b'<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" xmlns:x15="x15">'
    b'<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>'
)


@pytest.mark.parametrize(
    "content",
    [
        dated(False),
        dated(True),
        by_openpyxl(),
        edited(dated(True), {"xl/workbook.xml": lambda xml: xml.replace(b"</workbook>", EXTENSION)}),
        edited(dated(True), {"xl/workbook.xml": lambda xml: xml.replace(b'date1904="1"', b'date1904="true"')}),
    ],
    ids=["1900", "1904", "1904 by openpyxl", "1904 with an extension", "1904 as a word"],
)
def test_a_date_is_read_by_the_epoch_of_its_workbook_and_a_bare_number_stays_a_number(content: bytes):
    assert [cells["入职日期"] for _, cells in read_rows("a.xlsx", content)] == ["2010-09-01", "38960"]
