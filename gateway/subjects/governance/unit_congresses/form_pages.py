"""Forms a unit's chair fills in: the plan, the record, the checklist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_name
from gateway.portal.service_calls import go, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.unit_congresses.filing_pages import PATH, here
from gateway.subjects.governance.unit_congresses.papers import check_words
from services.contracts.governance.unit_congresses import operations as contract
from services.contracts.governance.unit_congresses import requests

PAGES = PageTable()
_LONG: dict[str, Any] = {"control": "textarea", "wide": True}


@PAGES.route(f"{PATH}/plan", methods=["GET", "POST"])
@only("chair")
def filing_plan(filing_id: UUID) -> str | Response | tuple[str, int]:
    """File the plan."""
    found = call(contract.get_filing, {"filing_id": str(filing_id)})
    fields = (
        "form", Field("delegates", hint=_l("教职工大会不填。")), "planned_on", "place",
        Field("agenda", hint=_l("每行一项：听取、讨论通过、审议、评议什么。"), **_LONG),
    )  # fmt: skip
    form = Form(requests.SubmitPlan, fields, values=found, posted=_posted())
    if form.posted is not None and submit(form, contract.submit_filing_plan, filing_id=str(filing_id)) is not None:
        flash(gettext("计划已报送，等待校工会审核。"), "done")
        return go(here(filing_id))
    lead = gettext("本分工会现有 %(count)s 人。", count=found["members"])
    line = next((one["value"] for one in found["rules"] if one["key"] == "unit_congress.staff_line"), None)
    if line is not None:
        lead += gettext("满 %(line)s 人的召开教职工代表大会，不满的召开教职工大会。", line=line)
    title = gettext("报送计划")
    back = unit_name(found["unit_id"])
    return form_page(form, title=title, back=here(filing_id), words=back, lead=lead, button=gettext("报送"))


@PAGES.route(f"{PATH}/record", methods=["GET", "POST"])
@only("chair")
def filing_record(filing_id: UUID) -> str | Response | tuple[str, int]:
    """Fill in the record."""
    found = call(contract.get_filing, {"filing_id": str(filing_id)})
    values = {**found, "entitled": found["entitled"] or found["delegates"] or found["members"]}
    fields = ("held_on", "entitled", "present", Field("summary", **_LONG))
    form = Form(requests.SaveRecord, fields, values=values, posted=_posted())
    if form.posted is not None and submit(form, contract.save_filing_record, filing_id=str(filing_id)) is not None:
        flash(gettext("已保存，请登记决议、填写检查表、上传材料后报送。"), "done")
        return go(here(filing_id))
    lead = gettext("按实际开会情况填写，报送前可以再改。")
    back = unit_name(found["unit_id"])
    return form_page(form, title=gettext("填写记录"), back=here(filing_id), words=back, lead=lead)


@PAGES.route(f"{PATH}/checks", methods=["GET", "POST"])
@only("chair")
def filing_checks(filing_id: UUID) -> str | Response | tuple[str, int]:
    """Answer the checklist."""
    found = call(contract.get_filing, {"filing_id": str(filing_id)})
    checks = found["checks"]
    form = Form(requests.AnswerChecks, _check_fields(checks), values=_check_values(checks), posted=_posted())
    if form.posted is not None:
        answers = _answers(checks, form.payload())
        filled = {"answers": answers}
        if submit(form, contract.answer_filing_checks, filled=filled, filing_id=str(filing_id)) is not None:
            flash(gettext("检查表已保存。"), "done")
            return go(here(filing_id, "checks"))
    lead = gettext("没有完成的写明原因。")
    back = unit_name(found["unit_id"])
    return form_page(form, title=gettext("填写检查表"), back=here(filing_id), words=back, lead=lead)


def _posted() -> Any:
    return request.form if request.method == "POST" else None


def _check_fields(checks: list[dict[str, Any]]) -> list[Field | str]:
    fields: list[Field | str] = []
    for place, one in enumerate(checks):
        choices = {"1": _l("已完成"), "0": _l("没有完成")}
        fields.append(Field(f"done_{place}", check_words(one), "radios", choices=choices, wide=True))
        fields.append(Field(f"note_{place}", _l("说明"), "text", wide=True, extra={"maxlength": "200"}))
    return fields


def _check_values(checks: list[dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for place, one in enumerate(checks):
        values[f"done_{place}"] = {True: "1", False: "0"}.get(one["done"], "")
        values[f"note_{place}"] = one["note"]
    return values


def _answers(checks: list[dict[str, Any]], payload: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"item": one["item"], "done": payload[f"done_{place}"] == "1", "note": payload.get(f"note_{place}") or None}
        for place, one in enumerate(checks)
        if payload.get(f"done_{place}") in ("0", "1")
    ]
