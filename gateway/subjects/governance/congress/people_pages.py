"""Organs of a congress and guests of a session in the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import OFFICE_ROLES, names, only, unit_name
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import session_name, term_name
from services.contracts.governance.congress import delegates, sessions, terms
from services.contracts.governance.congress import people as contract
from services.contracts.governance.congress.vocabulary import ORGAN_KINDS

PAGES = PageTable()
_MOST_PAGES = 40


def _who(item: Mapping[str, Any]) -> str:
    return str(item["name"] or names([dict(item)], "member_id").get(item["member_id"]) or "—")


def _of_session(shown: Shown) -> dict[str, Any]:
    return {"lead": session_name(shown.about)}


PAGES.add_list(
    ListPage(
        "session_guests", "/console/sessions/<uuid:session_id>/guests", contract.list_guests, _l("列席名单"),
        columns=(Column("name", _l("姓名"), how="text", value=_who), "guest_kind", Column("position", optional=True),
                 "came_at", actions("of_guest")),
        roles=tuple(OFFICE_ROLES),
        filters=("guest_kind",),
        lead=_l("列席和特邀人员没有表决权，不计入法定人数；会员会收到邀请，可以看发给代表的文件。"),
        empty=_l("还没有邀请列席人员。"),
        icon="person-plus",
        about=sessions.get_session,
        more=_of_session,
        template="portal/console/guest_list.html",
        macros="portal/parts/congress.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/sessions/<uuid:session_id>/guests/new", methods=["GET", "POST"])
@only("officer")
def new_session_guest(session_id: UUID) -> str | Response | tuple[str, int]:
    """Invite a member, who is searched for, or somebody from outside."""
    found, sought = call(sessions.get_session, {"session_id": str(session_id)}), sought_member(optional=True)
    back = url_for("portal.session_guests", session_id=session_id)
    spec = (
        Field("member_id", _l("会员"), "select", choices=sought.choices, blank=_l("不是会员，填姓名")),
        "name", "guest_kind", "position",
    )  # fmt: skip
    posted = request.form if request.method == "POST" else None
    form = Form(contract.InviteGuest, spec, values={"guest_kind": "attends"}, posted=posted)
    if posted is None or submit(form, contract.invite_guest, session_id=str(session_id)) is None:
        return form_page(
            form, title=gettext("邀请列席"), back=back, words=session_name(found), sought=sought,
            button=gettext("邀请"),
        )  # fmt: skip
    flash(gettext("已列入列席名单。"), "done")
    return go(back)


@PAGES.post("/console/sessions/<uuid:session_id>/guests/<uuid:guest_id>/<any(come, go, remove):what>")
@only("officer")
def move_session_guest(session_id: UUID, guest_id: UUID, what: str) -> Response:
    """Note that a guest came or did not, or take the guest off the list."""
    then = url_for("portal.session_guests", session_id=session_id)
    payload: dict[str, Any] = {"guest_id": str(guest_id)}
    if what == "remove":
        return act(contract.remove_guest, payload, done=gettext("已取消邀请。"), then=then)
    done = gettext("已签到。") if what == "come" else gettext("签到已取消。")
    return act(contract.note_guest, {**payload, "present": what == "come"}, done=done, then=then)


@PAGES.route("/console/congresses/<uuid:congress_id>/organs/new", methods=["GET", "POST"])
@only("officer")
def new_organ(congress_id: UUID) -> str | Response | tuple[str, int]:
    """Form an executive committee or a committee; with a session in the address its presidium."""
    session_id = request.values.get("session_id") or None
    presidium = session_id is not None
    kinds = ORGAN_KINDS.only("presidium") if presidium else ORGAN_KINDS.only("executive", "committee")
    values = {"organ_kind": "presidium", "name": str(ORGAN_KINDS.texts["presidium"])} if presidium else {}
    fixed = {"congress_id": str(congress_id), "session_id": session_id}
    first = Field("organ_kind", choices=kinds)
    return _organ(congress_id, session_id, contract.form_organ, fixed, values, first)


@PAGES.route("/console/congresses/<uuid:congress_id>/organs/<uuid:organ_id>", methods=["GET", "POST"])
@only("officer")
def edit_organ(congress_id: UUID, organ_id: UUID) -> str | Response | tuple[str, int]:
    """Change the members or the name of an organ."""
    session_id = request.values.get("session_id") or None
    asked = {"congress_id": str(congress_id), "session_id": session_id}
    known = call(contract.list_organs, asked)["items"]
    found: dict[str, Any] = next((one for one in known if one["id"] == str(organ_id)), {})
    return _organ(congress_id, session_id, contract.change_organ, {"organ_id": str(organ_id)}, found)


@PAGES.post("/console/congresses/<uuid:congress_id>/organs/<uuid:organ_id>/dissolve")
@only("officer")
def dissolve_organ(congress_id: UUID, organ_id: UUID) -> Response:
    """Dissolve an organ."""
    then = _home(congress_id, request.form.get("session_id") or None)
    return act(contract.dissolve_organ, {"organ_id": str(organ_id)}, done=gettext("已撤销。"), then=then)


def _organ(
    congress_id: UUID, session_id: str | None, operation: Any, fixed: dict[str, Any], values: dict[str, Any],
    *first: Field,
) -> str | Response | tuple[str, int]:  # fmt: skip
    posted = request.form if request.method == "POST" else None
    people = _delegates(congress_id)
    spec = (
        *first, Field("name", wide=True), Field("head_id", control="select", choices=people, blank=_l("请选择")),
        Field("member_ids", control="checks", choices=people, wide=True),
    )  # fmt: skip
    form = Form(type(operation.request_schema), spec, values=values, posted=posted)
    if posted is not None and submit(form, operation, filled={**form.payload(), **fixed}) is not None:
        flash(gettext("已保存。"), "done")
        return go(_home(congress_id, session_id))
    title = gettext("主席团") if session_id else gettext("代表大会的机构")
    found = call(terms.get_congress, {"congress_id": str(congress_id)})
    return form_page(form, title=title, back=_home(congress_id, session_id), words=term_name(found["number"]))


def _home(congress_id: UUID, session_id: str | None) -> str:
    if session_id:
        return url_for("portal.session", session_id=session_id)
    return url_for("portal.congress", congress_id=congress_id)


def _delegates(congress_id: UUID) -> dict[str, str]:
    """Return the delegates who serve, each once, by member id."""
    found: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"congress_id": str(congress_id), "limit": 100}
    for _ in range(_MOST_PAGES):
        page = call(delegates.list_delegates, asked)
        found += page["items"]
        asked["cursor"] = page["next_cursor"]
        if page["next_cursor"] is None:
            break
    called = names(found, "member_id")
    return {one["member_id"]: f"{called.get(one['member_id'], '—')} {unit_name(one['unit_id'])}" for one in found}


def organs_of(congress_id: str, session_id: str | None = None) -> tuple[Any, dict[str, str]]:
    """Return the organs of a congress and the names of their members."""
    found = part(contract.list_organs, {"congress_id": congress_id, "session_id": session_id})
    people = [{"member_id": member} for one in found.items for member in one["member_ids"]]
    return found, names(people, "member_id")
