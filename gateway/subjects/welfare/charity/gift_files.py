"""A unit's list of gifts as a file: each line read and shown with what is wrong in it, then entered as a whole."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, own_unit_choices
from gateway.portal.service_calls import PASSED_ON, ask_again, go, tell
from gateway.portal.uploads import takes_file, upload_of
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.errors import InvalidInput, Problem
from services.chassis.files.spreadsheets import read_sheet
from services.chassis.input_errors import InputError
from services.contracts.membership.member_lists import LARGEST_LIST, read_member_list
from services.contracts.welfare.charity import operations as contract
from services.contracts.welfare.charity.requests import MOST_GIFTS, ListedGift

PAGES = PageTable()
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "amount": ("金额", "捐款金额", "捐赠金额", "amount"),
    "goods": ("物品", "捐赠物品", "goods"),
    "quantity": ("数量", "quantity"),
}
"""How the columns may be called, without what stands in brackets."""
COLUMNS: Mapping[str, tuple[str, ...]] = {"cash": ("amount",), "goods": ("goods", "quantity")}
_ASKED: Mapping[str, Any] = {
    "amount": _l("请填大于 0 的金额，最多两位小数。"),
    "goods": _l("请写明物品，最多 100 个字。"),
    "quantity": _l("请写明数量，例如“2 床”，最多 40 个字。"),
}
_ANONYMOUS = frozenset({"", "匿名", "anonymous"})
_TOTALS = frozenset({"合计", "总计", "小计"})


@dataclass
class Line:
    """A line as it was read: who gave what, and (column, why) of each cell that is wrong."""

    row: int
    text: str
    member_id: str | None
    cells: dict[str, str]
    faults: list[tuple[str, str]] = field(default_factory=list)


@PAGES.post("/console/drives/<uuid:drive_id>/lists/<any(cash,goods):way>/file")
@takes_file(LARGEST_LIST)
@only("officer", "chair")
def read_gift_file(drive_id: UUID, way: str) -> str | Response:
    """Show what stands in a file; nothing is stored."""
    asked = request.form.get("unit_id", "")
    unit_id = asked if asked in own_unit_choices() else ""
    back = url_for("portal.gift_list", drive_id=drive_id, way=way, unit_id=unit_id)
    upload = upload_of("list")
    if upload is None:
        ask_again(gettext("请选择文件。"))
        return go(back)
    try:
        lines = lines_of(upload, way, unit_id)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(back)
    people = names([{"member_id": one.member_id} for one in lines if one.member_id], "member_id")
    return gift_file_page(drive_id, way, unit_id, [_shown(one, people) for one in lines])


def gift_file_page(drive_id: UUID, way: str, unit_id: str, lines: Sequence[Mapping[str, Any]], **more: Any) -> str:
    """Return the page that shows a list before it is entered, with what is wrong or doubled."""
    entered: Mapping[str, Any] = more.get("entered") or {"duplicates": [], "repeated": []}
    amounts = [Decimal(one["amount"]) for one in lines if one.get("amount") and not one.get("faults")]
    return render_template(
        "portal/console/gift_file.html",
        drive=call(contract.get_drive, {"drive_id": str(drive_id)}),
        way=way,
        unit_id=unit_id,
        given_on=request.form.get("given_on", ""),
        lines=lines,
        faulty=[one for one in lines if one.get("faults")],
        anonymous=sum(not one["giver"] for one in lines),
        total=sum(amounts, Decimal(0)),
        entered=entered,
        people=names(entered["duplicates"], "member_id"),
        problem=more.get("problem"),
    )


def lines_of(upload: Mapping[str, Any], way: str, unit_id: str) -> list[Line]:
    """Return the lines of a file with whom each means; a line of totals is passed over.

    Raises:
        InvalidInput: the file can't be read, has no line, too many, or not the columns of this way of giving.
        Refused: no column names members.
    """
    read = call(read_member_list, {"unit_id": unit_id, "file": dict(upload)})["items"]
    sheet = read_sheet(upload["name"], base64.b64decode(upload["content"]))
    headings = {name: _heading(sheet.headings, name) for name in COLUMNS[way]}
    cells = {number: {name: row.get(heading, "").strip() for name, heading in headings.items()}
             for number, row in sheet.rows}  # fmt: skip
    lines = [_line(one, cells.get(one["row"], {}), headings) for one in read if one["text"] not in _TOTALS]
    if not lines:
        raise InvalidInput(InputError("charity.file_has_lines", "The file has no line below its headings."))
    if len(lines) > MOST_GIFTS:
        too_long = InputError("charity.list_is_short_enough", f"At most {MOST_GIFTS} lines at once.", most=MOST_GIFTS)
        raise InvalidInput(too_long)
    return lines


def _heading(headings: Sequence[str], name: str) -> str:
    """Return how a file calls a column."""
    bare = {one: one.partition("（")[0].partition("(")[0].strip().lower() for one in headings}
    found = next((one for one, short in bare.items() if short in HEADINGS[name]), None)
    if found is None:
        word = HEADINGS[name][0]
        missing = InputError("charity.file_has_column", f"The file has no column {word}.", column=word)
        raise InvalidInput(missing)
    return found


def _line(read: Mapping[str, Any], cells: Mapping[str, str], headings: Mapping[str, str]) -> Line:
    values = {name: plain_amount(text) if name == "amount" else text for name, text in cells.items()}
    anonymous = read["text"].lower() in _ANONYMOUS
    line = Line(read["row"], read["text"], None if anonymous else read.get("member_id"), values)
    if read.get("rule") and not anonymous:
        line.faults.append((gettext("会员号、姓名"), say_rule(read["rule"], read.get("params") or {})))
    wrong = ListedGift().validate({name: value or None for name, value in values.items()})
    for name, heading in headings.items():
        if name in wrong or not values.get(name):
            line.faults.append((heading, str(_ASKED[name])))
    return line


def _shown(line: Line, people: Mapping[str, str]) -> dict[str, Any]:
    """Return a line as the page shows it and the form hands it on."""
    name = people.get(line.member_id, line.text) if line.member_id else line.text
    return {"row": line.row, "name": name, "giver": line.member_id, "faults": line.faults, **line.cells}
