"""Delegates in the console: the list, entering who was elected, one delegate's record, delegations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.look_ups import found_members
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, own_unit_choices, unit_choices, unit_name
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import term_name
from gateway.subjects.governance.congress.pages import of_congress
from services.chassis.errors import Refused
from services.chassis.plain_text import whole_number
from services.contracts.governance.congress import delegates as contract
from services.contracts.governance.congress import terms
from services.contracts.governance.congress.vocabulary import BODIES, STAFF_KINDS

PAGES = PageTable()
_RECORD = ("elected_on", "entitled", "ballots_cast", "candidates", Field("document", wide=True))
_MOST_ROWS = 20

PAGES.add_list(
    ListPage(
        "delegates", "/console/congresses/<uuid:congress_id>/delegates", contract.list_delegates, _l("代表名单"),
        columns=("member_id", "unit_id", "body", "staff_kind", Column("delegation", optional=True), "elected_on",
                 "last_day", Column("moved_on", optional=True), Column("end_reason", optional=True),
                 Column("state", state=True)),
        roles=tuple(CONSOLE_ROLES),
        filters=("show", "body", Field("unit_id", choices=unit_choices), "staff_kind"),
        empty=_l("没有符合条件的代表。"),
        icon="person-badge",
        link="delegate",
        argument="delegate_id",
        of_unit="unit_id",
        about=terms.get_congress,
        more=of_congress,
        template="portal/console/congress_list.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.get("/console/delegates/<uuid:delegate_id>")
@only(*CONSOLE_ROLES)
def delegate(delegate_id: UUID) -> str:
    """Show a delegate with the record of the election."""
    found = call(contract.get_delegate, {"delegate_id": str(delegate_id)})
    return render_template("portal/console/delegate.html", it=found, people=names([found], "member_id"))


@PAGES.post("/console/delegates/<uuid:delegate_id>/end")
@only("officer", "chair")
def end_delegate(delegate_id: UUID) -> Response:
    """End a seat."""
    payload = {
        "delegate_id": str(delegate_id), "reason": request.form.get("reason", ""),
        "document": request.form.get("document", "").strip(),
    }  # fmt: skip
    done = gettext("代表资格已终止，请补选。")
    return act(contract.end_delegate, payload, done=done, then=url_for("portal.delegate", delegate_id=delegate_id))


@PAGES.route("/console/congresses/<uuid:congress_id>/elected", methods=["GET", "POST"])
@only("officer", "chair")
def enter_delegates(congress_id: UUID) -> str | Response | tuple[str, int]:
    """Enter who was elected in a unit: first the unit and body are chosen, then the record and the people stand."""
    found = call(terms.get_congress, {"congress_id": str(congress_id)})
    back = url_for("portal.congress", congress_id=congress_id)
    units = own_unit_choices()
    unit_id, body = request.values.get("unit_id", ""), request.values.get("body", "")
    if unit_id not in units or body not in [one["body"] for one in found["bodies"]]:
        return choose_unit(found, units, back, gettext("登记当选代表"))
    seats = part(terms.list_seats, {"congress_id": str(congress_id), "body": body, "unit_id": unit_id}).items
    vacant = seats[0]["vacant"] if seats else 0
    posted = request.form if request.method == "POST" else None
    form = Form(contract.EnterDelegates, _RECORD, posted=posted)
    rows = posted_rows("staff_kind", "votes") if posted is not None else []
    if posted is not None and _enter(form, rows, congress_id, unit_id, body) is not None:
        flash(gettext("当选代表已登记。"), "done")
        return go(url_for("portal.delegates", congress_id=congress_id, unit_id=unit_id, body=body))
    blank: list[dict[str, Any]] = [{}] * max(1, min(vacant, _MOST_ROWS) - len(rows))
    return form_page(
        form, title=gettext("登记当选代表"), back=back, words=term_name(found["number"]),
        lead=gettext("%(unit)s · %(body)s，空缺 %(count)s 名", unit=unit_name(unit_id), body=BODIES.texts[body],
                     count=vacant),
        template="portal/console/delegates_new.html", rows=[*rows, *blank], kinds=STAFF_KINDS, unit_id=unit_id,
        body=body, button=gettext("登记"),
    )  # fmt: skip


@PAGES.route("/console/congresses/<uuid:congress_id>/delegations/new", methods=["GET", "POST"])
@only("officer")
def new_delegation(congress_id: UUID) -> str | Response | tuple[str, int]:
    """Form a delegation."""
    fixed = {"congress_id": str(congress_id)}
    return _delegation(congress_id, contract.form_delegation, fixed, {"unit_ids": []}, gettext("组成代表团"))


@PAGES.route("/console/congresses/<uuid:congress_id>/delegations/<uuid:delegation_id>", methods=["GET", "POST"])
@only("officer")
def edit_delegation(congress_id: UUID, delegation_id: UUID) -> str | Response | tuple[str, int]:
    """Change a delegation."""
    known = call(contract.list_congress_delegations, {"congress_id": str(congress_id)})["items"]
    found: dict[str, Any] = next((one for one in known if one["id"] == str(delegation_id)), {"unit_ids": []})
    fixed = {"delegation_id": str(delegation_id)}
    return _delegation(congress_id, contract.change_delegation, fixed, found, gettext("修改代表团"))


@PAGES.post("/console/congresses/<uuid:congress_id>/delegations/<uuid:delegation_id>/dissolve")
@only("officer")
def dissolve_delegation(congress_id: UUID, delegation_id: UUID) -> Response:
    """Dissolve a delegation."""
    then = url_for("portal.congress", congress_id=congress_id)
    payload = {"delegation_id": str(delegation_id)}
    return act(contract.dissolve_delegation, payload, done=gettext("代表团已撤销。"), then=then)


def _delegation(
    congress_id: UUID, operation: Any, fixed: dict[str, str], values: dict[str, Any], title: str
) -> str | Response | tuple[str, int]:
    posted = request.form if request.method == "POST" else None
    leaders = _leaders(congress_id, posted.getlist("unit_ids") if posted is not None else values["unit_ids"])
    choose = _l("会后再定")
    spec = (
        Field("name", wide=True),
        Field("unit_ids", control="checks", choices=unit_choices, wide=True),
        Field("head_id", control="select", choices=leaders, blank=choose, hint=_l("先保存单位，再从其代表中选择。")),
        Field("deputy_id", control="select", choices=leaders, blank=choose),
    )
    form = Form(type(operation.request_schema), spec, values=values, posted=posted)
    back = url_for("portal.congress", congress_id=congress_id)
    if posted is not None and submit(form, operation, filled={**form.payload(), **fixed}) is not None:
        flash(gettext("代表团已保存。"), "done")
        return go(back)
    return form_page(form, title=title, back=back, words=gettext("代表大会"))


def _leaders(congress_id: UUID, unit_ids: list[str]) -> dict[str, str]:
    """Return the delegates of units by member id."""
    people: list[dict[str, Any]] = []
    for unit_id in unit_ids[:30]:
        asked = {"congress_id": str(congress_id), "unit_id": unit_id, "limit": 100}
        people += part(contract.list_delegates, asked).items
    called = names(people, "member_id")
    return {one["member_id"]: f"{called.get(one['member_id'], '—')} {unit_name(one['unit_id'])}" for one in people}


def choose_unit(found: dict[str, Any], units: dict[str, str], back: str, title: str) -> str | tuple[str, int]:
    """Show the step in which body and unit are chosen."""
    met = {one["body"]: BODIES.texts[one["body"]] for one in found["bodies"]}
    spec = (
        Field("body", _l("会议"), "select", choices=met),
        Field("unit_id", _l("选举单位"), "select", choices=units, required=True),
    )
    return form_page(
        Form(None, spec), title=title, back=back, words=term_name(found["number"]),
        template="portal/console/delegates_choose.html", button=gettext("下一步"),
    )  # fmt: skip


def posted_rows(*columns: str) -> list[dict[str, str]]:
    """Return the rows of a form in which somebody was named, with these columns beside `person`."""
    names_of_columns = ("person", *columns)
    given = [request.form.getlist(name) for name in names_of_columns]
    rows = [dict(zip(names_of_columns, one, strict=True)) for one in zip(*given, strict=False)]
    return [{name: text.strip() for name, text in row.items()} for row in rows if row["person"].strip()]


def members_of_rows(form: Form, rows: list[dict[str, str]], unit_id: str) -> list[str] | None:
    """Return whom rows name by name or number among a unit's members; None where one is not found, as the form says."""
    members = []
    for row in rows:
        found = found_members(row["person"], unit_id=unit_id).items
        exact = [one for one in found if row["person"] in (one["name"], one["number"])] or found
        if len(exact) != 1:
            detail = "Name one member of the unit, by number where two have the name."
            form.take(Refused(detail, rule="congress.elected_are_found", params={"person": row["person"]}))
            return None
        members.append(exact[0]["id"])
    return members


def _enter(form: Form, rows: list[dict[str, str]], congress_id: UUID, unit_id: str, body: str) -> Any:
    """Enter the people of the rows."""
    members = members_of_rows(form, rows, unit_id)
    if members is None:
        return None
    elected = [
        {
            "member_id": member,
            "staff_kind": row["staff_kind"],
            "votes": whole_number(row["votes"]) if row["votes"].isdecimal() else row["votes"],
        }
        for member, row in zip(members, rows, strict=True)
    ]
    fixed = {"congress_id": str(congress_id), "unit_id": unit_id, "body": body, "elected": elected}
    return submit(form, contract.enter_delegates, filled={**form.payload(), **fixed})
