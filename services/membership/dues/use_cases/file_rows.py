"""Reading the files of the dues: what a row says by its columns, and which cell is at fault.

What is kept in memory between two parts of a check holds keyed hashes and amounts, no names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.chassis.amounts import is_ambiguous
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.files.storage import file_of
from services.membership.dues import rules
from services.membership.dues.tables import DuesFile
from services.membership.imports.use_cases import remembering
from services.membership.imports.use_cases.table_files import Table, TableRow, read_table
from services.membership.person.use_cases import persons as details

_WHO = {
    "number": ("会员号", "会员编号", "会员证号", "number", "member number"),
    "id_number": (
        "身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "证件号", "id_number", "id number",
    ),
}  # fmt: skip
NAMES: dict[str, dict[str, Sequence[str]]] = {
    "payroll": {
        **_WHO,
        "amount": ("实扣金额", "扣款金额", "会费金额", "实扣会费", "会费", "工会会费", "金额", "amount"),
    },
    "bases": {**_WHO, "base": ("缴费基数", "会费基数", "会费缴费基数", "基数", "base")},
}
"""By kind of file and field, the headings that mean it, the best match first."""
_FIGURE = {"payroll": "amount", "bases": "base"}


@dataclass(frozen=True)
class FileRow:
    """A row: its number in the file, the member's number, the keyed hash of the person, the figure or its fault."""

    row: int
    number: str | None
    person: str | None
    amount: Decimal | None
    fault: str | None = None


@dataclass(frozen=True)
class Cell:
    """A cell at fault: its row, column and value, and the person the row's identity number names, as a keyed hash."""

    row: int
    column: str
    value: str
    person: str | None


_Known = tuple[UUID, frozenset[tuple[str, Any]]]
_parsed: dict[_Known, list[FileRow]] = {}
"""The file being checked here, so that its parts need not read it anew; after a crash it is read again."""


def get_for_update(tx: Transaction, file_id: UUID) -> DuesFile:
    """Return a file, nobody else changing it until the transaction ends. Raises `NotFound`."""
    return tx.get(DuesFile, file_id, "There is no such file.", field="file_id", lock=True)


def headings_of(tx: Transaction, file: DuesFile) -> list[str]:
    """Return the headings of a stored file. Raises `NotFound` and what reading it is refused for."""
    return read_table(*stored(tx, file)).headings


def stored(tx: Transaction, file: DuesFile) -> tuple[str, bytes]:
    """Return name and content of a file. Raises `NotFound` when it is no longer kept."""
    found = file_of(tx, _key(file)[0])
    return found.name, found.content


def known_rows(file: DuesFile) -> list[FileRow] | None:
    """Return the rows of a file that was read here a moment ago, None for others. Raises `NotFound`."""
    return _parsed.get(_key(file))


def rows_of(file: DuesFile, content: tuple[str, bytes]) -> list[FileRow]:
    """Return the rows of a file in order; it may take minutes, so no transaction is open meanwhile.

    Raises:
        InvalidInput: it can't be read.
    """
    known = _key(file)
    if known not in _parsed:
        table = read_table(*content)
        columns = _columns(file, table)
        _parsed.clear()
        _parsed[known] = [_read(row, columns, _FIGURE[file.kind]) for row in table.rows]
    return _parsed[known]


def forget(file: DuesFile) -> None:
    """Release the rows of the checked file from memory."""
    _parsed.pop(_key(file), None)


def cells_at_fault(file: DuesFile, table: Table, verdicts: Mapping[int, str]) -> Iterator[Cell]:
    """Yield for each row with a verdict the cell at fault: the figure's, one beyond, or the one that names whom."""
    columns = _columns(file, table)
    headings = {name: table.headings[place] for name, place in columns.items()}
    figure = _FIGURE[file.kind]
    for row in table.rows:
        verdict = verdicts.get(row.number)
        if verdict is None:
            continue
        said = {name: row.cells[place] for name, place in columns.items()}
        who = next((name for name in ("number", "id_number") if said.get(name)), None) or next(iter(columns))
        if verdict == "beyond":
            yield Cell(row.number, ", ".join(row.beyond), ", ".join(row.beyond.values()), None)
        elif verdict == "conflict":
            shown = f"{said['number']} / {details.masked('id_number', said['id_number'])}"
            yield Cell(row.number, f"{headings['number']} / {headings['id_number']}", shown, _person(said["id_number"]))
        else:
            at_figure = verdict in ("over", "ambiguous") or (
                verdict == "bad" and bool(said.get(who)) and rules.read_amount(said[figure]) is None
            )
            name = figure if at_figure else who
            yield Cell(row.number, headings[name], said[name], None)


def _key(file: DuesFile) -> _Known:
    if file.stored_id is None:
        raise NotFound("There is no such file.", field="file_id")
    return file.stored_id, frozenset((file.mapping or {}).items())


def _columns(file: DuesFile, table: Table) -> dict[str, int]:
    """Return the place of each field's column; in a file of an older version the headings say it."""
    mapping = file.mapping or remembering.guessed(table.headings, NAMES[file.kind])
    return {field: place for place, heading in enumerate(table.headings) if (field := mapping.get(heading))}


def _read(row: TableRow, columns: Mapping[str, int], figure: str) -> FileRow:
    said = {name: row.cells[place] for name, place in columns.items()}
    number, amount = _member_number(said.get("number", "")), rules.read_amount(said[figure])
    fault = "beyond" if row.beyond else None
    if fault is None and amount is None:
        fault = "ambiguous" if is_ambiguous(said[figure]) else "bad"
    return FileRow(row.number, number or None, _person(said.get("id_number", "")), amount, fault)


def _member_number(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _person(text: str) -> str | None:
    """Return the keyed hash of the person an identity number names, however it is written."""
    number = details.in_written_form({"id_number": text})["id_number"]
    return details.index_of(number) if number else None
