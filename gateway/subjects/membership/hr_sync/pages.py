"""HR synchronisation: differences, one of them field by field, deliveries; applying and ignoring differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import many
from gateway.portal.columns import Column
from gateway.portal.list_pages import Batch, ListExport, ListPage, PageLink, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, act, ask_again, go, part, send, tell
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.hr import (
    HR_KINDS,
    apply_hr_difference,
    apply_hr_differences,
    dismiss_hr_difference,
    get_hr_difference,
    list_hr_differences,
    list_hr_rounds,
    pull_hr_changes,
)

PAGES = PageTable()

_LOOKS = ("officer", "auditor")


def _fields(item: Mapping[str, Any]) -> list[str]:
    """Return the fields that differ; somebody new differs in all of them."""
    return [] if item["kind"] == "join" else item["fields_changed"]


def _deliveries(shown: Shown) -> dict[str, Any]:
    """Return what HR delivered last."""
    return {"rounds": part(list_hr_rounds, {"limit": 5})}


DIFFERENCES = PAGES.add_list(
    ListPage(
        "hr_differences", "/console/hr", list_hr_differences, _l("人事同步"),
        columns=(
            "name", "hr_id", "kind", Column("fields_changed", value=_fields), "received_at",
            Column("state", macro="state"),
        ),
        roles=_LOOKS,
        filters=("state", "kind"),
        empty=_l("没有符合条件的记录。"),
        lead=_l("学校人事系统与会员档案的差异。核对后才会采用，采用时仍按工会的规则办理。"),
        icon="check2",
        links=(PageLink("hr_rounds", _l("接收记录"), "clock"),),
        link="hr_difference",
        argument="record_id",
        complete=lambda values: {"state": "open", **values},
        more=_deliveries,
        template="portal/console/hr.html",
        macros="portal/parts/hr.html",
        export=ListExport(),
        batch=Batch(
            "apply_hr", "record_ids", _l("采用勾选的差异"), frozenset({"officer"}),
            takes=lambda item, values: values["state"] == "open", keeps=("kind",),
        ),
    )
)  # fmt: skip
ROUNDS = PAGES.add_list(
    ListPage(
        "hr_rounds", "/console/hr/rounds", list_hr_rounds, _l("接收记录"),
        columns=("at", "source", "received", "new", "repeated", "older", "differing"),
        roles=_LOOKS,
        lead=_l("人事系统推送或读取的每一批；重复的和更早的不会再次处理。"),
        empty=_l("还没有接收过人事记录。"),
        icon="clock",
        back=("hr_differences", _l("人事同步")),
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.get("/console/hr/<uuid:record_id>")
@only(*_LOOKS)
def hr_difference(record_id: UUID) -> str:
    """Show one difference field by field, compared with the present record."""
    found = call(get_hr_difference, {"record_id": str(record_id)})
    return render_template("portal/console/hr_difference.html", found=found)


@PAGES.get("/console/hr/apply")
@only("officer")
def confirm_hr() -> str:
    """Ask whether all open differences, or those of a kind, are to be applied."""
    kind = request.args.get("kind") or None
    items, total = many.first_of(list_hr_differences, {"state": "open", **({"kind": kind} if kind else {})})
    kinds = texts_of(HR_KINDS)
    return many.asked_again(
        many.Concerned(total, [(item["name"] or item["hr_id"], kinds[item["kind"]]) for item in items]),
        title=gettext("全部采用"),
        told=gettext("将采用 %(count)s 条差异。", count=f"{total:,}"),
        chosen=gettext(
            "%(kind)s：全部未处理的差异。在后台逐批办理，不合工会规则的留在名单里并注明原因。",
            kind=kinds[kind] if kind else gettext("各类差异"),
        ),
        button=gettext("开始采用"),
        action=url_for("portal.apply_hr"),
        back=url_for("portal.hr_differences", kind=kind),
        kept={"kind": kind, "which": "all"},
    )


@PAGES.post("/console/hr/apply")
@only("officer")
def apply_hr() -> Response:
    """Apply the selected differences, or all of the list, by a job."""
    ticked = request.form.getlist("record_ids")
    everything = request.form.get("which") == "all"
    if not ticked and not everything:
        ask_again(gettext("请先勾选要采用的差异。"))
        return go(url_for("portal.hr_differences"))
    kind = request.form.get("kind") or None
    payload = {"kind": kind, "expected": many.seen()} if everything else {"record_ids": ticked}
    try:
        job = send(apply_hr_differences, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.hr_differences"))
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.post("/console/hr/pull")
@only("officer")
def pull_hr() -> Response:
    """Fetch from HR's own API by a job."""
    try:
        job = send(pull_hr_changes, {})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.hr_differences"))
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.post("/console/hr/<uuid:record_id>/apply")
@only("officer")
def apply_one_hr(record_id: UUID) -> Response:
    """Apply one difference as it was shown."""
    seen = {
        "record_id": str(record_id),
        "version": request.form.get("version", type=whole_number) or 0,
        "member_version": request.form.get("member_version", type=whole_number),
    }
    here = url_for("portal.hr_difference", record_id=record_id)
    return act(apply_hr_difference, seen, done=gettext("已采用，档案随之更新。"), then=here)


@PAGES.post("/console/hr/<uuid:record_id>/dismiss")
@only("officer")
def dismiss_hr(record_id: UUID) -> Response:
    """Ignore a difference."""
    payload = {
        "record_id": str(record_id),
        "version": request.form.get("version", type=whole_number) or 0,
        "reason": request.form.get("reason", "").strip(),
    }
    here = url_for("portal.hr_difference", record_id=record_id)
    return act(dismiss_hr_difference, payload, done=gettext("已忽略这条差异。"), then=here)
