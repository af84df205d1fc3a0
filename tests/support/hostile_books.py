"""Workbooks that attack their reader, and odd ones that are right all the same; made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"/>'
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>金额</t></is></c></row>'
)
ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><v>7</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
READ = [(2, {"姓名": "甲", "金额": "7"})]
"""What the sound ones say."""


def relationships(*entries: tuple[str, str, str, str]) -> str:
    """Return a part of relationships: (id, kind, target, further attributes)."""
    inner = "".join(
        f'<Relationship Id="{one}" Type="{_OFFICE}/{kind}" Target="{target}" {more}/>'
        for one, kind, target, more in entries
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def workbook(sheets: str = '<sheet name="a" sheetId="1" r:id="rId1"/>', before: str = "", after: str = "") -> str:
    """Return the part that lists the sheets."""
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{before}<sheets>{sheets}</sheets>{after}</workbook>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """Return the part of a sheet."""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}" xmlns:x="{_MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def book(parts: Mapping[str, str] | None = None, rows: str = HEADER + ROW) -> bytes:
    """Return a workbook of one sheet; `parts` replace or add to what it consists of."""
    stream = io.BytesIO()
    whole = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": workbook(),
        "xl/_rels/workbook.xml.rels": relationships(("rId1", "worksheet", "worksheets/sheet1.xml", "")),
        SHEET: sheet(rows),
        **(parts or {}),
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(name, text)
    return stream.getvalue()


def cell(where: str, value: str = "<v>1</v>", more: str = "") -> str:
    """Return a row of one cell."""
    return f'<row><c r="{where}" {more}>{value}</c></row>'


def _elsewhere(target: str, part: str, rows: str, more: str = "") -> bytes:
    rels = relationships(("rId1", "worksheet", target, more))
    return book({"xl/_rels/workbook.xml.rels": rels, part: sheet(rows)})


def _shared(text: str, references: int) -> bytes:
    strings = f'{_HEAD}<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><t>{text}</t></si></sst>'
    row = "<row>" + "<c t='s'><v>0</v></c>" * 50 + "</row>"
    return book({"xl/sharedStrings.xml": strings}, HEADER + row * (references // 50))


def _counted(unique: int) -> bytes:
    strings = f'{_HEAD}<sst xmlns="{_MAIN}" count="1" uniqueCount="{unique}"><si><t>甲</t></si></sst>'
    return book({"xl/sharedStrings.xml": strings}, HEADER + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>')


_LONG = "".join(chr(0x4E00 + place * place % 19_997) for place in range(30_000))
FAR = cell("A1") + cell("XFD1048576")
HOSTILE: dict[str, tuple[bytes, str]] = {
    "far cell in a sheet elsewhere": (_elsewhere("../other/sheet1.xml", "other/sheet1.xml", FAR), "format_is_known"),
    "far cell in a sheet at the root": (_elsewhere("/sheet1.xml", "sheet1.xml", FAR), "format_is_known"),
    "far cell under another ending": (
        _elsewhere("worksheets/sheet1.bin", "xl/worksheets/sheet1.bin", FAR), "fits_the_limits"),
    "far cell": (book(rows=FAR), "fits_the_limits"),
    "far cell in small letters": (book(rows=cell("a1") + cell("xfd1048576")), "fits_the_limits"),
    "tall and wide": (book(rows=HEADER + cell("DZ199999")), "fits_the_limits"),
    "wide": (book(rows=HEADER + cell("XFD2")), "fits_the_limits"),
    "tall": (book(rows=HEADER + cell("A1048576")), "fits_the_limits"),
    "row of another number than its cells": (
        book(rows=HEADER + f'<row r="3">{cell("A999999")[5:]}'), "fits_the_limits"),
    "formula": (book(rows=HEADER + cell("A2", "<f>1+1</f><v>2</v>")), "no_formulas"),
    "formula with a foreign prefix": (book(rows=HEADER + cell("A2", "<x:f>1+1</x:f><v>2</v>")), "no_formulas"),
    "formula after its value": (book(rows=HEADER + cell("A2", "<v>2</v><x:f>1+1</x:f>")), "no_formulas"),
    "formula in a sheet elsewhere": (
        _elsewhere("../other/s.xml", "other/s.xml", HEADER + cell("A2", "<f>1</f>")), "format_is_known"),
    "error in single quotes": (book(rows=HEADER + "<row><c r='A2' t='e'><v>#N/A</v></c></row>"), "no_error_values"),
    "error spelled with a reference": (
        book(rows=HEADER + '<row><c r="A2" t="&#101;"><v>#N/A</v></c></row>'), "no_error_values"),
    "long text in every cell, single quotes": (_shared(_LONG, 20_000), "can_be_read"),
    "more shared strings than there are": (_counted(4_294_967_295), "can_be_read"),
    "sheet outside of the file": (
        _elsewhere("http://127.0.0.1/sheet.xml", SHEET, HEADER, 'TargetMode="External"'), "format_is_known"),
    "sheet that is not there": (_elsewhere("worksheets/sheet2.xml", SHEET, HEADER), "format_is_known"),
    "two sheets of one name": (
        book({"xl/workbook.xml": workbook('<sheet name="a" sheetId="1" r:id="rId1"/>' * 2)}), "format_is_known"),
    "two relationships of one id": (
        book({"xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml", ""), ("rId1", "worksheet", "worksheets/sheet2.xml", ""))}),
        "format_is_known"),
    "another workbook than the package names": (
        book({"_rels/.rels": relationships(("rId1", "officeDocument", "xl/other.xml", ""))}), "format_is_known"),
    "part twice, in another case": (book({"XL/WORKSHEETS/SHEET1.XML": sheet(HEADER)}), "format_is_known"),
    "entities in the relationships": (
        book({"xl/_rels/workbook.xml.rels": '<!DOCTYPE a [<!ENTITY b "c">]><Relationships/>'}), "format_is_known"),
    "encoding that nobody knows": (
        book({"xl/workbook.xml": workbook().replace("UTF-8", "no-such")}), "format_is_known"),
    "dimension from row 0": (
        book({SHEET: sheet(HEADER + ROW, before='<dimension ref="A0:B2"/>')}), "format_is_known"),
    "sheet cut in the middle": (book({SHEET: sheet(HEADER + ROW)[:-40]}), "format_is_known"),
}  # fmt: skip

_LIST = (
    '<dataValidations count="1"><dataValidation type="list" sqref="B2:B9"><formula1>"a,b"</formula1></dataValidation>'
    "</dataValidations>"
)
_FOREIGN_LIST = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="x14" xmlns:xm="xm"><x14:dataValidations>'
    "<x14:dataValidation><x14:formula1><xm:f>Sheet2!$A$1:$A$4</xm:f></x14:formula1><xm:sqref>B2:B9</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst>"
)
_BAR = (
    '<conditionalFormatting sqref="B2:B9"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/></dataBar>'
    '</cfRule></conditionalFormatting><extLst><ext xmlns:x14="x14" xmlns:xm="xm"><x14:cfRule type="dataBar"><x14:cfvo>'
    "<xm:f>0</xm:f></x14:cfvo></x14:cfRule></ext></extLst>"
)
_NEXT = '<sheet name="shown" sheetId="2" r:id="rId2"/>'


def _two(first: str) -> bytes:
    """Return a workbook whose second sheet is the one to read."""
    return book(
        {
            "xl/workbook.xml": workbook(f'<sheet name="lists" sheetId="1" {first} r:id="rId1"/>' + _NEXT),
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml", ""),
                ("rId2", "worksheet", "/xl/worksheets/sheet2.xml", ""),
            ),
            SHEET: sheet(cell("A1", "<f>1+1</f><v>2</v>")),
            "xl/worksheets/sheet2.xml": sheet(HEADER + ROW),
        }
    )


_ABSOLUTE = relationships(("rId1", "worksheet", "/xl/worksheets/sheet1.xml", ""))
_COLOURED = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
_IMPLICIT = HEADER + "<row><c t='inlineStr'><is><t>甲</t></is></c><c><v>7</v></c></row>"
_LINK = relationships(("rId1", "hyperlink", "mailto:a@example.com", 'TargetMode="External"'))
_BLANK = HEADER + ROW[:-6] + '<c r="C2" t="inlineStr"/></row>'
ODD: dict[str, bytes] = {
    "drop-down list": book({SHEET: sheet(HEADER + ROW, after=_LIST)}),
    "drop-down list on another sheet": book({SHEET: sheet(HEADER + ROW, after=_FOREIGN_LIST)}),
    "data bar": book({SHEET: sheet(HEADER + ROW, after=_BAR)}),
    "formula in a hidden sheet before": _two('state="hidden"'),
    "absolute target": book({"xl/_rels/workbook.xml.rels": _ABSOLUTE}),
    "coloured to the last cell": book(rows=HEADER + ROW + _COLOURED),
    "dimension that lies": book({SHEET: sheet(HEADER + ROW, before='<dimension ref="A1:XFD1048576"/>')}),
    "cells without places": book(rows=_IMPLICIT),
    "blank inline text": book(rows=_BLANK),
    "links": book({"xl/worksheets/_rels/sheet1.xml.rels": _LINK}),
}


def edited(
    content: bytes, changes: Mapping[str, Callable[[bytes], bytes]], more: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a workbook with some of its parts changed, and more of them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, changes.get(entry, bytes)(old.read(entry)))
        for entry, added in (more or {}).items():
            new.writestr(entry, added)
    return stream.getvalue()
