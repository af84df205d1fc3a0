"""The own photo and documents: uploading, opening, removing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.consents import wordings
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.uploads import file_response, takes_file
from gateway.rpc.calls import call
from services.contracts.membership.card import my_card
from services.contracts.membership.record.attachments import LARGEST_DOCUMENT, LARGEST_PHOTO
from services.contracts.membership.record.files import (
    AttachToMember,
    ReplaceMemberPhoto,
    attach_to_member,
    detach_from_member,
    list_member_files,
    open_member_file,
    remove_member_photo,
    replace_member_photo,
)

PAGES = PageTable()

PHOTO = (
    Field(
        "content",
        hint=_l("JPEG 或 PNG，不超过 2 MB，正面免冠。拍摄地点等信息会被去除。"),
        required=True,
        extra={"accept": "image/jpeg,image/png"},
    ),
)
DOCUMENT = (
    "kind",
    Field(
        "content",
        hint=_l("PDF、JPEG 或 PNG，不超过 5 MB。"),
        required=True,
        extra={"accept": "application/pdf,image/jpeg,image/png"},
    ),
)


def _me() -> dict[str, Any]:
    return {"member_id": str(signed_in().member_id)}


@PAGES.get("/me/files")
@only("member")
def my_files() -> str:
    """Show photo and documents."""
    return _page(_photo_form(), _document_form())


def _photo_form() -> Form:
    posted = request.form if request.endpoint == "portal.give_photo" else None
    return Form(ReplaceMemberPhoto, PHOTO, posted=posted, prefix="photo-")


def _document_form() -> Form:
    posted = request.form if request.endpoint == "portal.give_document" else None
    return Form(AttachToMember, DOCUMENT, posted=posted, prefix="document-")


def _page(photo: Form, document: Form) -> str:
    return render_template(
        "portal/member/files.html",
        photo=photo,
        document=document,
        card=part(my_card, {}),
        files=part(list_member_files, _me()),
        texts=wordings(("photo",)),
    )


@PAGES.post("/me/files/photo")
@takes_file(LARGEST_PHOTO)
@only("member")
def give_photo() -> Response | tuple[str, int]:
    """Upload a photo, with consent to its use in the version shown."""
    form = _photo_form()
    version = request.form.get("wording_photo") if "consent_photo" in request.form else None
    if submit(form, replace_member_photo, **_me(), consent_version=version) is None:
        return _page(form, _document_form()), 422
    flash(gettext("照片已更新，会员卡即时生效。"), "done")
    return go(url_for("portal.my_files"))


@PAGES.post("/me/files/photo/remove")
@only("member")
def drop_photo() -> Response:
    """Remove the own photo."""
    return act(remove_member_photo, _me(), done=gettext("照片已删除。"), then=url_for("portal.my_files"))


@PAGES.post("/me/files/documents")
@takes_file(LARGEST_DOCUMENT)
@only("member")
def give_document() -> Response | tuple[str, int]:
    """Attach a document to the own record."""
    form = _document_form()
    if submit(form, attach_to_member, **_me()) is None:
        return _page(_photo_form(), form), 422
    flash(gettext("文件已上传。"), "done")
    return go(url_for("portal.my_files"))


@PAGES.post("/me/files/documents/<uuid:file_id>/open")
@only("member")
def open_document(file_id: UUID) -> Response:
    """Download one of the own documents."""
    return file_response(call(open_member_file, {**_me(), "file_id": str(file_id)}))


@PAGES.post("/me/files/documents/<uuid:file_id>/remove")
@only("member")
def drop_document(file_id: UUID) -> Response:
    """Remove one of the own documents from the record."""
    payload = {**_me(), "file_id": str(file_id)}
    return act(detach_from_member, payload, done=gettext("文件已删除。"), then=url_for("portal.my_files"))
