"""The registry of members in hardship in the console: the list with what is due, one record, its review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, act, go, part, submit, tell
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.welfare.hardship import operations as contract
from services.contracts.welfare.hardship.requests import OpenHardshipRecord
from services.contracts.welfare.hardship.vocabulary import HARDSHIP_GRADES

PAGES = PageTable()
_DUE = Field("due", _l("复核"), "select", choices={"true": _l("到期未复核")}, blank=_l("全部"))


def _figures(_shown: Shown) -> dict[str, Any]:
    return {"figures": part(contract.hardship_figures)}


PAGES.add_list(
    ListPage(
        "hardship_records", "/console/hardship-records", contract.list_hardship_records, _l("困难职工档案"),
        columns=(
            "member_id", "unit_id", "grade", "since", Column("reviewed_on", optional=True), "review_due",
            Column("ended_on", on_page=False), Column("state", macro="record_state"),
        ),
        roles=("officer", "auditor"),
        filters=("state", "grade", _DUE, Field("unit_id", choices=unit_choices), "sort"),
        lead=_l("每年复核一次，到期的列入待办；家庭情况加密保存，查看要写用途。"),
        empty=_l("没有符合条件的档案。"),
        icon="file-earmark-text",
        links=(PageLink("new_hardship_record", _l("建立档案"), "plus-lg", frozenset({"officer"}), first=True),),
        link="hardship_record",
        argument="record_id",
        more=_figures,
        template="portal/console/hardship_records.html",
        macros="portal/parts/hardship.html",
        topics=("aid",),
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/hardship-records/new", methods=["GET", "POST"])
@only("officer")
def new_hardship_record() -> str | Response | tuple[str, int]:
    """Take a member into the registry: first find the member, then say how and since when."""
    sought = sought_member()
    fields: list[Field | str] = [
        Field("member_id", control="select", choices=sought.choices, wide=True, required=True), "grade", "since",
        Field("circumstances", control="textarea", hint=_l("可不填。加密保存，查看会留下记录。")),
    ]  # fmt: skip
    posted = request.form if request.method == "POST" else None
    form = Form(OpenHardshipRecord, fields, values={"since": today().isoformat()}, posted=posted)
    made = submit(form, contract.open_hardship_record) if posted is not None else None
    if made is None:
        return form_page(
            form, title=gettext("建立档案"), back=url_for("portal.hardship_records"), words=gettext("困难职工档案"),
            lead=gettext("困难职工档案每年复核一次。家庭情况加密保存，只有写明用途的校工会干部能看。"),
            button=gettext("建立"), sought=sought,
        )  # fmt: skip
    flash(gettext("档案已建立。"), "done")
    return go(_here(made["id"]))


@PAGES.get("/console/hardship-records/<uuid:record_id>")
@only("officer", "auditor")
def hardship_record(record_id: UUID) -> str:
    """Show one record with its reviews."""
    return _page(record_id)


def _page(record_id: UUID, circumstances: str | None = None) -> str:
    found = call(contract.get_hardship_record, {"record_id": str(record_id)})
    who = names([found], "member_id").get(found["member_id"])
    return render_template(
        "portal/console/hardship_record.html", record=found, who=who, circumstances=circumstances,
        grades=HARDSHIP_GRADES,
    )  # fmt: skip


def _here(record_id: Any) -> str:
    return url_for("portal.hardship_record", record_id=record_id)


@PAGES.post("/console/hardship-records/<uuid:record_id>/review")
@only("officer")
def review_hardship_record(record_id: UUID) -> Response:
    """Keep the yearly review."""
    payload = {
        "record_id": str(record_id),
        "outcome": request.form.get("outcome", ""),
        "grade": request.form.get("grade") or None,
        "note": request.form.get("note", "").strip(),
        "version": request.form.get("version", type=whole_number),
    }
    return act(contract.review_hardship_record, payload, done=gettext("复核已登记。"), then=_here(record_id))


@PAGES.post("/console/hardship-records/<uuid:record_id>/unmask")
@only("officer")
def show_circumstances(record_id: UUID) -> str | Response:
    """Show what is written of the circumstances, for a purpose that is logged."""
    payload = {"record_id": str(record_id), "purpose": request.form.get("purpose", "").strip()}
    try:
        value = call(contract.unmask_hardship_record, payload)["value"]
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(record_id))
    return _page(record_id, value or "—")
