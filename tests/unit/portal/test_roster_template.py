"""The roster to be filled in: lists of the words that are read, notes on dates, examples that the importer takes."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gateway.portal import roster_template
from services.chassis.files.spreadsheets import read_sheet
from services.contracts.membership.imports import ROSTER_FIELDS
from services.membership.imports import heading_rules
from services.membership.imports.rules import word_of

UNITS = {f"id-{number}": f"第{number}学院与研究院联合分工会" for number in range(40)}


@pytest.fixture
def book(portal, monkeypatch: pytest.MonkeyPatch) -> openpyxl.Workbook:
    """The template as a spreadsheet program opens it."""
    monkeypatch.setattr(roster_template, "unit_choices", lambda: UNITS)
    with portal.test_request_context("/console/imports/template.xlsx"):
        return openpyxl.load_workbook(io.BytesIO(roster_template.empty_workbook()))


def rules(book: openpyxl.Workbook) -> dict[str, openpyxl.worksheet.datavalidation.DataValidation]:
    table = book.worksheets[0]
    by_cell = {str(rule.sqref).split(":")[0]: rule for rule in table.data_validations.dataValidation}
    return {cell.value: by_cell[f"{cell.column_letter}2"] for cell in table[1] if f"{cell.column_letter}2" in by_cell}


def test_the_first_sheet_is_empty_and_its_headings_are_understood(book):
    table = book.worksheets[0]
    headings = [cell.value for cell in table[1]]
    assert table.max_row == 1
    assert list(heading_rules.guessed_mapping(headings).values()) == list(ROSTER_FIELDS)


def test_words_are_chosen_from_lists_and_units_from_the_union(book):
    found = rules(book)
    assert found["用工形式"].formula1 == '"编制内,人事代理,合同制,劳务派遣"'
    sheet, _, cells = found["分工会"].formula1.partition("!")
    listed = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
    assert listed == list(UNITS.values())


def test_every_word_that_can_be_chosen_is_read(book):
    found = rules(book)
    for field, heading in (("gender", "性别"), ("employment", "用工形式"), ("original_age", "原退休年龄")):
        for word in found[heading].formula1.strip('"').split(","):
            assert word_of(field, word) is not None, word


def test_dates_are_explained_where_they_are_typed_and_shown_by_example(book):
    assert "可以早于入职日期" in rules(book)["入会日期"].prompt
    guide = {row[0].value: [cell.value for cell in row] for row in book.worksheets[1]}
    assert guide["入职日期"][2:] == ["2015-09-01", "2010-07-15"]


def test_a_filled_in_template_is_read_as_the_roster_it_is(book):
    table = book.worksheets[0]
    guide = {row[0].value: row for row in book.worksheets[1]}
    for cell in table[1]:
        table.cell(2, cell.column, guide[cell.value][2].value)
    stream = io.BytesIO()
    book.save(stream)
    sheet = read_sheet("roster.xlsx", stream.getvalue())
    ((number, row),) = list(sheet.rows)
    assert (number, row["姓名"], row["入会日期"]) == (2, "王小明", "2015-10-20")
