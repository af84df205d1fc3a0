"""The form of a ballot: what is asked, the options, who may vote; counted before it is saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.look_ups import members_numbered
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, own_unit_choices, unit_choices
from gateway.portal.service_calls import attempt, go, part, send
from gateway.rpc.calls import call
from services.contracts.governance.ballots import operations as contract
from services.contracts.governance.ballots.requests import CreateBallot
from services.contracts.governance.ballots.vocabulary import (
    BALLOT_BODIES,
    BALLOT_KINDS,
    OWN_ELECTORATES,
)
from services.contracts.membership.record.operations import list_members

PAGES = PageTable()
_UNIT_BODIES = BALLOT_BODIES.only("unit", "committee")
_TEXTS = Field(
    "option_texts", _l("选项"), "textarea", hint=_l("选择和排序填写，每行一项；赞成反对的表决不填。"), required=False,
)  # fmt: skip
_TIMES = (
    Field("opens_at", hint=_l("不填则由您开始。")), Field("closes_at", hint=_l("不填则由您结束。")), "counts",
)  # fmt: skip

_SETTLED = ("title", "about", "kind", "secrecy", "body", "seats", "counts")
"""What stays as it was called, where a session, a meeting or an election called the ballot."""


@PAGES.route("/console/ballots/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_ballot() -> str | Response | tuple[str, int]:
    """Create a ballot."""
    return _answer(None)


@PAGES.route("/console/ballots/<uuid:ballot_id>/edit", methods=["GET", "POST"])
@only("officer", "chair")
def edit_ballot(ballot_id: UUID) -> str | Response | tuple[str, int]:
    """Change a ballot before it is opened."""
    return _answer(call(contract.get_ballot, {"ballot_id": str(ballot_id)}))


def _answer(found: dict[str, Any] | None) -> str | Response | tuple[str, int]:
    posted = request.form if request.method == "POST" else None
    form = Form(CreateBallot, _fields(found), values=_values(found), posted=posted)
    page = {"form": form, "it": found, "kept": _kept_names(found), "count": None}
    if posted is None:
        return render_template("portal/console/ballot_form.html", **page)
    if posted.get("do") == "count":
        page["count"] = attempt(form, lambda: _count(_payload(form, found)))
        return render_template("portal/console/ballot_form.html", **page)
    made = attempt(form, lambda: _save(form, found))
    if made is None:
        return render_template("portal/console/ballot_form.html", **page), 422
    flash(gettext("表决已保存，请核对后开始。"), "done")
    return go(url_for("portal.ballot", ballot_id=made["id"]))


def _fields(found: dict[str, Any] | None) -> list[Field | str]:
    if found and found["called"]:
        return [*_TIMES]
    office = current_principal().has("officer")
    bodies = Field("body", choices=None if office else _UNIT_BODIES)
    start: list[Field | str] = [
        Field("title", wide=True), Field("about", control="textarea"),
        Field("kind", choices=BALLOT_KINDS), "secrecy", bodies,
        Field("seats", hint=_l("选举填应选人数，选择填最多选几项，其他填 1。")), _TEXTS,
    ]  # fmt: skip
    if not office:
        unit = Field("origin_id", _l("分工会"), "select", choices=own_unit_choices, required=True)
        mates = Field("candidate_ids", _l("候选人"), "checks", choices=_unit_mates, hint=_l("选举时勾选。"))
        return [*start, mates, *([unit] if found is None else []), *_TIMES]
    kept = bool(found and found["kind"] == "election")
    hint = _l("选举填写会员号，用空格或换行分开；不改就留空。") if kept else _l("选举填写会员号，用空格或换行分开。")
    candidates = Field("candidates", _l("候选人"), "textarea", hint=hint, required=False)
    voters = Field("voters", _l("指定会员"), "textarea", hint=_l("填写会员号，用空格或换行分开。"), required=False)
    who = Field("electorate", choices=OWN_ELECTORATES)
    return [*start, candidates, who, Field("unit_ids", control="checks", choices=unit_choices), voters, *_TIMES]


def _values(found: dict[str, Any] | None) -> dict[str, Any]:
    if found is None:
        return {"kind": "yes_no", "secrecy": "named", "body": "union" if current_principal().has("officer") else "unit"}
    texts = "\n".join(one["text"] for one in found["options"] if one["text"])
    return {**found, "option_texts": texts, "candidate_ids": [one["member_id"] for one in found["options"]]}


def _kept_names(found: dict[str, Any] | None) -> list[str]:
    """Return the names of candidates and voters that stay where nothing else is filled in."""
    if found is None:
        return []
    people = [one for one in found["options"] if one["member_id"]]
    return list(names(people, "member_id").values())


def _unit_mates() -> dict[str, str]:
    """Return the members of the chair's units, a hundred at most."""
    mates: dict[str, str] = {}
    for unit_id in own_unit_choices():
        items = part(list_members, {"unit_id": unit_id, "standing": "active", "limit": 100}).items
        mates.update({one["id"]: f"{one['name']} {one['number']}" for one in items})
    return mates


def _payload(form: Form, found: dict[str, Any] | None) -> dict[str, Any]:
    """Return the ballot as it is filled in. Raises `InvalidInput` for a number that no member has."""
    given = form.payload()
    if found and found["called"]:
        settled = {name: found[name] for name in _SETTLED}
        options = [{name: one[name] for name in ("text", "member_id")} for one in found["options"]]
        return {**given, **settled, "options": [] if found["kind"] == "yes_no" else options}
    lines = [line.strip() for line in str(given.pop("option_texts", None) or "").splitlines() if line.strip()]
    candidates, voters = given.pop("candidates", None), given.pop("voters", None)
    ticked = given.pop("candidate_ids", None) or []
    ids = [*ticked, *members_numbered("candidates", candidates)]
    if not ids and found and not lines and found["kind"] == given.get("kind") == "election":
        ids = [one["member_id"] for one in found["options"]]
    options = [{"member_id": one} for one in ids] if given.get("kind") == "election" else [{"text": x} for x in lines]
    payload = {**given, "options": options if given.get("kind") != "yes_no" else []}
    if not current_principal().has("officer"):
        unit_id = found["origin_id"] if found else given.get("origin_id")
        own = {"origin_kind": "unit", "origin_id": unit_id, "electorate": "units", "unit_ids": [unit_id]}
        return {**payload, **own}
    named = members_numbered("voters", voters)
    if not named and found and found["electorate"] == given.get("electorate") == "list":
        named = found["member_ids"]
    units = payload.get("unit_ids") if given.get("electorate") == "units" else []
    return {**payload, "unit_ids": units or [], "member_ids": named if given.get("electorate") == "list" else []}


def _save(form: Form, found: dict[str, Any] | None) -> dict[str, Any]:
    payload = _payload(form, found)
    if found is None:
        return send(contract.create_ballot, payload)
    fixed = {"ballot_id": found["id"], "version": found["version"]}
    changed = {name: value for name, value in payload.items() if not name.startswith("origin")}
    return send(contract.change_ballot, {**changed, **fixed})


def _count(payload: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {one: payload[one] for one in ("electorate", "unit_ids", "member_ids") if one in payload}
    return call(contract.count_electorate, asked)
