"""What is done with a survey: opened, reminded, extended, closed, published, cancelled, copied."""

from __future__ import annotations

from uuid import UUID

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.surveys.pages import PATH, RUNS, here
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys.requests import ExtendSurvey

PAGES = PageTable()
_STEPS = {
    "open": (contract.open_survey, _l("名册已固定。匿名问卷正在生成密钥，几秒钟后通知填写人。")),
    "remind": (contract.remind_survey, _l("正在提醒还没有填写的会员。")),
    "close": (contract.close_survey, _l("问卷已结束并统计，匿名答卷已销毁。")),
}


@PAGES.post(f"{PATH}/<any(open, remind, close):step>")
@only(*RUNS)
def step_survey(survey_id: UUID, step: str) -> Response:
    """Open, remind or close."""
    operation, done = _STEPS[step]
    return act(operation, {"survey_id": str(survey_id)}, done=str(done), then=here(survey_id))


@PAGES.post(f"{PATH}/publish")
@only(*RUNS)
def publish_survey(survey_id: UUID) -> Response:
    """Publish the result, with or without what was written."""
    payload = {"survey_id": str(survey_id), "with_texts": "with_texts" in request.form}
    return act(contract.publish_survey, payload, done=gettext("结果已向填写人公布。"), then=here(survey_id))


@PAGES.post(f"{PATH}/cancel")
@only(*RUNS)
def cancel_survey(survey_id: UUID) -> Response:
    """Cancel with the reason."""
    payload = {"survey_id": str(survey_id), "reason": request.form.get("reason", "").strip()}
    return act(contract.cancel_survey, payload, done=gettext("问卷已取消。"), then=here(survey_id))


@PAGES.post(f"{PATH}/copy")
@only(*RUNS)
def copy_survey(survey_id: UUID) -> Response:
    """Copy to a new draft, which is shown."""
    return act(
        contract.copy_survey, {"survey_id": str(survey_id)}, done=gettext("已复制为新的草稿。"),
        then=here(survey_id), opens=lambda made: here(made["id"]),
    )  # fmt: skip


@PAGES.route(f"{PATH}/extend", methods=["GET", "POST"])
@only(*RUNS)
def extend_survey(survey_id: UUID) -> str | Response | tuple[str, int]:
    """Take answers for longer."""
    found = call(contract.get_survey, {"survey_id": str(survey_id)})
    posted = request.form if request.method == "POST" else None
    values = {"closes_at": found["closes_at"]}
    form = Form(ExtendSurvey, [Field("closes_at", required=True)], values=values, posted=posted)
    if form.posted is None or submit(form, contract.extend_survey, survey_id=str(survey_id)) is None:
        return form_page(
            form, title=gettext("延长填写时间"), back=here(survey_id), words=found["title"],
            lead=gettext("还没有填写的会员会收到通知。"), button=gettext("延长"),
        )  # fmt: skip
    flash(gettext("已延长。"), "done")
    return go(here(survey_id))
