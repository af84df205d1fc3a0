"""Reading the files of the dues: which columns they need, what a row says, which cell is at fault.

What is kept in memory between two parts of a check holds keyed hashes and amounts, no names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.chassis.errors import InvalidInput, NotFound
from services.chassis.files import file_of
from services.chassis.sheets import read_rows, read_sheet
from services.chassis.transaction import Transaction
from services.membership.dues import rules
from services.membership.dues.tables import DuesFile
from services.membership.person.use_cases import index_of

NUMBER = ("会员号", "会员编号", "number")
PERSON = ("身份证号", "身份证号码", "证件号码", "id_number")
VALUE = {
    "payroll": ("金额", "实扣金额", "扣款金额", "会费", "amount"),
    "bases": ("缴费基数", "会费基数", "基数", "base"),
}


@dataclass(frozen=True)
class FileRow:
    """A row: its number in the file, the member's number or the keyed hash of the person, the amount."""

    row: int
    number: str | None
    person: str | None
    amount: Decimal | None


_parsed: dict[UUID, list[FileRow]] = {}
"""The file being checked here, so that its parts need not read it anew; after a crash it is read again."""


def require_columns(kind: str, name: str, content: bytes) -> None:
    """Raise `InvalidInput` unless a file can be read and has the columns that are needed."""
    _columns(kind, read_sheet(name, content).headings)


def rows_of(tx: Transaction, file: DuesFile) -> list[FileRow]:
    """Return the rows of a file in order.

    Raises:
        InvalidInput: it can't be read.
        NotFound: it is no longer kept.
    """
    if file.stored_id is None:
        raise NotFound("There is no such file.", field="file_id")
    if file.stored_id not in _parsed:
        stored = file_of(tx, file.stored_id)
        _parsed.clear()
        _parsed[file.stored_id] = list(_read(file.kind, stored.name, stored.content))
    return _parsed[file.stored_id]


def forget(file: DuesFile) -> None:
    """Give the memory back."""
    if file.stored_id is not None:
        _parsed.pop(file.stored_id, None)


def cells_at_fault(kind: str, name: str, content: bytes, verdicts: Mapping[int, str]) -> Iterator[tuple[int, str, str]]:
    """Yield (row, column, value) for every row that has a verdict: the amount's cell, or the one that names whom."""
    number, person, value = _columns(kind, read_sheet(name, content).headings)
    for row, cells in read_rows(name, content):
        if row in verdicts:
            who = next((column for column in (number, person) if column and cells[column]), number or person or "")
            amount_at_fault = verdicts[row] == "over" or (
                verdicts[row] == "bad" and bool(cells[who]) and rules.read_amount(cells[value]) is None
            )
            column = value if amount_at_fault else who
            yield row, column, cells[column]


def _columns(kind: str, headings: Sequence[str]) -> tuple[str | None, str | None, str]:
    def found(names: Sequence[str]) -> str | None:
        return next((heading for heading in headings if heading.lower() in names), None)

    number, person, value = found(NUMBER), found(PERSON), found(VALUE[kind])
    if value is None or (number is None and person is None):
        missing = VALUE[kind][0] if value is None else f"{NUMBER[0]} / {PERSON[0]}"
        raise InvalidInput(
            "The file lacks a column.", field="content", rule="dues.file_has_columns", params={"missing": missing}
        )
    return number, person, value


def _read(kind: str, name: str, content: bytes) -> Iterator[FileRow]:
    number, person, value = _columns(kind, read_sheet(name, content).headings)
    for row, cells in read_rows(name, content):
        member = cells[number].upper() if number and cells[number] else None
        identity = index_of(cells[person]) if person and cells[person] else None
        yield FileRow(row, member, identity, rules.read_amount(cells[value]))
