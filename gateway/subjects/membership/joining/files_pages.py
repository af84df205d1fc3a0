"""Files of the own application: given once the unit has confirmed it, shown, handed out, taken off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.application_papers import attach_papers
from gateway.portal.consents import consent_fields, wordings
from gateway.portal.forms import Form
from gateway.portal.joining_form import FILES
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go
from gateway.portal.uploads import file_response, takes_file
from gateway.rpc.calls import call
from services.chassis.errors import NotFound
from services.contracts.files import LARGEST
from services.contracts.membership.joining.operations import (
    application_photo,
    detach_from_application,
    get_application,
    my_applications,
    open_application_file,
)

PAGES = PageTable()


def _latest() -> dict[str, Any]:
    items = call(my_applications, {"limit": 1})["items"]
    if not items:
        raise NotFound("There is no application of this account.")
    return {"application_id": items[0]["id"]}


@PAGES.route("/join/application/papers", methods=["GET", "POST"])
@takes_file(LARGEST)
@only()
def give_papers() -> str | Response | tuple[str, int]:
    """Give photo and documents once the unit has confirmed the own application."""
    application = call(get_application, _latest())
    texts = wordings(("photo",))
    specs = [*FILES, *consent_fields(texts.items, needed=())]
    form = Form(None, specs, posted=request.form if request.method == "POST" else None)
    if request.method == "POST" and attach_papers(form, application["id"]):
        flash(gettext("照片和材料已收到。"), "done")
        return go(url_for("portal.my_application"))
    page = render_template("portal/public/papers.html", application=application, form=form, files=FILES, texts=texts)
    return page if request.method != "POST" else (page, 422)


@PAGES.get("/join/application/photo")
@only()
def my_application_photo() -> Response:
    """Show the photo of the own application."""
    return file_response(call(application_photo, _latest()), inline=True)


@PAGES.post("/join/application/files/<uuid:file_id>/open")
@only()
def open_own_file(file_id: UUID) -> Response:
    """Hand out a document of the own application."""
    return file_response(call(open_application_file, {**_latest(), "file_id": str(file_id)}))


@PAGES.post("/join/application/files/<uuid:file_id>/drop")
@only()
def drop_own_file(file_id: UUID) -> Response:
    """Take a file off the own application."""
    payload = {**_latest(), "file_id": str(file_id)}
    return act(detach_from_application, payload, done=gettext("文件已删除。"), then=url_for("portal.my_application"))
