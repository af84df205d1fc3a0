"""Terms of the congress in the console: the list, preparing, changing and beginning one, its seats and shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import session_name, term_name
from gateway.subjects.governance.congress.people_pages import organs_of
from services.chassis.plain_text import whole_number
from services.contracts.governance.congress import delegates as delegate_contract
from services.contracts.governance.congress import sessions as session_contract
from services.contracts.governance.congress import terms as contract
from services.contracts.governance.congress.vocabulary import BODIES

PAGES = PageTable()
OFFICER = frozenset({"officer"})


def named(item: Mapping[str, Any]) -> str:
    """Return the name of a term."""
    return term_name(item["number"])


PAGES.add_list(
    ListPage(
        "congresses", "/console/congresses", contract.list_congresses, _l("代表大会"),
        columns=(Column("number", how="text", value=named), "starts_on", "ends_on",
                 Column("state", state=True)),
        roles=tuple(CONSOLE_ROLES),
        filters=("state",),
        lead=_l("教代会和工代会各有代表名单、法定人数和表决；每届三年或五年。"),
        empty=_l("还没有代表大会，请新建一届。"),
        icon="people",
        links=(PageLink("new_congress", _l("新建一届"), "plus-lg", OFFICER, first=True),),
        link="congress",
        argument="congress_id",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def of_congress(shown: Shown) -> dict[str, Any]:
    """Return what pages of a term's lists show beside the list."""
    return {"lead": term_name(shown.about["number"])}


