"""Members: search, filters, sort, pages, and the filtered list as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response as FlaskResponse
from flask import render_template, request, stream_with_context
from flask_babel import lazy_gettext as _l

from gateway.calls import call
from gateway.portal import words
from gateway.portal.blueprint import portal
from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.seams import part
from services.chassis.clock import today
from services.contracts.membership.record import export_members, list_members

SORTS = {
    "name": _l("姓名"),
    "number": _l("会员号"),
    "-number": _l("会员号从大到小"),
    "-joined_on": _l("最近入会"),
    "joined_on": _l("最早入会"),
}
FILTERS = (
    Field("q", _l("姓名、拼音或会员号"), "search"),
    Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=ALL),
    Field("standing", _l("会籍状态"), "select", choices=words.STANDING, blank=ALL),
    Field("employment", _l("用工形式"), "select", choices=words.EMPLOYMENT, blank=ALL),
    Field("sort", _l("排序"), "select", choices=SORTS),
)


@portal.get("/console/members")
@only(*CONSOLE_ROLES)
def members() -> str:
    """List members."""
    values = chosen(FILTERS)
    found = part(list_members, asked(with_total=True, **values))
    return render_template("portal/console/members.html", list=listing(found), filters=FILTERS, values=values)


@portal.post("/console/members/export")
@only("officer")
def export() -> FlaskResponse:
    """Give the filtered list as a file, masked; the export is logged with its purpose."""
    filters = {key: request.form[key] for key in ("q", "unit_id", "standing", "employment") if request.form.get(key)}
    asked_for = {**filters, "purpose": request.form.get("purpose", "").strip(), "limit": 1000}
    first = call(export_members, asked_for)
    response = FlaskResponse(stream_with_context(_lines(asked_for, first)), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="members-{today():%Y%m%d}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _lines(asked_for: dict[str, Any], reply: dict[str, Any]) -> Iterator[str]:
    """Write page after page, so that a union of any size fits in memory."""
    yield "\ufeff" + _line([str(words.MEMBER_FIELD.get(column, column)) for column in reply["columns"]])
    while True:
        for row in reply["rows"]:
            yield _line([_harmless(value) for value in row])
        if not reply.get("next_cursor"):
            return
        reply = call(export_members, {**asked_for, "cursor": reply["next_cursor"]})


def _line(values: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()


def _harmless(value: str | None) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{value}" if value and value[0] in "=+-@\t\r" else value or ""
