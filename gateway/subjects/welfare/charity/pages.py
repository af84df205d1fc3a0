"""Charity drives in the console: drives, their gifts, publishing, closing, hand-over, disclosure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.look_ups import plan_item_choices
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, only, own_unit_choices, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import file_response, takes_file, upload_of
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.contracts.files import LARGEST
from services.contracts.welfare.charity import operations as contract
from services.contracts.welfare.charity import requests
from services.contracts.welfare.charity.vocabulary import DRIVE_STATES

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_WAY = DRIVE_STATES.only("draft", "open", "closed", "handed_over", "disclosed")

DRIVES = PAGES.add_list(
    ListPage(
        "drives", "/console/drives", contract.list_drives, _l("慈善捐赠"),
        columns=(
            "title", "charity_name", Column("credit_code", on_page=False), Column("certificate", on_page=False),
            "opens_on", "closes_on", Column("handed_on", optional=True), Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("charity", "state"),
        lead=_l("与有公开募捐资格的慈善组织合作，善款由其入账，不进工会账。自愿捐赠，没有起点，不排名。"),
        empty=_l("还没有慈善捐赠活动。"),
        icon="heart",
        links=(PageLink("new_drive", _l("新建活动"), "plus-lg", _OFFICER, first=True),),
        link="drive",
        argument="drive_id",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _of_drive(shown: Shown) -> dict[str, Any]:
    """Return the steps of the drive that the page is about, and for officers and auditors what is outstanding."""
    drive, asked = shown.about, {"drive_id": shown.named["drive_id"]}
    of_office = current_principal().has(*OFFICE_ROLES)
    office = part(contract.drive_outstanding, asked).data if of_office and drive["state"] != "draft" else None
    return {
        "title": drive["title"],
        "way": steps_of(_WAY, drive["state"], DRIVE_STATES),
        "office": office,
        "own_units": own_unit_choices() if drive["state"] == "open" else {},
        "all_units": unit_choices() if drive["state"] == "open" and of_office else own_unit_choices(),
        "today": today().isoformat(),
        "counts": part(contract.list_cash_counts, {**asked, "limit": 10}).items,
    }


GIFTS = PAGES.add_list(
    ListPage(
        "drive", "/console/drives/<uuid:drive_id>", contract.list_gifts, _l("捐赠登记"),
        columns=(
            "given_on", Column("member_id", macro="giver"), "unit_id", "way", Column("amount", optional=True),
            Column("goods", optional=True), Column("quantity", optional=True), Column("reference", optional=True),
            "receipt", Column("receipt_number", on_page=False), Column("receipt_on", on_page=False),
            Column("entered_at", on_page=False), Column("state", state=True), actions("of_gift"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("q", Field("unit_id", choices=unit_choices), "way", "state", "receipt"),
        empty=_l("没有符合条件的捐赠。"),
        icon="heart",
        back=("drives", _l("慈善捐赠")),
        about=contract.get_drive,
        more=_of_drive,
        template="portal/console/drive.html",
        macros="portal/parts/charity.html",
        export=ListExport(name="gifts", title=_l("捐赠登记")),
    )
)  # fmt: skip

COUNTS = PAGES.add_list(
    ListPage(
        "cash_counts", "/console/drives/<uuid:drive_id>/counts", contract.list_cash_counts, _l("现金清点"),
        columns=("first_at", "unit_id", "gifts", "counted", "second_at"),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("unit_id", choices=unit_choices),),
        lead=_l("两人各点一次，都与清单一致才算清点完成；完成前不显示金额。"),
        empty=_l("还没有清点。"),
        icon="cash-stack",
        about=contract.get_drive,
        more=lambda shown: {"back": (here(shown.about["id"]), shown.about["title"])},
        export=ListExport(personal=False),
    )
)  # fmt: skip


def here(drive_id: UUID) -> str:
    """Return the address of a drive's page."""
    return url_for("portal.drive", drive_id=drive_id)


