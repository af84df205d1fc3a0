"""Files of the own application: the photo shown, documents handed out, either taken off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.calls import call
from gateway.portal.blueprint import portal
from gateway.portal.people import only
from gateway.portal.seams import act
from gateway.portal.uploads import file_response
from services.chassis.errors import NotFound
from services.contracts.membership.joining import (
    application_photo,
    detach_from_application,
    my_applications,
    open_application_file,
)


def _latest() -> dict[str, Any]:
    items = call(my_applications, {"limit": 1})["items"]
    if not items:
        raise NotFound("There is no application of this account.")
    return {"application_id": items[0]["id"]}


@portal.get("/join/application/photo")
@only()
def my_application_photo() -> Response:
    """Show the photo of the own application."""
    return file_response(call(application_photo, _latest()), inline=True)


@portal.post("/join/application/files/<uuid:file_id>/open")
@only()
def open_own_file(file_id: UUID) -> Response:
    """Hand out a document of the own application."""
    return file_response(call(open_application_file, {**_latest(), "file_id": str(file_id)}))


@portal.post("/join/application/files/<uuid:file_id>/drop")
@only()
def drop_own_file(file_id: UUID) -> Response:
    """Take a file off the own application."""
    payload = {**_latest(), "file_id": str(file_id)}
    return act(detach_from_application, payload, done=gettext("文件已删除。"), then=url_for("portal.my_application"))
