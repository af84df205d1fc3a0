"""Elections of delegates by ballot in the console: the list, calling one, ending one that was not filled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, own_unit_choices, unit_choices, unit_name
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.delegate_pages import choose_unit, members_of_rows, posted_rows
from gateway.subjects.governance.congress.naming import term_name
from gateway.subjects.governance.congress.pages import of_congress
from services.contracts.governance.congress import elections as contract
from services.contracts.governance.congress import terms
from services.contracts.governance.congress.vocabulary import BODIES, STAFF_KINDS

PAGES = PageTable()
_MOST_ROWS = 20
_MORE_THAN_SEATS = 2
"""Rows that are shown besides one for each vacant seat: there are more candidates than seats."""

PAGES.add_list(
    ListPage(
        "unit_elections", "/console/congresses/<uuid:congress_id>/elections", contract.list_unit_elections,
        _l("代表投票选举"),
        columns=("unit_id", "body", "seats", "filled", "called_at", Column("reason", optional=True),
                 Column("state", state=True), actions("of_election")),
        roles=tuple(CONSOLE_ROLES),
        filters=("state", "body", Field("unit_id", choices=unit_choices)),
        empty=_l("还没有投票选举。"),
        icon="check2",
        of_unit="unit_id",
        about=terms.get_congress,
        more=of_congress,
        template="portal/console/election_list.html",
        macros="portal/parts/congress.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/congresses/<uuid:congress_id>/elections/new", methods=["GET", "POST"])
@only("officer", "chair")
def call_election(congress_id: UUID) -> str | Response | tuple[str, int]:
    """Call an election: first the unit and body are chosen, then the candidates stand."""
    found = call(terms.get_congress, {"congress_id": str(congress_id)})
    back = url_for("portal.unit_elections", congress_id=congress_id)
    units = own_unit_choices()
    unit_id, body = request.values.get("unit_id", ""), request.values.get("body", "")
    if unit_id not in units or body not in [one["body"] for one in found["bodies"]]:
        return choose_unit(found, units, back, gettext("发起投票选举"))
    seats = part(terms.list_seats, {"congress_id": str(congress_id), "body": body, "unit_id": unit_id}).items
    vacant = seats[0]["vacant"] if seats else 0
    posted = request.form if request.method == "POST" else None
    spec = (
        "seats", Field("secrecy", hint=_l("无记名的由监票人共同开票；公开计票的只公布票数。")),
        Field("closes_at", hint=_l("可不填，由分工会主席结束。")),
    )  # fmt: skip
    values = {"seats": vacant or None, "secrecy": "secret"}
    form = Form(contract.CallElection, spec, values=values, posted=posted)
    rows = posted_rows("staff_kind") if posted is not None else []
    made = _call(form, rows, congress_id, unit_id, body) if posted is not None else None
    if made is not None:
        flash(gettext("选举已准备好，请在这里开始投票。"), "done")
        return go(url_for("portal.ballot", ballot_id=made["ballot_id"]))
    blank: list[dict[str, Any]] = [{}] * max(2, min(vacant + _MORE_THAN_SEATS, _MOST_ROWS) - len(rows))
    return form_page(
        form, title=gettext("发起投票选举"), back=back, words=term_name(found["number"]),
        lead=gettext("%(unit)s · %(body)s，空缺 %(count)s 名", unit=unit_name(unit_id), body=BODIES.texts[body],
                     count=vacant),
        template="portal/console/election_new.html", rows=[*rows, *blank], kinds=STAFF_KINDS, unit_id=unit_id,
        body=body, button=gettext("发起"),
    )  # fmt: skip


@PAGES.post("/console/congresses/<uuid:congress_id>/elections/<uuid:election_id>/end")
@only("officer", "chair")
def end_election(congress_id: UUID, election_id: UUID) -> Response:
    """End an election whose seats were not all filled."""
    payload = {"election_id": str(election_id), "reason": request.form.get("reason", "").strip()}
    then = url_for("portal.unit_elections", congress_id=congress_id)
    return act(contract.end_election, payload, done=gettext("选举已结束，空缺名额可以另行选举登记。"), then=then)


def _call(form: Form, rows: list[dict[str, str]], congress_id: UUID, unit_id: str, body: str) -> Any:
    members = members_of_rows(form, rows, unit_id)
    if members is None:
        return None
    candidates = [
        {"member_id": member, "staff_kind": row["staff_kind"]} for member, row in zip(members, rows, strict=True)
    ]
    fixed = {"congress_id": str(congress_id), "unit_id": unit_id, "body": body, "candidates": candidates}
    return submit(form, contract.call_election, filled={**form.payload(), **fixed})
