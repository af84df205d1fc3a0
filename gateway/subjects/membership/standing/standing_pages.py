"""A member's standing with its timeline and decisions; all changes of standing; requests to leave."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.membership.standing.retirement_pages import years
from services.chassis.plain_text import whole_number
from services.contracts.membership.record.operations import get_member
from services.contracts.membership.retirement import member_retirement
from services.contracts.membership.standing import operations as contract
from services.contracts.membership.standing.shapes import DECISIONS, STANDING_CHANGES, RecordDecision, ReinstateMember
from services.contracts.membership.transfer import list_transfers

PAGES = PageTable()

FILTERS = (
    Field("q", _l("姓名、拼音或会员号"), "search"),
    Field("kind", _l("变动"), "select", choices=STANDING_CHANGES, blank=ALL),
    Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=ALL),
    Field("year", _l("年份"), "select", choices=years, blank=ALL),
)
_DECIDED = (
    Field("decided_by", _l("作出决定的组织")),
    Field("decided_on", _l("决定日期"), "date"),
    Field("meeting", _l("会议"), hint=_l("除名和自动退会必填。")),
    Field("document", _l("文件"), hint=_l("除名必填。")),
    Field("reason", _l("原因"), "textarea", hint=_l("加密保存，只有本人、校工会和经审可以看到。")),
)
DECISION = (
    Field("kind", _l("处理"), "radios", choices=DECISIONS),
    *_DECIDED,
    Field("effective_on", _l("生效日期"), "date", hint=_l("不填就是决定日期；去世填去世日期。")),
    Field("unpaid_since", _l("欠缴会费起始日期"), "date", hint=_l("自动退会必填，须满六个月。")),
    Field("inactive_since", _l("不参加活动起始日期"), "date", hint=_l("自动退会必填，须满六个月。")),
    Field("talked_on", _l("谈话日期"), "date", hint=_l("自动退会必填。")),
    Field("talk_note", _l("谈话情况"), "textarea", hint=_l("自动退会必填。")),
)
REINSTATEMENT = (*_DECIDED, Field("unit_id", _l("恢复到"), "select", choices=unit_choices, blank=_l("原分工会")))


@PAGES.get("/console/members/<uuid:member_id>/standing")
@only(*CONSOLE_ROLES)
def member_standing(member_id: UUID) -> str:
    """Show how a membership stands, its course and what can be done."""
    ref = {"member_id": str(member_id)}
    return render_template(
        "portal/console/standing.html",
        member=call(get_member, ref),
        own=call(contract.member_standing, ref),
        changes=part(contract.list_standing_changes, {**ref, "limit": 50}),
        transfers=part(list_transfers, {**ref, "limit": 50}),
        retirement=part(member_retirement, ref),
    )


@PAGES.route("/console/members/<uuid:member_id>/decision", methods=["GET", "POST"])
@only("officer")
def decide_standing(member_id: UUID) -> str | Response | tuple[str, int]:
    """Record the decision that ends a membership, or that undoes a wrong end."""
    record = call(get_member, {"member_id": str(member_id)})
    ended = record["standing"] not in ("active", "transferring", "retained")
    schema, fields = (ReinstateMember, REINSTATEMENT) if ended else (RecordDecision, DECISION)
    operation = contract.reinstate_member if ended else contract.record_decision
    posted = request.form if request.method == "POST" else None
    form = Form(schema, fields, values={"kind": request.args.get("kind", "")}, posted=posted)
    if posted is not None:
        version = request.form.get("version", type=whole_number) or record["version"]
        if submit(form, operation, member_id=str(member_id), version=version) is not None:
            flash(gettext("决定已登记。"), "done")
            return go(url_for("portal.member_standing", member_id=member_id))
    page = render_template("portal/console/decision.html", form=form, member=record, ended=ended)
    return page if posted is None else (page, 422)


@PAGES.get("/console/standing")
@only(*CONSOLE_ROLES)
def standing_changes() -> str:
    """List changes of standing, and the requests to leave that wait for an officer."""
    values = chosen(FILTERS)
    asked_for = {**values, "year": int(values["year"])} if "year" in values else values
    found = part(contract.list_standing_changes, asked(with_total=True, **asked_for))
    office = current_principal().has("officer", "auditor")
    leaves = part(contract.list_leave_requests, {"state": "requested", "limit": 50}) if office else None
    return render_template(
        "portal/console/standing_changes.html", list=listing(found), filters=FILTERS, values=values, leaves=leaves
    )
