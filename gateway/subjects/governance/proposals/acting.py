"""Carrying out the actions of one proposal; putting it under a school leader; its stages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.proposals.acts import ACTS, form_of
from gateway.subjects.governance.proposals.one_pages import proposal_page
from services.chassis.errors import NotFound
from services.contracts.governance.proposals import operations as contract
from services.contracts.governance.proposals.requests import MarkKeyProposal

PAGES = PageTable()
_STAGE = "/proposals/<uuid:proposal_id>/milestones/<uuid:milestone_id>"


@PAGES.post("/proposals/<uuid:proposal_id>/do/<action>")
@only("officer", "chair", "handler", "member")
def act_on_proposal(proposal_id: UUID, action: str) -> Response | tuple[str, int]:
    """Carry out an action; refused input is shown again in its panel."""
    if action not in ACTS:
        raise NotFound("There is no such action.")
    one = ACTS[action]
    found = call(contract.get_proposal, {"proposal_id": str(proposal_id)})
    then = url_for("portal.my_proposals") if action == "discard" else here(proposal_id)
    shown = {**found, "text_version": request.form.get("text_version", type=int) or found["text_version"]}
    fixed = {"proposal_id": str(proposal_id), **one.fixed(shown)}
    if not one.fields:
        return act(one.operation, fixed, done=str(one.done), then=then)
    form = form_of(action, found, request.form)
    if submit(form, one.operation, **fixed) is None:
        return proposal_page(proposal_id, {action: form}), 422
    flash(str(one.done), "done")
    return go(then)


@PAGES.route("/console/proposals/<uuid:proposal_id>/key-leader", methods=["GET", "POST"])
@only("officer", "chair")
def key_leader(proposal_id: UUID) -> str | Response | tuple[str, int]:
    """Put a proposal under a school leader."""
    sought = sought_member()
    posted = request.form if request.method == "POST" else None
    fields = [Field("key_leader_id", control="select", choices=sought.choices, wide=True)]
    form = Form(MarkKeyProposal, fields, posted=posted)
    if posted is None or submit(form, contract.mark_key_proposal, proposal_id=str(proposal_id)) is None:
        return form_page(
            form, title=gettext("列为重点提案"), back=here(proposal_id), words=gettext("提案"), sought=sought,
            lead=gettext("重点提案由这位校领导领办，答复由他审批。"), find_label=_l("校领导：姓名、拼音或会员号"),
        )  # fmt: skip
    flash(gettext("已列为重点提案。"), "done")
    return go(here(proposal_id))


@PAGES.post("/console/proposals/<uuid:proposal_id>/no-key-leader")
@only("officer", "chair")
def no_key_leader(proposal_id: UUID) -> Response:
    """Take a proposal from under its school leader."""
    payload: dict[str, Any] = {"proposal_id": str(proposal_id), "key_leader_id": None}
    return act(contract.mark_key_proposal, payload, done=gettext("已取消重点提案。"), then=here(proposal_id))


@PAGES.post(f"{_STAGE}/<any(reach,drop):what>")
@only("handler")
def move_milestone(proposal_id: UUID, milestone_id: UUID, what: str) -> Response:
    """Report that a stage is reached, or take it out."""
    operation = contract.reach_milestone if what == "reach" else contract.drop_milestone
    done = gettext("已登记完成。") if what == "reach" else gettext("阶段目标已删除。")
    payload = {"proposal_id": str(proposal_id), "milestone_id": str(milestone_id)}
    return act(operation, payload, done=done, then=here(proposal_id))


def here(proposal_id: UUID) -> str:
    """Return the address of a proposal's page."""
    return url_for("portal.proposal", proposal_id=proposal_id)
