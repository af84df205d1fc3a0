"""Imports: list, upload, templates. `one_import_pages` has the pages of one import."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.listing import asked, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.rosters import template
from gateway.portal.service_calls import go, part, submit
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


@PAGES.get("/console/imports")
@only("officer")
def imports() -> str:
    """List imports, with the upload form."""
    return _page(Form(UploadRoster, FILE))


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
        return _page(form), 422
    return go(url_for("portal.import_", import_id=reply["id"]))


def _page(form: Form) -> str:
    return render_template("portal/console/imports.html", form=form, list=listing(part(list_imports, asked())))


@PAGES.get("/console/imports/template.<any(xlsx, csv):kind>")
@only("officer", "chair")
def import_template(kind: str) -> Response:
    """Return an empty roster."""
    return file_response(template(kind))
