"""Sheets of cards of a list; an officer's pages of a member's photo and documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import many
from gateway.portal.forms import Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in, unit_name
from gateway.portal.service_calls import PASSED_ON, act, go, part, submit, tell
from gateway.portal.uploads import file_response, takes_file
from gateway.rpc.calls import call
from gateway.subjects.membership.cards import sheets
from gateway.subjects.membership.cards.files_pages import DOCUMENT
from services.chassis.errors import Problem, refuse_first
from services.chassis.rules.refusal import number_is_as_seen
from services.contracts.membership.card import list_cards, revoke_cards
from services.contracts.membership.record.attachments import LARGEST_DOCUMENT
from services.contracts.membership.record.files import (
    AttachToMember,
    attach_to_member,
    detach_from_member,
    list_member_files,
    member_photo,
    open_member_file,
    remove_member_photo,
)
from services.contracts.membership.record.operations import get_member

PAGES = PageTable()

_PRINTED_BY = ("q", "unit_id", "employment")


@PAGES.get("/console/members/cards")
@only("officer", "chair")
def confirm_cards() -> str:
    """Ask whether the cards of a filtered list are to be printed."""
    filters = _filters(request.args)
    items, total = many.first_of(list_cards, filters)
    rows = [(card["name"], f"{unit_name(card['unit_id'])} · {card['number']}") for card in items]
    return many.asked_again(
        many.Concerned(total, rows),
        title=gettext("打印会员卡"),
        told=gettext("将打印 %(count)s 张会员卡。", count=f"{total:,}"),
        chosen=gettext(
            "符合当前条件的在册会员，A4 每页十张，带裁切线。100 张以内直接下载，更多的在后台排版，一次最多 5,000 张。"
        ),
        button=gettext("排版并下载"),
        action=url_for("portal.print_members_cards"),
        back=url_for("portal.members", **filters),
        kept=filters,
        file=True,
    )


def _filters(sent: Mapping[str, str]) -> dict[str, Any]:
    return {key: sent[key] for key in _PRINTED_BY if sent.get(key)}


@PAGES.post("/console/members/cards")
@only("officer", "chair")
def print_members_cards() -> Response:
    """Return the cards of a filtered list on sheets, if they are as many as were seen; for many cards start a job."""
    filters = _filters(request.form)
    try:
        total = sheets.count(filters)
        refuse_first(number_is_as_seen(total, many.seen()))
        if sheets.fits_at_once(total):
            return file_response(sheets.at_once(filters))
        job = sheets.start(filters)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.members", **filters))
    flash(gettext("会员卡较多，正在后台排版，好了在这里下载。"), "done")
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.get("/console/members/<uuid:member_id>/photo")
@only("officer", "chair")
def photo_of_member(member_id: UUID) -> Response:
    """Show the photo of a record."""
    return file_response(call(member_photo, _ref(member_id)), inline=True)


@PAGES.post("/console/members/<uuid:member_id>/photo/remove")
@only("officer", "chair")
def remove_photo(member_id: UUID) -> Response:
    """Remove an unsuitable photo from a record."""
    payload = {**_ref(member_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.member", member_id=member_id)
    return act(remove_member_photo, payload, done=gettext("照片已删除。"), then=then)


@PAGES.post("/console/members/<uuid:member_id>/cards/revoke")
@only("officer", "chair")
def revoke_member_cards(member_id: UUID) -> Response:
    """Revoke all earlier cards of a member."""
    payload = {**_ref(member_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.member", member_id=member_id)
    return act(revoke_cards, payload, done=gettext("以前的会员卡都已作废。"), then=then)


@PAGES.route("/console/members/<uuid:member_id>/files", methods=["GET", "POST"])
@takes_file(LARGEST_DOCUMENT)
@only("officer")
def member_files(member_id: UUID) -> str | Response | tuple[str, int]:
    """List the documents of a record, or attach one."""
    form = Form(AttachToMember, DOCUMENT, posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(member_id, form)
    if submit(form, attach_to_member, **_ref(member_id)) is None:
        return _page(member_id, form), 422
    flash(gettext("文件已上传。"), "done")
    return go(url_for("portal.member_files", member_id=member_id))


@PAGES.post("/console/members/<uuid:member_id>/files/<uuid:file_id>/open")
@only("officer")
def open_file_of_member(member_id: UUID, file_id: UUID) -> Response:
    """Return a document, for a purpose that is logged."""
    payload = {**_ref(member_id), "file_id": str(file_id), "purpose": request.form.get("purpose", "").strip()}
    return file_response(call(open_member_file, payload))


@PAGES.post("/console/members/<uuid:member_id>/files/<uuid:file_id>/remove")
@only("officer")
def remove_file_of_member(member_id: UUID, file_id: UUID) -> Response:
    """Remove a document from a record, with the reason."""
    payload = {**_ref(member_id), "file_id": str(file_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.member_files", member_id=member_id)
    return act(detach_from_member, payload, done=gettext("文件已删除。"), then=then)


def record_page(card: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the page of the record behind a scanned card: the own one, or that of a member in the console."""
    member_id = card["subject_id"]
    if member_id == str(signed_in().member_id):
        return url_for("portal.my_record"), _l("我的档案")
    return url_for("portal.member", member_id=member_id), _l("打开会员档案")


def _ref(member_id: UUID) -> dict[str, Any]:
    return {"member_id": str(member_id)}


def _page(member_id: UUID, form: Form) -> str:
    return render_template(
        "portal/console/member_files.html",
        member=call(get_member, _ref(member_id)),
        files=part(list_member_files, _ref(member_id)),
        form=form,
    )
