"""Whom the lines of a list mean: found by number, staff number, identity number or name. Stores nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.rules.refusal import Refusal, first_refusal
from services.chassis.security.principal import require_unit
from services.contracts.membership.member_lists import MOST_LINES
from services.membership.imports import member_list_rules as rules
from services.membership.imports.heading_rules import ROSTER_HEADINGS
from services.membership.imports.use_cases import remembering
from services.membership.imports.use_cases.table_files import Table, TableRow, read_table, typed_table
from services.membership.person.use_cases.persons import index_of, masked
from services.membership.record.use_cases import roster

_HEADINGS = {
    "number": ("会员号", "会员编号", "会员证号", "member number"),
    **{name: ROSTER_HEADINGS[name] for name in ("hr_id", "id_number", "name")},
}
_TYPED = ["number", "name"]
"""Columns of a list without headings; the first may hold any number, or the name."""
_LONGEST_SHOWN = 60
_IDENTITY = re.compile(r"\d{17}[\dXx]", re.ASCII)


def read_member_list(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return for each line whom it means.

    Raises:
        NotAllowed: another unit's list.
        InvalidInput: the file is none that is read, no column names members, or the list is too long.
    """
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    lines = _lines(request)
    keys = {line[name] for _, _, line in lines for name in ("number", "hr_id") if line.get(name)}
    keys |= {line["name"] for _, _, line in lines if line.get("name")}
    persons = {index_of(line["id_number"]) for _, _, line in lines if line.get("id_number")}
    found = roster.in_unit_by_keys(tx, request["unit_id"], keys, persons)
    seen: dict[UUID, int] = {}
    return {"items": [_read(number, text, line, found, seen) for number, text, line in lines]}


def _lines(request: Mapping[str, Any]) -> list[tuple[int, str, dict[str, str]]]:
    """Return number, text and named cells of each line."""
    file = request["file"]
    table = read_table(file["name"], file["content"]) if file is not None else typed_table(request["text"], _TYPED)
    mapping = remembering.guessed(table.headings, _HEADINGS)
    if table.headings == _TYPED:
        mapping = {name: name for name in _TYPED}
    if not set(mapping.values()) & set(_HEADINGS):
        raise InvalidInput("No column names members.", rule="member_lists.columns_name_members", field="file")
    rows = list(islice(table.rows, MOST_LINES + 1))
    if len(rows) > MOST_LINES:
        detail = f"At most {MOST_LINES} members at once."
        raise InvalidInput(detail, rule="member_lists.list_is_short_enough", params={"most": MOST_LINES})
    named = ((row.number, _named(table, mapping, row)) for row in rows)
    return [(number, _text(line), line) for number, line in named]


def _text(line: Mapping[str, str]) -> str:
    """Return what is shown of a line: never a whole identity number."""
    shown = (masked(name, cell) if name == "id_number" else cell for name, cell in line.items())
    return " ".join(cell for cell in shown if cell)[:_LONGEST_SHOWN]


def _named(table: Table, mapping: Mapping[str, str | None], row: TableRow) -> dict[str, str]:
    named = ((mapping.get(heading), cell) for heading, cell in zip(table.headings, row.cells, strict=True))
    line = {name: "".join(cell.split()) for name, cell in named if name and cell}
    if _IDENTITY.fullmatch(line.get("number", "")):
        line["id_number"] = line.pop("number")
    return line


def _read(
    number: int, text: str, line: Mapping[str, str], found: Sequence[Any], seen: dict[UUID, int]
) -> dict[str, Any]:
    """Return a line with its member; a member of an earlier line is told with that line."""
    read = {"row": number, "text": text}
    member, refusal = _member_of(line, found)
    if member is not None and refusal is None:
        refusal = rules.member_is_listed_once(seen.get(member.id))
        seen.setdefault(member.id, number)
    if refusal is not None or member is None:
        refusal = refusal or rules.person_is_known(0)
        assert refusal is not None
        return {**read, "rule": refusal.rule, "detail": refusal.detail, "params": refusal.params}
    return {**read, "member_id": member.id}


def _member_of(line: Mapping[str, str], found: Sequence[Any]) -> tuple[Any, Refusal | None]:
    person = index_of(line["id_number"]) if line.get("id_number") else None
    keys = {line.get("number"), line.get("hr_id")} - {None}
    persons = {person} - {None}
    numbered = [one for one in found if one.number in keys or one.hr_id in keys or one.id_number_index in persons]
    if numbered:
        fits = len(numbered) == 1 and line.get("name") in (None, numbered[0].name)
        return numbered[0], rules.name_fits_the_number(fits)
    names = {line.get("name")} if len(line) == 1 and "name" in line else keys if len(line) == 1 else set()
    named = [one for one in found if one.name in names]
    refusal = first_refusal([rules.person_is_known(len(named)), rules.name_is_one_members(len(named))])
    return (named[0] if named else None), refusal
