"""A member's standing with its timeline and decisions; all changes of standing; requests to leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.history_words import change_reason
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.membership.standing.retirement_pages import years
from services.chassis.plain_text import whole_number
from services.contracts.membership.record.operations import get_member
from services.contracts.membership.retirement import member_retirement
from services.contracts.membership.standing import operations as contract
from services.contracts.membership.standing.shapes import RecordDecision, ReinstateMember
from services.contracts.membership.transfer import list_transfers

PAGES = PageTable()

_DECIDED: tuple[Field | str, ...] = (
    "decided_by",
    "decided_on",
    Field("meeting", hint=_l("除名和自动退会必填。")),
    Field("document", hint=_l("除名必填。")),
    Field("reason", control="textarea", hint=_l("加密保存，只有本人、校工会和经审可以看到。")),
)
DECISION: tuple[Field | str, ...] = (
    Field("kind", control="radios"),
    *_DECIDED,
    Field("effective_on", hint=_l("不填就是决定日期；去世填去世日期。")),
    Field("unpaid_since", hint=_l("自动退会必填，须满六个月。")),
    Field("inactive_since", hint=_l("自动退会必填，须满六个月。")),
    Field("talked_on", hint=_l("自动退会必填。")),
    Field("talk_note", control="textarea", hint=_l("自动退会必填。")),
)
REINSTATEMENT = (*_DECIDED, Field("unit_id", choices=unit_choices, blank=_l("原分工会")))


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


def _decision(change: Mapping[str, Any]) -> str:
    return " · ".join(filter(None, (change_reason(change["decided_by"]), change["document"])))


def _waiting_leaves(shown: Shown) -> dict[str, Any]:
    """Return the requests to leave that wait for an officer, for who works for the union."""
    office = current_principal().has("officer", "auditor")
    return {"leaves": part(contract.list_leave_requests, {"state": "requested", "limit": 50}) if office else None}


STANDING_CHANGES = PAGES.add_list(
    ListPage(
        "standing_changes", "/console/standing", contract.list_standing_changes, _l("会籍变动"),
        columns=(
            "member_name", "number", "unit_id", "kind", "effective_on",
            Column("decided_by", value=lambda item: _decision(item), wide=True),
            Column("new_standing", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            "q", "kind", Field("unit_id", choices=unit_choices), Field("year", choices=years),
        ),
        lead=_l("每次变动都有决定记录；原因只有本人、校工会和经审可以看到。"),
        empty=_l("没有符合条件的变动。"),
        icon="clock-history",
        link="member_standing",
        argument="member_id",
        more=_waiting_leaves,
        template="portal/console/standing_changes.html",
        export=ListExport(),
    )
)  # fmt: skip
