"""Imports: list, upload, templates. `one_import_pages` has the pages of one import."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.rosters import template
from gateway.portal.service_calls import go, submit
from gateway.portal.uploads import file_response, takes_file
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import REQUIRED
from services.contracts.membership.imports import LARGEST, UploadRoster, list_imports, upload_roster

PAGES = PageTable()

FILE = (
    Field(
        "file",
        _l("名册文件"),
        "file",
        hint=_l(".xlsx 或 .csv（UTF-8、GB18030），不超过 10 MB、10 万行；不能有公式、宏和密码。"),
        required=True,
        extra={"accept": ".xlsx,.csv"},
    ),
)


_RESULTS = {"joined": _l("新会员"), "updated": _l("更新"), "skipped": _l("跳过"), "refused": _l("未收入")}


def _result(name: str, heading: Any) -> Column:
    """Return the column of how many rows of an import ended so."""
    return Column(name, heading, "number", value=lambda item: item["result"].get(name))


IMPORTS = PAGES.add_list(
    ListPage(
        "imports", "/console/imports", list_imports, _l("名册导入"),
        columns=(
            "file_name", "rows", *(_result(name, heading) for name, heading in _RESULTS.items()), "uploaded_at",
            Column("state", state=True),
        ),
        roles=("officer",),
        lead=_l("上传名册，核对列，先试运行再导入。试运行不会改动任何档案。"),
        empty=_l("还没有导入过名册。"),
        icon="file-earmark-arrow-up",
        link="import_",
        argument="import_id",
        more=lambda shown: {"form": Form(UploadRoster, FILE)},
        template="portal/console/imports.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.post("/console/imports")
@takes_file(LARGEST)
@only("officer")
def upload_import() -> Response | tuple[str, int]:
    """Store an uploaded file; the next step is assigning its columns."""
    form = Form(UploadRoster, FILE, posted=request.form)
    filled = form.payload()
    if not filled:
        form.take(InvalidInput(errors={"file": [REQUIRED]}))
    reply = submit(form, upload_roster, filled=filled) if filled else None
    if reply is None:
        return IMPORTS.show(form=form), 422
    return go(url_for("portal.import_", import_id=reply["id"]))


@PAGES.get("/console/imports/template.<any(xlsx, csv):kind>")
@only("officer", "chair")
def import_template(kind: str) -> Response:
    """Return an empty roster."""
    return file_response(template(kind))
