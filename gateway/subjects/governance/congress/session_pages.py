"""Sessions of the congress in the console: preparing, running, the check-in desk, attendance."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.messages import explain
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, names, only, signed_in, unit_choices
from gateway.portal.service_calls import Part, act, go, part, send, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import session_name, term_name
from gateway.subjects.governance.congress.people_pages import organs_of
from services.chassis.errors import NotFound, NotSignedIn, Problem
from services.chassis.plain_text import whole_number
from services.contracts.gateway.codes import LONGEST_CODE
from services.contracts.governance.congress import archives, floor, terms
from services.contracts.governance.congress import sessions as contract
from services.contracts.governance.ratings.operations import list_ratings
from services.contracts.membership.card import read_card

PAGES = PageTable()
_SCANS = "600/minute"
_MOVES = {
    "convene": (contract.convene_session, _l("会议已召集。")),
    "open": (contract.open_session, _l("会议已开始。")),
    "close": (contract.close_session, _l("会议已闭会，请写会议记录。")),
}


def _of_session(shown: Shown) -> dict[str, Any]:
    return {"lead": session_name(shown.about)}


PAGES.add_list(
    ListPage(
        "attendance", "/console/sessions/<uuid:session_id>/attendance", contract.list_attendance, _l("签到名单"),
        columns=("member_id", "unit_id", "bodies", "came_at", Column("left_at", optional=True),
                 actions("of_attendance")),
        roles=tuple(OFFICE_ROLES),
        filters=("show", Field("unit_id", choices=unit_choices)),
        empty=_l("没有符合条件的代表。"),
        icon="card-checklist",
        about=contract.get_session,
        more=_of_session,
        template="portal/console/session_list.html",
        macros="portal/parts/congress.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/congresses/<uuid:congress_id>/sessions/new", methods=["GET", "POST"])
@only("officer")
def new_session(congress_id: UUID) -> str | Response | tuple[str, int]:
    """Prepare a session."""
    found = call(terms.get_congress, {"congress_id": str(congress_id)})
    posted = request.form if request.method == "POST" else None
    spec = (
        "number", "kind", "opens_on", "closes_on", Field("place", wide=True),
        Field("requested_by", hint=_l("例会不填。"), blank=_l("例会")),
        Field("requesters", hint=_l("由代表联名提议时填写，须达到全体代表的规定比例。")),
    )  # fmt: skip
    form = Form(contract.AddSession, spec, posted=posted)
    if posted is not None:
        made = submit(form, contract.add_session, congress_id=str(congress_id))
        if made is not None:
            flash(gettext("已新建，请列出议程。"), "done")
            return go(url_for("portal.session", session_id=made["id"]))
    back = url_for("portal.congress", congress_id=congress_id)
    return form_page(form, title=gettext("新建一次会议"), back=back, words=term_name(found["number"]))


@PAGES.route("/console/sessions/<uuid:session_id>/change", methods=["GET", "POST"])
@only("officer")
def change_session(session_id: UUID) -> str | Response | tuple[str, int]:
    """Change days and place of a session."""
    found = call(contract.get_session, {"session_id": str(session_id)})
    posted = request.form if request.method == "POST" else None
    spec = ("opens_on", "closes_on", "place", Field("version", control="hidden"))
    form = Form(contract.ChangeSession, spec, values=found, posted=posted)
    back = url_for("portal.session", session_id=session_id)
    version = request.form.get("version", type=whole_number)
    if posted is not None and submit(form, contract.change_session, session_id=str(session_id), version=version):
        flash(gettext("已修改，已召集的代表会收到通知。"), "done")
        return go(back)
    return form_page(form, title=gettext("修改会议日期和会场"), back=back, words=session_name(found))


@PAGES.get("/console/sessions/<uuid:session_id>")
@only(*CONSOLE_ROLES)
def session(session_id: UUID) -> str:
    """Show a session with what may be done; alone the part that changes, for a page that is open."""
    found = call(contract.get_session, {"session_id": str(session_id)})
    page = {"it": found, "name": session_name(found), "people": speakers_of(found), "rounds": _rounds(found)}
    if request.headers.get("HX-Request"):
        return render_template("portal/console/session_floor.html", **page)
    organs, members = organs_of(found["congress_id"], str(session_id))
    reporting = {one["id"]: one["name"] for one in organs.items}
    form = Form(
        floor.AddAgendaItem,
        ("title", "agenda_kind", Field("body", blank=_l("全部")), "presenter",
         Field("organ_id", control="select", choices=reporting, blank=_l("不是机构报告"))),
    )  # fmt: skip
    office = signed_in().principal.has(*OFFICE_ROLES)
    made = part(archives.list_session_archives, {"session_id": str(session_id), "limit": 5}) if office else Part({})
    return render_template(
        "portal/console/session.html", form=form, organs=organs, members=members, archives=made, **page
    )


@PAGES.post("/console/sessions/<uuid:session_id>/<any(convene, open, close):action>")
@only("officer")
def move_session(session_id: UUID, action: str) -> Response:
    """Convene, open or close a session."""
    operation, done = _MOVES[action]
    then = url_for("portal.session", session_id=session_id)
    return act(operation, {"session_id": str(session_id)}, done=str(done), then=then)


@PAGES.get("/console/sessions/<uuid:session_id>/desk")
@only("officer")
def session_desk(session_id: UUID) -> str:
    """Show the scanner at the door."""
    return _desk(session_id, came=None, problem=None)


@PAGES.post("/console/sessions/<uuid:session_id>/desk")
@only("officer")
def delegate_scanned(session_id: UUID) -> Response:
    """Check in the delegate whose card was scanned; alone for the scanner's script."""
    require_below(_SCANS, "check_in")
    shown: dict[str, Any] = {"came": None, "problem": None, "people": {}}
    status = 200
    try:
        asked = {"session_id": str(session_id), "member_id": _member_of(request.form.get("text", ""))}
        shown["came"] = send(contract.check_in, asked)
        shown["people"] = names([shown["came"]], "member_id")
    except NotSignedIn:
        raise
    except Problem as problem:
        shown["problem"], status = explain(problem), 422 if problem.status == 404 else problem.status
    if request.headers.get("HX-Request"):
        return make_response(render_template("portal/console/session_scanned.html", **shown), status)
    return make_response(_desk(session_id, **shown), status)


