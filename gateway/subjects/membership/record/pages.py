"""Members: search, filters, sort, pages, and the filtered list as a file."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.exporting import as_file, written
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, go, tell
from gateway.portal.uploads import file_response
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.contracts.files import TABLE_FORMATS
from services.contracts.membership.person import GENDERS
from services.contracts.membership.record.exports import EXPORT_COLUMNS, start_member_export
from services.contracts.membership.record.operations import export_members, list_members
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.vocabulary import EMPLOYMENTS

PAGES = PageTable()

AT_ONCE = 1000
"""Members a page hands out itself; a longer list is long work."""
EXPORTED_BY = ("q", "unit_id", "standing", "employment", "lacks")

MEMBERS = PAGES.add_list(
    ListPage(
        "members", "/console/members", list_members, _l("会员"),
        columns=(
            "name", "number", Column("gender", wide=True), "unit_id", "employment", Column("joined_on", wide=True),
            Column("standing", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("q", Field("unit_id", choices=unit_choices), "standing", "employment", "lacks", "sort"),
        empty=_l("没有符合条件的会员。"),
        icon="people",
        links=(PageLink("members_figures", _l("会员构成"), "diagram-3"),),
        link="member",
        argument="member_id",
        template="portal/console/members.html",
    )
)  # fmt: skip


@PAGES.post("/console/members/export")
@only("officer")
def export() -> Response:
    """Give the filtered list as a file, masked; a long one is long work. Logged with its purpose."""
    filters = {key: request.form[key] for key in EXPORTED_BY if request.form.get(key)}
    kind = request.form.get("kind", "xlsx")
    asked_for = {**filters, "purpose": request.form.get("purpose", "").strip()}
    try:
        total = call(list_members, {**filters, "limit": 1, "with_total": True})["total"]
        if total <= AT_ONCE:
            return file_response(_file(asked_for, kind if kind in TABLE_FORMATS else "xlsx"))
        job = call(start_member_export, {**asked_for, "kind": kind, "headings": _headings(), "words": _words()})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.members"))
    flash(gettext("名单较长，正在后台生成，好了在这里下载。"), "done")
    return go(url_for("portal.job", job_id=job["id"]))


def _file(asked_for: dict[str, Any], kind: str) -> dict[str, Any]:
    reply = call(export_members, {**asked_for, "limit": AT_ONCE})
    columns = [(name, _headings()[name]) for name in reply["columns"]]
    known = _words()
    rows = (
        {name: known.get(name, {}).get(value, value) for name, value in zip(reply["columns"], row, strict=True)}
        for row in reply["rows"]
    )
    return as_file(gettext("会员名单"), kind, written(columns, rows, kind))


def _headings() -> dict[str, str]:
    return {name: str(text) for name, text in texts_of(EXPORT_COLUMNS).items()}


def _words() -> dict[str, dict[str, str]]:
    tables = {"gender": texts_of(GENDERS), "employment": texts_of(EMPLOYMENTS), "standing": texts_of(STANDINGS)}
    return {name: {key: str(text) for key, text in table.items()} for name, table in tables.items()}