def _drive_form(schema: type[Any], values: dict[str, Any]) -> Form:
    fields: list[Field | str] = [
        Field("title", wide=True), Field("purpose", control="textarea"),
        Field("charity_name", hint=_l("草稿可以先不填，发布前补全。")), "credit_code", "certificate",
        "opens_on", "closes_on",
        Field("plan_item_id", control="select", choices=plan_item_choices, blank=_l("（不关联）")),
        Field("wording", control="textarea", hint=_l("选择工资代扣的会员须同意的内容，发布后不能改。")),
        "wording_version",
    ]  # fmt: skip
    return Form(schema, fields, values=values, posted=request.form if request.method == "POST" else None)


@PAGES.route("/console/drives/new", methods=["GET", "POST"])
@only("officer")
def new_drive() -> str | Response | tuple[str, int]:
    """Prepare a drive."""
    values = {"opens_on": today().isoformat(), "wording_version": f"{today().year}-1"}
    form = _drive_form(requests.PrepareDrive, values)
    if form.posted is not None:
        made = submit(form, contract.prepare_drive)
        if made is not None:
            flash(gettext("草稿已保存，补全慈善组织信息后发布。"), "done")
            return go(here(made["id"]))
    return _form_page(gettext("新建捐赠活动"), form, url_for("portal.drives"), gettext("慈善捐赠"))


@PAGES.route("/console/drives/<uuid:drive_id>/change", methods=["GET", "POST"])
@only("officer")
def change_drive(drive_id: UUID) -> str | Response | tuple[str, int]:
    """Change a draft."""
    drive = call(contract.get_drive, {"drive_id": str(drive_id)})
    form = _drive_form(requests.ChangeDrive, drive)
    if form.posted is not None and submit(form, contract.change_drive, drive_id=str(drive_id)) is not None:
        flash(gettext("草稿已保存。"), "done")
        return go(here(drive_id))
    return _form_page(gettext("修改捐赠活动"), form, here(drive_id), drive["title"])


def _form_page(title: str, form: Form, back: str, words: str) -> str | tuple[str, int]:
    page = render_template("portal/console/drive_form.html", title=title, form=form, back=back, words=words)
    return (page, 422) if form.posted is not None else page


@PAGES.post("/console/drives/<uuid:drive_id>/open")
@only("officer")
def open_drive(drive_id: UUID) -> Response:
    """Publish a drive."""
    done = gettext("活动已发布，会员可以捐赠。")
    return act(contract.open_drive, {"drive_id": str(drive_id)}, done=done, then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/close")
@only("officer")
def close_drive(drive_id: UUID) -> Response:
    """Close a drive."""
    done = gettext("活动已结束，合计已固定。请移交善款。")
    return act(contract.close_drive, {"drive_id": str(drive_id)}, done=done, then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/cancel")
@only("officer")
def cancel_drive(drive_id: UUID) -> Response:
    """Cancel a drive."""
    payload = {"drive_id": str(drive_id), "reason": request.form.get("reason", "").strip()}
    return act(contract.cancel_drive, payload, done=gettext("活动已取消。"), then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/hand-over")
@takes_file(LARGEST)
@only("officer")
def hand_over_drive(drive_id: UUID) -> Response:
    """Record the hand-over with the charity's receipt."""
    payload = {
        "drive_id": str(drive_id),
        "handed_on": request.form.get("handed_on", ""),
        "handed_amount": plain_amount(request.form.get("handed_amount", "")).strip(),
        "difference": request.form.get("difference", "").strip() or None,
        "charity_receipt": request.form.get("charity_receipt", "").strip(),
        **(upload_of("content") or {}),
    }
    return act(contract.hand_over_drive, payload, done=gettext("移交已登记。"), then=here(drive_id))


@PAGES.post("/console/drives/<uuid:drive_id>/disclose")
@only("officer")
def disclose_drive(drive_id: UUID) -> Response:
    """Disclose what the charity did."""
    payload = {"drive_id": str(drive_id), "report": request.form.get("report", "").strip()}
    return act(contract.disclose_drive, payload, done=gettext("已公开。"), then=here(drive_id))


@PAGES.get("/console/drives/<uuid:drive_id>/receipt")
@only("officer", "auditor")
def charity_receipt_file(drive_id: UUID) -> Response:
    """Hand out the charity's receipt."""
    return file_response(call(contract.charity_receipt, {"drive_id": str(drive_id)}))
