"""What is wrong in the own record: asked to be set right, taken back, answered; and the own data as one file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.files import file_response
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListPage, PageLink
from gateway.portal.look_ups import own_record
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.record_fields import choices_of
from gateway.portal.service_calls import act, go, place, submit
from gateway.portal.uploads import takes_file
from gateway.portal.words import texts_of
from gateway.subjects.membership.privacy import data_export
from services.chassis.errors import InvalidInput, TooMany, Unavailable
from services.contracts.gateway.identity import DownloadMyData
from services.contracts.membership.corrections import (
    CORRECTABLE,
    AskCorrection,
    ask_correction,
    list_my_corrections,
    take_back_correction,
)
from services.contracts.membership.record.attachments import LARGEST_DOCUMENT

PAGES = PageTable()

FIELDS = texts_of(CORRECTABLE)
EVIDENCE = Field(
    "evidence", _l("证明材料"), "file", wide=True,
    hint=_l("可不填。PDF、JPEG 或 PNG，不超过 5 MB；会存入您的附件，只有您本人和校工会干部可以查看。"),
    extra={"accept": "application/pdf,image/jpeg,image/png"},
)  # fmt: skip
PASSWORD = Field(
    "password", wide=True, extra={"autocomplete": "current-password"},
    hint=_l("文件里有您的全部信息，下载前请再输入一次密码。"),
)  # fmt: skip


OWN_CORRECTIONS = PAGES.add_list(
    ListPage(
        "my_corrections", "/me/corrections", list_my_corrections, _l("更正申请"),
        columns=(),
        roles=("member",),
        lead=_l("档案里有误、自己又改不了的内容，在这里申请更正。"),
        empty=_l("还没有更正申请。"),
        icon="pencil-square",
        links=(PageLink("new_correction", _l("申请更正"), "plus-lg", first=True),),
        back=("my_data", _l("我的数据")),
        template="portal/member/corrections.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.route("/me/corrections/new", methods=["GET", "POST"])
@takes_file(LARGEST_DOCUMENT)
@only("member")
def new_correction() -> str | Response | tuple[str, int]:
    """Choose the field, then say what it should be and why."""
    name = request.values.get("field", "")
    if name not in FIELDS:
        return render_template("portal/member/correction_field.html", choices=FIELDS)
    form = Form(AskCorrection, _fields(name), posted=request.form if request.method == "POST" else None)
    page: dict[str, Any] = {"form": form, "field": name, "record": own_record()}
    if request.method != "POST":
        return render_template("portal/member/correction_new.html", **page)
    if submit(form, ask_correction, filled=_filled(form), field=name) is None:
        return render_template("portal/member/correction_new.html", **page), 422
    flash(gettext("申请已提交，校工会会答复您。"), "done")
    return go(url_for("portal.my_corrections"))


def _fields(name: str) -> list[Field]:
    choices = choices_of(name)
    dated = name.endswith(("_on", "_date"))
    value = Field("value", control="date", wide=True) if dated else Field("value", choices=choices, wide=True)
    return [value, Field("reason", control="textarea", hint=_l("哪里不对，凭什么材料。")), EVIDENCE]


def _filled(form: Form) -> dict[str, Any]:
    """Return what was filled in, the chosen file as the request's evidence."""
    filled = form.payload()
    chosen = {name: filled.pop(name) for name in ("name", "media_type", "content") if name in filled}
    return {**filled, "evidence": {"kind": "other", **chosen}} if chosen else filled


@PAGES.post("/me/corrections/<uuid:correction_id>/take-back")
@only("member")
def drop_correction(correction_id: UUID) -> Response:
    """Take a request back."""
    payload = {"correction_id": str(correction_id)}
    then = url_for("portal.my_corrections")
    return act(take_back_correction, payload, done=gettext("申请已撤回。"), then=then)


@PAGES.route("/me/data/download", methods=["GET", "POST"])
@only("member")
def download_my_data() -> str | Response | tuple[str, int]:
    """Hand out everything as one file, once the password is said again."""
    form = Form(DownloadMyData, [PASSWORD], posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return render_template("portal/member/download.html", form=form)
    try:
        return file_response(data_export.copy_of(signed_in(), form.payload().get("password", "")))
    except (InvalidInput, TooMany, Unavailable) as problem:
        place(form, problem)
        return render_template("portal/member/download.html", form=form), problem.status
