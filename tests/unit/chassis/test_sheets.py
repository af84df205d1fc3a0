"""Tables in files: what is written is read again, and every trap is refused by its name."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import read_rows, read_sheet, write_csv, write_xlsx
from services.chassis.files.table_reading import column_letter

COLUMNS = [("name", "姓名"), ("born", "出生日期"), ("amount", "金额")]
ROWS = [
    {"name": "张伟", "born": date(1990, 1, 2), "amount": Decimal("17.40")},
    {"name": "=1+1", "born": None, "amount": -3},
    {"name": "+86 571", "born": datetime(2023, 9, 1, 8, 30, tzinfo=UTC), "amount": 1.5},
]


def book(write: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object], name: str = "a") -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet(name)
    sheet.write_row(0, 0, ["姓名", "出生日期"])
    write(workbook, sheet)
    workbook.close()
    return stream.getvalue()


def repacked(content: bytes, changes: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            change = changes.pop(entry, old.read(entry))
            new.writestr(entry, change(old.read(entry)) if callable(change) else change)
        for entry, more in changes.items():
            assert isinstance(more, bytes)
            new.writestr(entry, more)
    return stream.getvalue()


def rule_of(name: str, content: bytes) -> str | None:
    with pytest.raises(InvalidInput) as refused:
        list(read_rows(name, content))
    return refused.value.rule


PLAIN = book(lambda _, sheet: sheet.write_row(1, 0, ["张伟", "1990-01-02"]))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", write_xlsx(COLUMNS, ROWS)), ("a.csv", write_csv(COLUMNS, ROWS)),
     ("A.CSV", write_csv(COLUMNS, ROWS, encoding="gb18030"))],
)  # fmt: skip
def test_what_is_written_is_read_again(name: str, content: bytes):
    amount = "17.4" if name == "a.xlsx" else "17.40"

    assert list(read_rows(name, content)) == [
        (2, {"姓名": "张伟", "出生日期": "1990-01-02", "金额": amount}),
        (3, {"姓名": "=1+1", "出生日期": "", "金额": "-3"}),
        (4, {"姓名": "+86 571", "出生日期": "2023-09-01 08:30:00", "金额": "1.5"}),
    ]


def test_text_in_a_workbook_is_never_a_formula():
    with zipfile.ZipFile(io.BytesIO(write_xlsx(COLUMNS, ROWS))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@given(st.text(alphabet="=+-@＝\t\r'a,\n\"", max_size=8))
def test_no_text_in_a_csv_begins_like_a_formula(text: str):
    written = write_csv([("a", "x"), ("b", "y")], [{"a": text}]).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.lstrip("'") == text.lstrip("'")


@given(st.lists(st.tuples(st.text(alphabet="=+@'-张a ,\"\n", max_size=6), st.dates()), max_size=5))
def test_any_table_survives_both_formats(pairs: list[tuple[str, date]]):
    rows = [{"a": text.strip(), "b": day} for text, day in pairs if day.year > 1900]
    rows = [row for row in rows if not str(row["a"]).startswith("'")]
    columns = [("a", "甲"), ("b", "乙")]
    expected = [{"甲": row["a"], "乙": row["b"].isoformat()} for row in rows]  # type: ignore[union-attr]

    for name, content in (("a.xlsx", write_xlsx(columns, rows)), ("a.csv", write_csv(columns, rows))):
        assert [row for _, row in read_rows(name, content)] == expected


def test_titles_are_passed_over_rows_keep_their_numbers_and_no_cell_is_dropped():
    content = "会员名册,,\n\n姓名,工号,\n张伟,7,x\n,,\n李娜,8\n".encode()

    sheet = read_sheet("名册.csv", content)

    assert sheet.headings == ["姓名", "工号"]
    assert list(sheet.rows) == [(4, {"姓名": "张伟", "工号": "7", "(C)": "x"}), (6, {"姓名": "李娜", "工号": "8"})]


def test_a_table_that_begins_in_the_middle_keeps_its_row_numbers():
    content = book(lambda _, sheet: sheet.write_row(4, 1, ["x", "y"]))

    assert [number for number, _ in read_rows("a.xlsx", content)] == [5]


def test_a_column_without_heading_is_called_by_its_letter():
    assert read_sheet("a.csv", "姓名,,电话\n".encode()).headings == ["姓名", "(B)", "电话"]
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_number_that_a_spreadsheet_has_rounded_is_not_taken_for_digits():
    content = book(lambda _, sheet: sheet.write_number(1, 0, 110101199001011234))

    assert next(read_rows("a.xlsx", content))[1]["姓名"] == "1.10101199001011E+17"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_usual_separators_are_known(separator: str):
    content = f"姓名{separator}电话\n张伟{separator}1\n".encode("gb18030")

    assert list(read_rows("a.csv", content)) == [(2, {"姓名": "张伟", "电话": "1"})]


@pytest.mark.parametrize(
    ("rule", "name", "content"),
    [
        ("sheet.format_is_known", "a.xls", PLAIN),
        ("sheet.format_is_known", "a.pdf", b"%PDF-1.7"),
        ("sheet.format_is_known", "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a password"),
        ("sheet.format_is_known", "a.xlsx", b"not a zip"),
        ("sheet.format_is_known", "a.xlsx", repacked(PLAIN, {})[:-30]),
        ("sheet.format_is_known", "a.csv", '姓名,电话\n"张伟,1\n'.encode()),
        ("sheet.no_macros", "a.xlsm", PLAIN),
        ("sheet.no_macros", "a.xlsx", repacked(PLAIN, {"xl/vbaProject.bin": b"x"})),
        ("sheet.no_formulas", "a.xlsx", book(lambda _, sheet: sheet.write_formula(5, 1, "=1+1"))),
        ("sheet.no_formulas", "a.csv", '姓名,电话\n张伟,"=HYPERLINK(1)"\n'.encode()),
        ("sheet.encoding_is_known", "a.csv", "姓名,电话\n".encode("utf-16")),
        ("sheet.encoding_is_known", "a.csv", "name,phone\nMüller,1\n".encode("latin-1") + b"\xff"),
        ("sheet.has_a_header", "a.csv", b"\n\n"),
        ("sheet.has_a_header", "a.csv", "只有一列\n1\n".encode()),
        ("sheet.headings_differ", "a.csv", "姓名,姓名\n".encode()),
        ("sheet.fits_the_limits", "a.csv", (",".join(f"c{n}" for n in range(101)) + "\n").encode()),
        ("sheet.fits_the_limits", "a.csv", b"a,b\n" + b"1,2\n" * 100_001),
        ("sheet.fits_the_limits", "a.xlsx", book(lambda _, sheet: sheet.write(1_048_575, 0, "x"))),
        ("sheet.fits_the_limits", "a.xlsx", book(lambda _, sheet: sheet.write(1, 16_383, "x"))),
        ("sheet.cells_are_short_enough", "a.csv", b"a,b\n" + b"1" * 5001 + b",2\n"),
        ("sheet.file_is_small_enough", "a.csv", b"a,b\n" + b"1,2\n" * 5_300_000),
    ],
)  # fmt: skip
def test_what_is_not_a_plain_table_is_refused_by_name(rule: str, name: str, content: bytes):
    assert rule_of(name, content) == rule


def test_the_formula_is_named_by_its_cell():
    content = book(lambda _, sheet: sheet.write_formula(5, 1, "=1+1"))

    with pytest.raises(InvalidInput, match="B6"):
        read_sheet("a.xlsx", content)


@pytest.mark.parametrize("hidden", [b"<x:f xmlns:x='u'>1</x:f>", b"<f\n>1</f>", b"<f/>"])
def test_a_formula_in_any_spelling_is_found(hidden: bytes):
    sheet = "xl/worksheets/sheet1.xml"
    content = repacked(PLAIN, {sheet: lambda xml: xml.replace(b"</c>", hidden + b"</c>", 1)})

    assert rule_of("a.xlsx", content) == "sheet.no_formulas"


def test_a_sheet_in_another_encoding_or_with_entities_is_refused():
    sheet = "xl/worksheets/sheet1.xml"
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'

    assert rule_of("a.xlsx", repacked(PLAIN, {sheet: lambda x: x.decode().encode("utf-16")})) == "sheet.format_is_known"
    assert (
        rule_of("a.xlsx", repacked(PLAIN, {sheet: lambda x: x.replace(b"UTF-8", b"UTF-7")})) == "sheet.format_is_known"
    )
    assert rule_of("a.xlsx", repacked(PLAIN, {sheet: lambda x: x.replace(b"<worksheet", entity)})) == (
        "sheet.format_is_known"
    )


def test_an_error_value_is_refused():
    sheet = "xl/worksheets/sheet1.xml"
    content = repacked(PLAIN, {sheet: lambda xml: xml.replace(b't="s"', b't="e"', 1)})

    assert rule_of("a.xlsx", content) == "sheet.no_error_values"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(PLAIN, {"xl/media/image.png": b"\0" * 60_000_000})

    assert rule_of("a.xlsx", bomb) == "sheet.unpacks_to_a_bounded_size"


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(repacked(PLAIN, {"xl/media/image.png": b"\0" * 60_000_000}))
    at = bomb.rindex(b"xl/media/image.png") - 46
    struct.pack_into("<I", bomb, at + 24, 900_000)

    assert rule_of("a.xlsx", bytes(bomb)) == "sheet.unpacks_to_a_bounded_size"


def test_too_many_parts_are_refused():
    assert rule_of("a.xlsx", repacked(PLAIN, {f"x/{n}": b"" for n in range(501)})) == (
        "sheet.unpacks_to_a_bounded_size"
    )


def test_one_long_text_that_stands_in_every_cell_is_refused():
    strings, sheet = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"
    row = b'<row><c t="s"><v>0</v></c></row>' * 20_000
    content = repacked(
        PLAIN,
        {strings: lambda x: x.replace("姓名".encode(), b"".join(b"%06d" % n for n in range(6_000))),
         sheet: lambda x: x.replace(b"</sheetData>", row + b"</sheetData>")},
    )  # fmt: skip

    assert rule_of("a.xlsx", content) == "sheet.can_be_read"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "title", ["文学院教职工名册", "文学院教职工名册（2026年，共2人）", "制表：工会，审核：人事处\n", '"名册\n第二行"']
)
def test_a_title_above_the_headings_says_nothing_about_the_separator(separator: str, title: str):
    rows = [("姓名", "单位", "备注"), ("张三", "文学院", "甲,乙"), ("李四", "法学院", "")]
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in cells] for cells in rows]
    content = "\n".join([title, *(separator.join(cells) for cells in quoted)]).encode()

    sheet = read_sheet("名册.csv", content)

    assert sheet.headings == ["姓名", "单位", "备注"]
    assert [texts["备注"] for _, texts in sheet.rows] == ["甲,乙", ""]


def test_decimal_commas_are_no_separators():
    sheet = read_sheet("基数.csv", "会员号;缴费基数\nM000001;3487,50\nM000002;3500,00\n".encode())

    assert [texts["缴费基数"] for _, texts in sheet.rows] == ["3487,50", "3500,00"]


def test_cells_beyond_the_headings_are_called_by_their_letters():
    content = "会员号,姓名,金额\nM000021,x,1,083.70\nM000022,y,17.40,,\n".encode()

    assert [texts for _, texts in read_rows("工资.csv", content)] == [
        {"会员号": "M000021", "姓名": "x", "金额": "1", "(D)": "083.70"},
        {"会员号": "M000022", "姓名": "y", "金额": "17.40"},
    ]


@pytest.mark.parametrize("rare", ["\U0002ebf0", "\U00031350", "\U000323af", "\u9fff", "\u4dae"])
def test_a_rare_character_does_not_condemn_a_file_in_gb18030(rare: str) -> None:
    rows = list(read_rows("a.csv", f"姓名,电话\n甲{rare},1\n".encode("gb18030")))

    assert rows == [(2, {"姓名": f"甲{rare}", "电话": "1"})]


def test_a_character_of_the_schools_own_is_left_to_whoever_reads_the_row() -> None:
    text = "姓名,电话\n甲\ue000,1\n" + "乙丙丁,2\n" * 20

    assert next(read_rows("a.csv", text.encode("gb18030")))[1]["姓名"] == "甲\ue000"


def test_a_file_in_big5_is_refused_as_such() -> None:
    with pytest.raises(InvalidInput) as refused:
        list(read_rows("a.csv", ("姓名,學院\n" + "王大明,中文系\n李小華,工學院\n" * 9).encode("big5")))

    assert refused.value.rule == "sheet.encoding_is_known"


def test_what_cannot_be_seen_around_a_cell_is_not_read() -> None:
    assert list(read_rows("a.csv", "\u200b姓名\u3000,电话\n\u200b甲\xa0,\u3000\n".encode())) == [
        (2, {"姓名": "甲", "电话": ""})
    ]
