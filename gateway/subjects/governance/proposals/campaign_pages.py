"""Campaigns and departments in the console: lists, new ones, changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.form_pages import Sought, form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import leads_unit, names, only, own_unit_choices, unit_choices
from gateway.portal.service_calls import Part, act, go, part, submit
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from gateway.subjects.governance.proposals.list_pages import department_choices
from services.chassis.plain_text import whole_number
from services.contracts.governance.proposals import campaigns as contract
from services.contracts.governance.proposals import departments as register
from services.contracts.governance.proposals.vocabulary import PROPOSAL_BODIES, SWITCHES
from services.contracts.membership.organisation.operations import list_posts

PAGES = PageTable()
_OFFICES, _OFFICER = frozenset({"officer", "chair"}), frozenset({"officer"})

PAGES.add_list(
    ListPage(
        "proposal_campaigns", "/console/proposal-campaigns", contract.list_proposal_campaigns, _l("提案征集"),
        columns=("name", Column("session", optional=True), "body", Column("unit_id", optional=True), "opens_on",
                 "deadline", "proposals", Column("state", state=True)),
        roles=("officer", "auditor", "chair"),
        filters=("body", Field("unit_id", choices=unit_choices)),
        lead=_l("每次征集选定用到的办理环节；二级单位可以自己征集。"),
        empty=_l("还没有征集过提案。"),
        icon="megaphone",
        link="edit_proposal_campaign",
        argument="campaign_id",
        back=("proposals", _l("提案")),
        links=(PageLink("new_proposal_campaign", _l("发起征集"), "plus-lg", _OFFICES, first=True),),
        export=ListExport(personal=False),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "departments", "/console/departments", register.list_departments, _l("承办部门"),
        columns=("name", Column("leader_id", how="member"), Column("note", optional=True, wide=True), "active"),
        roles=("officer", "auditor"),
        filters=("q",),
        lead=_l("提案交给哪些部门办理、谁联系、谁审批答复。"),
        empty=_l("还没有登记承办部门。"),
        icon="diagram-3",
        link="edit_department",
        argument="department_id",
        links=(PageLink("new_department", _l("登记部门"), "plus-lg", _OFFICER, first=True),),
        export=ListExport(),
    )
)  # fmt: skip


def _terms(found: dict[str, Any] | None) -> list[Field | str]:
    office = current_principal().has("officer")
    bodies = texts_of(PROPOSAL_BODIES if office else PROPOSAL_BODIES.only("unit"))
    whose: list[Field | str] = [
        Field("body", choices=bodies, control="select"),
        Field("unit_id", choices=own_unit_choices, control="select", blank=_l("（不是二级单位）") if office else None),
    ]
    return [
        Field("name", wide=True, hint=_l("例如：六届四次教代会提案征集。")), "session", *([] if found else whose),
        "opens_on", Field("deadline", hint=_l("之后提交的转为意见建议。")),
        Field("switches", control="checks", choices=texts_of(SWITCHES),
              hint=_l("本校用到的环节；有提案提交后不能再改。")),
        Field("inspector_id", control="select", choices=department_choices, blank=_l("不督查")),
    ]  # fmt: skip


@PAGES.route("/console/proposal-campaigns/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_proposal_campaign() -> str | Response | tuple[str, int]:
    """Call for proposals."""
    posted = request.form if request.method == "POST" else None
    form = Form(contract.AddProposalCampaign, _terms(None), posted=posted)
    if posted is None or submit(form, contract.add_proposal_campaign) is None:
        back = url_for("portal.proposal_campaigns")
        return form_page(form, title=gettext("发起提案征集"), back=back, words=gettext("提案征集"))
    flash(gettext("征集已发起。"), "done")
    return go(url_for("portal.proposal_campaigns"))


@PAGES.route("/console/proposal-campaigns/<uuid:campaign_id>", methods=["GET", "POST"])
@only("officer", "chair", "auditor")
def edit_proposal_campaign(campaign_id: UUID) -> str | Response | tuple[str, int]:
    """Show a campaign and change it."""
    found = call(contract.get_proposal_campaign, {"campaign_id": str(campaign_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(contract.ChangeProposalCampaign, _terms(found), values=found, posted=posted)
    if posted is not None:
        seen: dict[str, Any] = {"campaign_id": str(campaign_id), "version": posted.get("version", type=whole_number)}
        if submit(form, contract.change_proposal_campaign, **seen) is not None:
            flash(gettext("已保存。"), "done")
            return go(url_for("portal.proposal_campaigns"))
    return form_page(
        form, title=found["name"], back=url_for("portal.proposal_campaigns"), words=gettext("提案征集"),
        template="portal/console/proposal_campaign.html", campaign=found, changes=leads_unit(found["unit_id"]),
    )  # fmt: skip


@PAGES.post("/console/proposal-campaigns/<uuid:campaign_id>/close")
@only("officer", "chair")
def close_proposal_campaign(campaign_id: UUID) -> Response:
    """Close a campaign."""
    payload = {"campaign_id": str(campaign_id)}
    done = gettext("征集已结束，已提交的提案继续办理。")
    return act(contract.close_proposal_campaign, payload, done=done, then=url_for("portal.proposal_campaigns"))


@PAGES.route("/console/departments/new", methods=["GET", "POST"])
@only("officer")
def new_department() -> str | Response | tuple[str, int]:
    """Enter a department: first find its leader."""
    sought = sought_member()
    posted = request.form if request.method == "POST" else None
    form = Form(register.AddDepartment, _of_department(sought, None), posted=posted)
    if posted is None or submit(form, register.add_department) is None:
        return _department_page(form, sought, gettext("登记承办部门"))
    flash(gettext("部门已登记。"), "done")
    return go(url_for("portal.departments"))


@PAGES.route("/console/departments/<uuid:department_id>", methods=["GET", "POST"])
@only("officer", "auditor")
def edit_department(department_id: UUID) -> str | Response | tuple[str, int]:
    """Show a department and change it; its leader stays unless another one is searched for."""
    found = call(register.get_department, {"department_id": str(department_id)})
    sought = sought_member()
    if not sought.q:
        leader = {
            "id": found["leader_id"],
            "name": names([found], "leader_id").get(found["leader_id"], "—"),
            "number": "",
        }
        sought = Sought("", Part(data={"items": [leader]}))
    posted = request.form if request.method == "POST" else None
    form = Form(register.ChangeDepartment, _of_department(sought, found), values=found, posted=posted)
    if posted is not None:
        seen: dict[str, Any] = {
            "department_id": str(department_id),
            "version": posted.get("version", type=whole_number),
        }
        if submit(form, register.change_department, **seen) is not None:
            flash(gettext("已保存，在办的提案转给新的联系人和领导。"), "done")
            return go(url_for("portal.departments"))
    return _department_page(form, sought, found["name"], found)


def _of_department(sought: Sought, found: dict[str, Any] | None) -> list[Field | str]:
    contacts = Field(
        "contact_ids", control="checks", choices=_handlers((found or {}).get("contact_ids", [])),
        hint=_l("职务为“承办部门联系人”的会员，先在“组织与职务”里任命。"),
    )  # fmt: skip
    leader = Field("leader_id", control="select", choices=sought.choices, hint=_l("审批这个部门的答复。"))
    return ["name", leader, contacts, Field("note", control="textarea"), *(["active"] if found else [])]


def _handlers(present: list[str]) -> dict[str, str]:
    posts = part(list_posts, {"kind": "handler", "limit": 100}).items
    ids = dict.fromkeys([*(post["member_id"] for post in posts), *present])
    found = names([{"member_id": one} for one in ids], "member_id")
    return {one: found.get(one, one) for one in ids}


def _department_page(
    form: Form, sought: Sought, title: str, found: dict[str, Any] | None = None
) -> str | tuple[str, int]:
    return form_page(
        form, title=title, back=url_for("portal.departments"), words=gettext("承办部门"), sought=sought,
        find_label=gettext("分管领导：姓名、拼音或会员号"), template="portal/console/department.html", department=found,
        changes=current_principal().has("officer"),
    )  # fmt: skip
