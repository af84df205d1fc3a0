"""Statements on pages: one's own, and a member's for officers and auditors; each also as PDF and spreadsheet."""

from __future__ import annotations

import base64
import re
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.exporting import as_file
from gateway.portal.look_ups import own_record
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import PASSED_ON, go, tell
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from gateway.subjects.welfare.statement import figures, files
from gateway.subjects.welfare.statement.wording import sections
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.contracts.welfare.statement import YEARS_BACK, my_statement, read_statement

PAGES = PageTable()
_DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_YEAR = re.compile(r"\A[0-9]{4}\Z")


def _asked() -> dict[str, Any]:
    """Return day and first year of the query string or form; what can't be read is left out."""
    as_of, year_from = (request.values.get(name, "").strip() for name in ("as_of", "year_from"))
    years = {"year_from": int(year_from)} if _YEAR.match(year_from) else {}
    return {**({"as_of": as_of} if _DAY.match(as_of) else {}), **years}


@PAGES.get("/me/statement")
@only("member")
def own_statement() -> str:
    """Show one's own statement as of a day."""
    asked, problem = _asked(), None
    try:
        told = call(my_statement, asked)
    except PASSED_ON:
        raise
    except Problem as refused:
        told, problem = call(my_statement, {}), refused
    return _page(told, problem=problem, frame="portal/member.html", looks=told["looks"])


@PAGES.get("/me/statement/file/<kind>")
@only("member")
def own_statement_file(kind: str) -> Response:
    """Hand out one's own statement as a file."""
    return _file(kind, call(my_statement, _asked()), (own_record().data or {}).get("name", ""))


@PAGES.post("/console/members/<uuid:member_id>/statement")
@only("officer", "auditor")
def member_statement(member_id: UUID) -> str | Response:
    """Show a member's statement, or hand it out as a file, for a purpose that is logged."""
    purpose = request.form.get("purpose", "").strip()
    try:
        told = call(read_statement, {**_asked(), "member_id": str(member_id), "purpose": purpose})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.member", member_id=member_id, tab="benefits"))
    name = names([told], "member_id").get(str(member_id), "")
    if request.form.get("file"):
        return _file(request.form["file"], told, name)
    return _page(told, frame="portal/console.html", name=name, purpose=purpose)


def _page(told: dict[str, Any], **more: Any) -> str:
    lines = told["lines"]
    year = int(told["as_of"][:4])
    return render_template(
        "portal/member/statement.html",
        statement=told,
        caps=figures.of_caps(lines, str(year)),
        unruled=figures.unruled(lines),
        sections=sections(lines),
        years=range(year, year - YEARS_BACK - 1, -1),
        today=today().isoformat(),
        **more,
    )


def _file(kind: str, told: dict[str, Any], name: str) -> Response:
    title = gettext("福利明细")
    if kind == "pdf":
        content = base64.b64encode(files.as_pdf(told, name)).decode("ascii")
        named = f"{title}-{told['as_of'].replace('-', '')}.pdf"
        return file_response({"name": named, "media_type": "application/pdf", "content": content})
    sheet = "csv" if kind == "csv" else "xlsx"
    return file_response(as_file(title, sheet, files.as_sheet(told, sheet)))