@PAGES.post("/console/sessions/<uuid:session_id>/attendance/<uuid:member_id>/<any(in, out):way>")
@only("officer")
def note_attendance(session_id: UUID, member_id: UUID, way: str) -> Response:
    """Note by the list that a delegate came or left."""
    payload = {"session_id": str(session_id), "member_id": str(member_id)}
    then = url_for("portal.attendance", session_id=session_id)
    if way == "in":
        return act(contract.check_in, payload, done=gettext("已签到。"), then=then)
    return act(contract.check_out, payload, done=gettext("已登记离场。"), then=then)


def _rounds(found: dict[str, Any]) -> dict[str, str]:
    """Return the assessments of leaders that an item of the agenda may cite, by id."""
    asked_for = [one for one in found["agenda"] if one["agenda_kind"] == "assessed"]
    if not asked_for or found["state"] == "closed" or not signed_in().principal.has("officer"):
        return {}
    rounds = part(list_ratings, {"kind": "leaders", "limit": 20}).items
    return {one["id"]: one["title"] for one in rounds if one["state"] != "cancelled"}


def speakers_of(found: dict[str, Any]) -> dict[str, str]:
    """Return the names of who speaks in a session."""
    return names([one for item in found["agenda"] for one in item["speakers"]], "member_id")


def _member_of(text: str) -> str:
    """Return whose card was scanned. Raises `NotFound` where it is no card in force."""
    token = text.strip().rpartition("/")[2]
    read = call(read_card, {"token": token}) if token else {"state": "foreign"}
    if read["state"] != "good" or not read["subject_id"]:
        raise NotFound("This is no card in force.", rule="congress.card_is_in_force", field="text")
    return str(read["subject_id"])


def _desk(session_id: UUID, **shown: Any) -> str:
    found = call(contract.get_session, {"session_id": str(session_id)})
    page = {"it": found, "name": session_name(found), "longest": LONGEST_CODE, "people": {}, **shown}
    return render_template("portal/console/session_desk.html", **page)
