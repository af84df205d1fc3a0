"""Files around roster import: the empty template, and the rows with problems beside their reasons in words."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from gateway.portal.messages import say
from gateway.portal.roster_template import empty_workbook
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.files.spreadsheets import MEDIA_TYPES, write_csv, write_xlsx
from services.contracts.membership.imports import ROSTER_FIELDS, read_problem_rows


def template(kind: str) -> dict[str, Any]:
    """Return an empty roster with a column for everything that is read; a workbook explains and offers the words."""
    columns = [(field, str(text)) for field, text in texts_of(ROSTER_FIELDS).items()]
    content = write_csv(columns, []) if kind == "csv" else empty_workbook()
    return _file(gettext("会员名册模板"), kind, content)


def problem_file(import_id: str) -> dict[str, Any]:
    """Return the rows with problems as they stand in the uploaded file, with their reasons; the look is logged."""
    first = call(read_problem_rows, {"import_id": import_id})
    columns = [("_row", gettext("行号")), *((heading, heading) for heading in first["headings"])]
    columns.append(("_why", gettext("问题")))
    content = write_xlsx(columns, _rows(import_id, first))
    return _file(gettext("名册问题行"), "xlsx", content)


def _file(name: str, kind: str, content: bytes) -> dict[str, Any]:
    named = f"{name}-{today():%Y%m%d}.{kind}"
    return {"name": named, "media_type": MEDIA_TYPES[kind], "content": base64.b64encode(content).decode("ascii")}


def _rows(import_id: str, reply: dict[str, Any]) -> Iterator[dict[str, Any]]:
    while True:
        for item in reply["items"]:
            cells = dict(zip(reply["headings"], item["cells"], strict=True))
            why = gettext("；").join(reason(problem) for problem in item["problems"])
            yield {**cells, "_row": item["row"], "_why": why}
        if reply["next_part"] is None:
            return
        reply = call(read_problem_rows, {"import_id": import_id, "part": reply["next_part"]})


def reason(problem: Mapping[str, Any]) -> str:
    """Return why a row can't be taken, in words, with the column it is about."""
    text = why(problem)
    column = problem["heading"] or (texts_of(ROSTER_FIELDS).get(problem["field"]) if problem["field"] else None)
    return gettext("%(column)s：%(why)s", column=column, why=text) if column else text


def why(problem: Mapping[str, Any]) -> str:
    """Return why a row can't be taken, in words."""
    return say(Problem(problem["detail"], rule=problem["rule"], params=problem["params"]))
