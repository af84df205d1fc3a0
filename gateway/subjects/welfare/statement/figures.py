"""The picture of a statement: what of each cap of the year was used, and what is left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext

from gateway.portal.formats import money
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table
from gateway.subjects.welfare.statement.wording import title_of

PER_OCCASION = "per_occasion"


def of_caps(lines: list[dict[str, Any]], year: str) -> Bars:
    """Return a bar for each benefit of the year with a cap."""
    known = [line for line in lines if line["state"] == "remaining" and line["params"].get("cap")]
    cells = [
        [title_of({**line, "params": {**line["params"], "year": None}}), _spent(line), _cap(line), _left(line)]
        for line in known
    ]
    rows = [
        BarRow(cell[0], (line["params"]["used"],), _beside(line), whole=_ground(line))
        for line, cell in zip(known, cells, strict=True)
    ]
    headings = [gettext("福利"), gettext("已使用"), gettext("上限"), gettext("还可用")]
    return Bars(
        name="caps",
        title=gettext("%(year)s 年各项标准", year=year),
        level=2,
        series=[Series(gettext("已使用"), "first")],
        whole_label=gettext("上限"),
        own_scale=True,
        rows=rows,
        table=Table(headings, cells),
        empty=gettext("没有带上限的福利项目。"),
    )


def unruled(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of the year for which a rule is missing."""
    return [line for line in lines if line["state"] == "remaining" and not line["params"].get("cap")]


def _each_time(line: dict[str, Any]) -> bool:
    return bool(line["params"].get("basis") == PER_OCCASION)


def _ground(line: dict[str, Any]) -> Any:
    """Return the cap, or for one of each occasion the larger of it and what was used."""
    cap, used = Decimal(line["params"]["cap"]), Decimal(line["params"]["used"])
    return max(cap, used) if _each_time(line) else cap


def _beside(line: dict[str, Any]) -> str:
    if _each_time(line):
        return gettext("每次不超过 %(cap)s，已得 %(used)s", cap=_cap(line), used=_spent(line))
    return gettext("已用 %(used)s，还可用 %(left)s", used=_spent(line), left=_left(line))


def _spent(line: dict[str, Any]) -> str:
    return money(line["params"]["used"])


def _cap(line: dict[str, Any]) -> str:
    return money(line["params"]["cap"])


def _left(line: dict[str, Any]) -> str:
    return money(line["amount"])