PAGES.add_list(
    ListPage(
        "congress_seats", "/console/congresses/<uuid:congress_id>/seats", contract.list_seats, _l("代表名额"),
        columns=("unit_id", "body", "headcount", "seats", "filled", "vacant", actions("of_seats")),
        roles=tuple(CONSOLE_ROLES),
        filters=("body", Field("unit_id", choices=unit_choices)),
        empty=_l("还没有分配名额。"),
        icon="card-checklist",
        about=contract.get_congress,
        more=of_congress,
        template="portal/console/congress_list.html",
        macros="portal/parts/congress.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.route("/console/congresses/new", methods=["GET", "POST"])
@only("officer")
def new_congress() -> str | Response | tuple[str, int]:
    """Prepare a term."""
    posted = request.form if request.method == "POST" else None
    form = Form(contract.AddCongress, ("number", "starts_on", _years(), *_seat_fields()), posted=posted)
    if posted is not None:
        made = submit(form, contract.add_congress, filled=_with_bodies(form.payload()))
        if made is not None:
            flash(gettext("已新建，请分配名额。"), "done")
            return go(url_for("portal.congress", congress_id=made["id"]))
    return form_page(form, title=gettext("新建一届"), back=url_for("portal.congresses"), words=gettext("代表大会"))


@PAGES.get("/console/congresses/<uuid:congress_id>")
@only(*CONSOLE_ROLES)
def congress(congress_id: UUID) -> str:
    """Show a term with its bodies, delegations and what may be done."""
    return _page(congress_id)


@PAGES.route("/console/congresses/<uuid:congress_id>/change", methods=["GET", "POST"])
@only("officer")
def change_congress(congress_id: UUID) -> str | Response | tuple[str, int]:
    """Change the last day and the seats of a term."""
    found = call(contract.get_congress, {"congress_id": str(congress_id)})
    posted = request.form if request.method == "POST" else None
    met = [one["body"] for one in found["bodies"]]
    values = {"ends_on": found["ends_on"], **{f"seats_{one['body']}": one["seats"] for one in found["bodies"]}}
    spec: list[Field | str] = ["ends_on", *_seat_fields(met), "reason", Field("version", control="hidden")]
    form = Form(contract.ChangeCongress, spec, values={**values, "version": found["version"]}, posted=posted)
    here = url_for("portal.congress", congress_id=congress_id)
    if posted is not None:
        fixed = {"congress_id": str(congress_id), "version": request.form.get("version", type=whole_number)}
        if submit(form, contract.change_congress, filled={**_with_bodies(form.payload()), **fixed}) is not None:
            flash(gettext("已保存。"), "done")
            return go(here)
    return form_page(form, title=gettext("修改任期和名额"), back=here, words=term_name(found["number"]))


@PAGES.post("/console/congresses/<uuid:congress_id>/<any(begin, end):action>")
@only("officer")
def move_congress(congress_id: UUID, action: str) -> Response:
    """Begin or end a term."""
    operation, done = {
        "begin": (contract.begin_congress, gettext("任期已开始。")),
        "end": (contract.end_congress, gettext("任期已结束，代表资格同时终止。")),
    }[action]
    then = url_for("portal.congress", congress_id=congress_id)
    return act(operation, {"congress_id": str(congress_id)}, done=done, then=then)


@PAGES.post("/console/congresses/<uuid:congress_id>/seats")
@only("officer")
def allot_seats(congress_id: UUID) -> Response:
    """Divide the seats of a body among the units."""
    payload = {
        "congress_id": str(congress_id), "body": request.form.get("body", ""),
        "least": request.form.get("least", type=whole_number), "unit_ids": request.form.getlist("unit_ids") or None,
    }  # fmt: skip
    then = url_for("portal.congress_seats", congress_id=congress_id, body=payload["body"])
    return act(contract.allot_seats, payload, done=gettext("名额已分配。"), then=then)


@PAGES.post("/console/congresses/<uuid:congress_id>/seats/<uuid:unit_id>")
@only("officer")
def set_unit_seats(congress_id: UUID, unit_id: UUID) -> Response:
    """Change the seats of one unit."""
    payload = {
        "congress_id": str(congress_id), "unit_id": str(unit_id), "body": request.form.get("body", ""),
        "seats": request.form.get("seats", type=whole_number), "reason": request.form.get("reason", "").strip(),
    }  # fmt: skip
    then = url_for("portal.congress_seats", congress_id=congress_id, body=payload["body"])
    return act(contract.set_unit_seats, payload, done=gettext("名额已调整。"), then=then)


@PAGES.post("/console/congresses/<uuid:congress_id>/shares")
@only("officer")
def check_shares(congress_id: UUID) -> Response:
    """Count the shares among the delegates."""
    payload = {"congress_id": str(congress_id), "body": request.form.get("body", "")}
    then = url_for("portal.congress", congress_id=congress_id)
    return act(contract.check_shares, payload, done=gettext("已核对代表构成。"), then=then)


def _page(congress_id: UUID) -> str:
    found = call(contract.get_congress, {"congress_id": str(congress_id)})
    delegations = part(delegate_contract.list_congress_delegations, {"congress_id": str(congress_id)})
    sessions = part(session_contract.list_sessions, {"congress_id": str(congress_id)})
    organs, members = organs_of(str(congress_id))
    return render_template(
        "portal/console/congress.html", it=found, name=term_name(found["number"]), delegations=delegations,
        sessions=sessions, called={one["id"]: session_name(one) for one in sessions.items},
        organs=organs, members=members, leaders=names(delegations.items, "head_id", "deputy_id"),
    )  # fmt: skip


def _years() -> Field:
    return Field("years", control="select", choices={str(one): str(one) for one in contract.TERM_YEARS})


def _seat_fields(met: list[str] | None = None) -> list[Field]:
    """Return a field for the seats of each body; left empty, the body does not meet."""
    hint = _l("不召开的不填。")
    return [
        Field(f"seats_{body}", gettext("%(body)s代表名额", body=BODIES.texts[body]), "number",
              hint=None if met else hint, required=bool(met), extra={"min": "1", "max": str(contract.MOST_SEATS)})
        for body in met or BODIES
    ]  # fmt: skip


def _with_bodies(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a payload whose fields of seats became the bodies that meet."""
    seats = {body: payload.pop(f"seats_{body}", None) for body in BODIES}
    return {**payload, "bodies": [{"body": body, "seats": count} for body, count in seats.items() if count]}
