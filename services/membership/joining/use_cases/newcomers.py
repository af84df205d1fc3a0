"""Reading a list of newcomers before it is proposed, by the reader that rosters have. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import coded_in
from services.contracts.membership.joining.applications import MOST_AT_ONCE
from services.contracts.membership.joining.newcomers import COLUMNS
from services.membership.imports.use_cases import remembering
from services.membership.imports.use_cases.row_validation import read_person
from services.membership.imports.use_cases.table_files import Table, TableRow, read_table, typed_table
from services.membership.person.use_cases import persons as details

_NEEDED = ("name", "id_number", "phone", "employment", "hired_on")
_GIVEN = (*_NEEDED, "gender", "birth_date", "email", "original_age")


def read_newcomers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what each line states, and what can't be read.

    Raises:
        InvalidInput: the file is none that is read, or the list is too long.
    """
    file = request["file"]
    if file is not None:
        table = read_table(file["name"], file["content"])
        mapping = remembering.roster_columns(table.headings)
    else:
        table = typed_table(request["text"], list(COLUMNS))
        mapping = remembering.roster_columns(table.headings) | {
            name: name for name in COLUMNS if name in table.headings
        }
    rows = list(islice(table.rows, MOST_AT_ONCE + 1))
    if len(rows) > MOST_AT_ONCE:
        detail = f"At most {MOST_AT_ONCE} people at once."
        raise InvalidInput(detail, rule="joining.list_is_short_enough", params={"most": MOST_AT_ONCE})
    return {"items": [_read(tx, table, mapping, row) for row in rows]}


def _read(tx: Transaction, table: Table, mapping: Mapping[str, str | None], row: TableRow) -> dict[str, Any]:
    named = ((mapping.get(heading), place) for place, heading in enumerate(table.headings))
    texts = {name: row.cells[place] for name, place in named if name in _GIVEN}
    reading = read_person(texts, _NEEDED, tx.today)
    surplus = remembering.surplus(row.beyond)
    refusals = reading.refusals + ([surplus] if surplus else [])
    values = {name: str(value) for name, value in reading.person.items() if name in _GIVEN and value is not None}
    problems = details.messages_of(refusals)
    read = {"row": row.number, "values": values, "problems": problems}
    return {**read, "input_errors": coded_in(problems)} if problems else read
