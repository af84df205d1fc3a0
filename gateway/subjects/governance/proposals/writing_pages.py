"""Writing a proposal: the form, with similar proposals found while one writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import Part, go, part, submit
from gateway.rpc.calls import call
from services.chassis.plain_text import whole_number
from services.contracts.governance.proposals import operations as contract
from services.contracts.governance.proposals.campaigns import get_proposal_campaign
from services.contracts.governance.proposals.requests import LONGEST, ProposalText

PAGES = PageTable()
_FIELDS = (
    Field("title", wide=True, hint=_l("一案一事，写清要解决什么。")), "kind",
    Field("collective", hint=_l("集体提案写代表团名称，个人提案不填。")),
    Field("reason", control="textarea", hint=_l("问题是什么、影响谁、有什么依据。"), extra={"rows": "6"}),
    Field("suggestion", control="textarea", hint=_l("希望由谁、怎样解决。"), extra={"rows": "5"}),
)  # fmt: skip


@PAGES.route("/me/proposals/new/<uuid:campaign_id>", methods=["GET", "POST"])
@only("member")
def new_proposal(campaign_id: UUID) -> str | Response | tuple[str, int]:
    """Begin a draft."""
    campaign = call(get_proposal_campaign, {"campaign_id": str(campaign_id)})
    form = Form(ProposalText, _FIELDS, posted=request.form if request.method == "POST" else None)
    made = submit(form, contract.draft_proposal, campaign_id=str(campaign_id)) if form.posted is not None else None
    if made is None:
        return _page(form, campaign["name"], None)
    flash(gettext("草稿已保存，只有您能看到；准备好后征集附议。"), "done")
    return go(url_for("portal.proposal", proposal_id=made["id"]))


@PAGES.route("/me/proposals/<uuid:proposal_id>/edit", methods=["GET", "POST"])
@only("member")
def edit_proposal(proposal_id: UUID) -> str | Response | tuple[str, int]:
    """Change the text of one's own proposal."""
    found = call(contract.get_proposal, {"proposal_id": str(proposal_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(ProposalText, _FIELDS, values=found, posted=posted)
    if posted is not None:
        seen = {"proposal_id": str(proposal_id), "text_version": posted.get("text_version", type=whole_number)}
        made = submit(form, contract.revise_proposal, filled=_whole(form), **seen)
        if made is not None:
            asked = any(one["state"] == "outdated" for one in made["people"])
            flash(gettext("已保存，附议人会收到重新确认的提醒。") if asked else gettext("已保存。"), "done")
            return go(url_for("portal.proposal", proposal_id=proposal_id))
    return _page(form, found["campaign"], found)


@PAGES.get("/me/proposals/similar")
@only("member")
def similar_proposals() -> str:
    """Show the proposals that are like what somebody is writing."""
    return render_template("portal/parts/similar_proposals.html", similar=_similar(request.args))


def _whole(form: Form) -> dict[str, Any]:
    """Return what was filled in; what was cleared is empty, not left as it was."""
    return {"reason": "", "suggestion": "", "collective": None, **{k: v for k, v in form.payload().items() if v}}


def _similar(written: Any) -> Part:
    asked = {"title": written.get("title", "")[:60], "suggestion": written.get("suggestion", "")[:LONGEST]}
    if proposal_id := written.get("proposal_id"):
        asked["proposal_id"] = proposal_id
    return part(contract.find_similar_proposals, asked)


def _page(form: Form, campaign: str, found: dict[str, Any] | None) -> str | tuple[str, int]:
    written = dict(form.posted or found or {}) | ({"proposal_id": found["id"]} if found else {})
    page = render_template(
        "portal/member/proposal_form.html", form=form, campaign=campaign, found=found, similar=_similar(written)
    )
    return page if form.posted is None else (page, 422)
