"""Writes workbooks to be filled in: an empty table with lists to choose from, and a sheet that explains its columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FILLED_ROWS = 5000
"""Rows of the table that offer lists and explanations."""
_LONGEST_LIST = 255
"""Characters of a list that Excel keeps in the rule itself; a longer one stands on a sheet."""
_WIDEST = 40


@dataclass(frozen=True)
class TemplateColumn:
    """A column to be filled in.

    Args:
        heading: in the first row.
        note: shown when a cell of the column is chosen; at most 255 characters.
        choices: the words it takes; empty where it is typed.
        examples: how it is filled in, one value for each example row.
    """

    heading: str
    note: str = ""
    choices: Sequence[str] = ()
    examples: Sequence[str] = ()


@dataclass(frozen=True)
class TemplateWords:
    """What the sheets of a template are called, and the headings of the explanations."""

    table: str
    guide: str
    lists: str
    column: str
    note: str
    example: str


def write_template(columns: Sequence[TemplateColumn], words: TemplateWords) -> bytes:
    """Return a workbook whose first sheet is to be filled in; the others are not read.

    Cells are texts, so that long numbers keep their digits. A word outside a list is warned of, not refused: the
    reader knows more spellings than the list shows.
    """
    stream = io.BytesIO()
    import xlsxwriter  # 2 MB that a process without exports does without

    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#EDEDED", "bottom": 1, "text_wrap": True})
    text, wrapped = book.add_format({"num_format": "@"}), book.add_format({"text_wrap": True, "valign": "top"})
    table = book.add_worksheet(words.table)
    guide, lists = book.add_worksheet(words.guide), book.add_worksheet(words.lists)
    for place, column in enumerate(columns):
        table.set_column(place, place, min(_WIDEST, max(12, 2 * len(column.heading) + 4)), text)
        table.write_string(0, place, column.heading, bold)
        rule = _rule(column, _listed(lists, place, column, words))
        if rule:
            table.data_validation(1, place, FILLED_ROWS, place, rule)
    table.freeze_panes(1, 0)
    _explain(guide, columns, words, bold, wrapped)
    lists.hide()
    book.close()
    return stream.getvalue()


def _listed(lists: Any, place: int, column: TemplateColumn, words: TemplateWords) -> Any:
    """Return the choices as a rule takes them; long lists are written to a sheet."""
    if len(",".join(column.choices)) <= _LONGEST_LIST:
        return list(column.choices)
    lists.write_column(0, place, list(column.choices))
    from xlsxwriter.utility import xl_range_abs

    return f"='{words.lists}'!{xl_range_abs(0, place, len(column.choices) - 1, place)}"


def _rule(column: TemplateColumn, source: Any) -> dict[str, Any]:
    told = {"input_title": column.heading[:32], "input_message": column.note[:255]} if column.note else {}
    if column.choices:
        return {"validate": "list", "source": source, "error_type": "warning", **told}
    return {"validate": "any", **told} if told else {}


def _explain(guide: Any, columns: Sequence[TemplateColumn], words: TemplateWords, bold: Any, wrapped: Any) -> None:
    examples = max((len(column.examples) for column in columns), default=0)
    headings = [words.column, words.note, *(f"{words.example} {number}" for number in range(1, examples + 1))]
    guide.set_column(0, 0, 16)
    guide.set_column(1, 1, 60)
    guide.set_column(2, 1 + examples, 24)
    guide.write_row(0, 0, headings, bold)
    for row, column in enumerate(columns, 1):
        for place, value in enumerate((column.heading, column.note, *column.examples)):
            guide.write_string(row, place, value, wrapped)
    guide.freeze_panes(1, 0)
