"""The form of a round: what is asked of whom, and by whom it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_fields import label_of
from gateway.portal.forms import Field, Form
from gateway.portal.look_ups import members_numbered
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices
from gateway.portal.service_calls import attempt, go, part, send
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.contracts.governance.congress.delegates import list_delegates
from services.contracts.governance.congress.terms import list_congresses
from services.contracts.governance.ratings import operations as contract
from services.contracts.governance.ratings.requests import MOST_NAMED, CreateRating
from services.contracts.governance.ratings.vocabulary import (
    OWN_RATING_ELECTORATES,
    RATING_WAYS,
    USUAL_CRITERIA,
    USUAL_GRADES,
)

PAGES = PageTable()
_LISTS = {"union": ("union_criteria", "chair_criteria"), "leaders": ("leader_criteria",)}
_OF_LIST = {"union_criteria": "union", "chair_criteria": "chair", "leader_criteria": "leader"}
_HINT = _l("每行一项，可以增减。")


@PAGES.route("/console/ratings/new", methods=["GET", "POST"])
@only("officer")
def new_rating() -> str | Response | tuple[str, int]:
    """Call the members to rate their union."""
    return _answer("union", None)


@PAGES.route("/console/ratings/new-assessment", methods=["GET", "POST"])
@only("officer")
def new_assessment() -> str | Response | tuple[str, int]:
    """Call delegates to assess leaders."""
    return _answer("leaders", None)


@PAGES.route("/console/ratings/<uuid:rating_id>/edit", methods=["GET", "POST"])
@only("officer")
def edit_rating(rating_id: UUID) -> str | Response | tuple[str, int]:
    """Change a round before it is opened."""
    found = call(contract.get_rating, {"rating_id": str(rating_id)})
    return _answer(found["kind"], found)


def _answer(kind: str, found: dict[str, Any] | None) -> str | Response | tuple[str, int]:
    posted = request.form if request.method == "POST" else None
    form = Form(CreateRating, _fields(kind, found), values=_values(kind, found), posted=posted)
    named = list(names([{"id": one} for one in found["member_ids"][:50]], "id").values()) if found else []
    page = {"form": form, "it": found, "kind": kind, "named": named}
    if posted is None:
        return render_template("portal/console/rating_form.html", **page)
    made = attempt(form, lambda: _save(form, kind, found))
    if made is None:
        return render_template("portal/console/rating_form.html", **page), 422
    flash(gettext("已保存，请核对后开始。"), "done")
    return go(url_for("portal.rating", rating_id=made["id"]))


def _fields(kind: str, found: dict[str, Any] | None) -> list[Field | str]:
    start: list[Field | str] = [Field("title", wide=True), Field("about", control="textarea"), "year"]
    if found is None:
        start.append(Field("way", choices=RATING_WAYS, hint=_l("往年的结果可以按纸质汇总补录。")))
    if kind == "leaders":
        hint = _l("每行一位：姓名，空格，职务。")
        start.append(Field("leader_lines", _l("评议对象"), "textarea", hint=hint, required=True))
        start += _called_or_named(found)
    else:
        start += [
            Field("electorate", choices=OWN_RATING_ELECTORATES.only("all", "units")),
            Field("unit_ids", control="checks", choices=unit_choices),
        ]
    lists = [
        Field(
            f"{name}_lines",
            label_of(CreateRating().fields[name]),
            "textarea",
            hint=_HINT,
            required=False,
            extra={"rows": "5"},
        )
        for name in _LISTS[kind]
    ]
    hint = _l("每行一个，从好到差。")
    grades = Field("grade_lines", _l("等次"), "textarea", hint=hint, required=True, extra={"rows": "4"})
    satisfied = Field("satisfied", hint=_l("前几个等次算作满意，用于计算满意率。"))
    times = [Field("opens_at", hint=_l("不填则由您开始。")), Field("closes_at", hint=_l("不填则由您结束。"))]
    return [*start, *lists, grades, satisfied, Field("remarks", control="check"), *times]


def _called_or_named(found: dict[str, Any] | None) -> list[Field | str]:
    if found is not None and found["electorate"] == "called":
        return []
    hint = _l("填写会员号，用空格或换行分开。") if found is None else _l("填写会员号；不改就留空。")
    return [
        Field("delegates", _l("由现任教代会代表填写"), "check", required=False),
        Field("numbers", _l("其他填写人"), "textarea", hint=hint, required=False),
    ]


def _values(kind: str, found: dict[str, Any] | None) -> dict[str, Any]:
    if found is None:
        usual = {f"{name}_lines": "\n".join(USUAL_CRITERIA[_OF_LIST[name]]) for name in _LISTS[kind]}
        title = gettext("%(year)s 年会员评家", year=today().year) if kind == "union" else gettext("民主评议领导干部")
        return {
            **usual, "title": title, "year": today().year, "grade_lines": "\n".join(USUAL_GRADES[kind]),
            "delegates": kind == "leaders",
        }  # fmt: skip
    by_kind: dict[str, Sequence[str]] = {one["kind"]: one["criteria"] for one in found["subjects"]}
    lines = {f"{name}_lines": "\n".join(by_kind.get(_OF_LIST[name], ())) for name in _LISTS[kind]}
    leaders = "\n".join(f"{one['name']} {one['post']}" for one in found["subjects"] if one["kind"] == "leader")
    return {**found, **lines, "leader_lines": leaders, "grade_lines": "\n".join(found["grades"])}


def _save(form: Form, kind: str, found: dict[str, Any] | None) -> dict[str, Any]:
    payload = _payload(form, kind, found)
    if found is None:
        return send(contract.create_rating, {**payload, "kind": kind})
    return send(contract.change_rating, {**payload, "rating_id": found["id"], "version": found["version"]})


def _payload(form: Form, kind: str, found: dict[str, Any] | None) -> dict[str, Any]:
    """Return the round as it is filled in. Raises `InvalidInput` for a number that no member has."""
    given = form.payload()
    for name in _LISTS[kind]:
        given[name] = _lines(given.pop(f"{name}_lines", None))
    given["grades"] = _lines(given.pop("grade_lines", None))
    if kind == "union":
        units = given.get("unit_ids") if given.get("electorate") == "units" else []
        return {**given, "unit_ids": units or []}
    given["leaders"] = [_leader(line) for line in _lines(given.pop("leader_lines", None))]
    chosen, numbers = given.pop("delegates", None), given.pop("numbers", None)
    if found is not None and found["electorate"] == "called":
        return {**given, "electorate": "all"}
    named = [*(_delegates() if chosen in (True, "1", "true") else []), *members_numbered("numbers", numbers)]
    if not named and found is not None:
        named = found["member_ids"]
    return {**given, "electorate": "list", "member_ids": list(dict.fromkeys(named))[:MOST_NAMED]}


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def _leader(line: str) -> dict[str, str]:
    name, _, post = line.replace("\u3000", " ").partition(" ")
    return {"name": name, "post": post.strip()}


def _delegates() -> list[str]:
    """Return the serving delegates of the staff congress."""
    serving = part(list_congresses, {"state": "serving", "limit": 1}).items
    found: list[str] = []
    cursor: str | None = None
    while serving:
        page = {"congress_id": serving[0]["id"], "body": "staff_congress", "limit": 100}
        reply = call(list_delegates, {**page, "cursor": cursor} if cursor else page)
        found += [one["member_id"] for one in reply["items"]]
        cursor = reply["next_cursor"]
        if cursor is None:
            break
    return found
