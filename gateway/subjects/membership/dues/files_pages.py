"""Files of dues: upload, results of the check, posting; refunds and their approval by a second officer."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.mapping import chosen_columns, mapping_words
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import PASSED_ON, Part, act, go, part, send, submit, tell
from gateway.portal.uploads import takes_file
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from gateway.subjects.membership.dues.pages import begin, this_month
from services.chassis.errors import NotFound, Problem
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.dues.collecting import decide_dues_refund, list_dues_refunds
from services.contracts.membership.dues.credit import list_dues_credits
from services.contracts.membership.dues.files import (
    COLUMNS,
    LARGEST_FILE,
    UploadDuesFile,
    drop_dues_file,
    get_dues_file,
    list_dues_files,
    map_dues_file,
    post_dues_file,
    upload_dues_file,
)
from services.contracts.membership.dues.vocabulary import DUES_COLUMNS

PAGES = PageTable()

UPLOAD = (
    Field("kind", control="radios"),
    Field("month", hint=_l("如 2026-03。基数文件填基数从哪个月起执行。"), extra={"placeholder": "2026-03"}),
    Field("paid_on", hint=_l("工资代扣文件填写，不填就是入账当天。")),
    Field("file", _l("文件"), "file", required=True, hint=_l("xlsx 或 csv，不超过 8 MB。"),
          extra={"accept": ".xlsx,.csv"}),
)  # fmt: skip


def _upload_form() -> Form:
    posted = request.form if request.method == "POST" else None
    return Form(UploadDuesFile, UPLOAD, values={"kind": "payroll", "month": this_month()}, posted=posted)


FILES = PAGES.add_list(
    ListPage(
        "dues_files", "/console/dues/files", list_dues_files, _l("代扣与基数文件"),
        columns=(
            "name", "kind", "month", "rows",
            Column("amount", value=lambda item: item["amount"] if item["kind"] == "payroll" else None),
            "uploaded_at", Column("state", state=True),
        ),
        roles=("officer", "auditor"),
        filters=("kind",),
        lead=_l("先逐行核对，确认后才入账；有问题的行可以下载清单。"),
        empty=_l("还没有上传过文件。"),
        link="dues_file",
        argument="file_id",
        back=("dues", _l("会费")),
        more=lambda shown: {"form": _upload_form(), "opened": False},
        template="portal/console/dues_files.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.post("/console/dues/files")
@takes_file(LARGEST_FILE)
@only("officer")
def take_dues_file() -> Response | tuple[str, int]:
    """Take a new file."""
    form = _upload_form()
    file = submit(form, upload_dues_file)
    if file is not None:
        flash(_told(file["state"]), "done")
        return go(url_for("portal.dues_file", file_id=file["id"]))
    form.errors.setdefault("file", []).extend(form.errors.pop("content", []) + form.errors.pop("name", []))
    return FILES.show(form=form, opened=True), 422


def _told(state: str) -> str:
    if state == "uploaded":
        return gettext("文件已上传，请先对应列。")
    return gettext("文件已上传，正在逐行核对。核对不会入账。")


@PAGES.get("/console/dues/files/<uuid:file_id>")
@only("officer", "auditor")
def dues_file(file_id: UUID) -> str:
    """Show its columns, the results of the check, and the progress of posting."""
    return _file_page(file_id)


def _file_page(file_id: UUID, wrong: str | None = None) -> str:
    file = call(get_dues_file, {"file_id": str(file_id)})
    job_id = file["post_job_id"] or file["check_job_id"]
    check = _work(file["check_job_id"])
    return render_template(
        "portal/console/dues_file.html", file=file, job=_work(job_id), check=check, unread=_why_unread(check),
        fields=texts_of(DUES_COLUMNS.only(*COLUMNS[file["kind"]])), required=COLUMNS[file["kind"]][2:], wrong=wrong,
        may_map=file["state"] in ("uploaded", "checked", "failed") and bool(file["headings"]),
    )  # fmt: skip


def _work(job_id: str | None) -> Part | None:
    """Return the job of a file; None when there is none that the reader may see: auditors see only their own."""
    try:
        return part(JOBS_OF["membership"].get, {"job_id": job_id}) if job_id else None
    except NotFound:
        return None


def _why_unread(check: Part | None) -> str | None:
    problem = ((check.data or {}).get("result") or {}).get("problem") if check else None
    return say(Problem.from_wire(problem)) if problem else None


@PAGES.post("/console/dues/files/<uuid:file_id>/mapping")
@only("officer")
def map_file(file_id: UUID) -> Response | tuple[str, int]:
    """Assign the columns of a file and check its rows."""
    try:
        send(map_dues_file, {"file_id": str(file_id), "mapping": chosen_columns()})
    except PASSED_ON:
        raise
    except Problem as problem:
        wrong = mapping_words(problem, texts_of(DUES_COLUMNS))
        if wrong:
            return _file_page(file_id, wrong), 422
        tell(problem)
    return go(url_for("portal.dues_file", file_id=file_id))


@PAGES.post("/console/dues/files/<uuid:file_id>/post")
@only("officer")
def post_file(file_id: UUID) -> Response:
    """Post the valid rows."""
    payload = {"file_id": str(file_id), "overpaid": "credit" if "credit" in request.form else "leave"}
    return begin(post_dues_file, payload, url_for("portal.dues_file", file_id=file_id))


@PAGES.post("/console/dues/files/<uuid:file_id>/drop")
@only("officer")
def drop_file(file_id: UUID) -> Response:
    """Delete a file."""
    done = gettext("文件已作废，没有入账。")
    return act(drop_dues_file, {"file_id": str(file_id)}, done=done, then=url_for("portal.dues_files"))


CREDITS = PAGES.add_list(
    ListPage(
        "dues_credits", "/console/dues/credits", list_dues_credits, _l("多缴会费"),
        columns=("member_id", "unit_id", "month", "amount"),
        roles=("officer", "auditor"),
        lead=_l("计收以后月份时自动抵缴；不再计收的会员，请在其会费页申请退还。正在申请退还的金额不列入。"),
        empty=_l("没有多缴的会费。"),
        icon="cash-stack",
        link="member_dues",
        argument="member_id",
        back=("dues", _l("会费")),
        export=ListExport(),
    )
)  # fmt: skip
REFUNDS = PAGES.add_list(
    ListPage(
        "dues_refunds", "/console/dues/refunds", list_dues_refunds, _l("会费退还"),
        columns=(
            "member_id", "month", "amount", Column("reason", macro="refund_reason"), "asked_at",
            Column("state", state=True), actions("decide"),
        ),
        roles=("officer", "auditor"),
        filters=("state",),
        lead=_l("一位干部申请，另一位干部审批；批准后从经费账目中退出。"),
        empty=_l("没有符合条件的退款。"),
        link="member_dues",
        argument="member_id",
        back=("dues", _l("会费")),
        more=lambda shown: {"account_id": str(signed_in().account_id)},
        macros="portal/parts/refunds.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.post("/console/dues/refunds/<uuid:refund_id>/decide")
@only("officer")
def decide_refund(refund_id: UUID) -> Response:
    """Approve or decline a refund."""
    approve = request.form.get("decision") == "approve"
    payload = {"refund_id": str(refund_id), "approve": approve, "note": request.form.get("note", "").strip() or None}
    done = gettext("已批准退还，并报工会经费入账。") if approve else gettext("已退回申请，没有退还。")
    return act(decide_dues_refund, payload, done=done, then=url_for("portal.dues_refunds"))
