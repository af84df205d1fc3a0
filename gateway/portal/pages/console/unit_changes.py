"""What becomes of a unit: merged, split, moved. Each page first says what would move and end, then asks."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.calls import call
from gateway.portal.blueprint import portal
from gateway.portal.formats import name_of
from gateway.portal.forms import Field, Form
from gateway.portal.people import only, units
from gateway.portal.seams import go, part, submit
from services.contracts.membership.organisation import get_unit, list_units
from services.contracts.membership.record import list_members
from services.contracts.membership.unit_changes import (
    MergeUnit,
    MoveUnit,
    SplitPart,
    SplitUnit,
    merge_unit,
    move_unit,
    preview_merge,
    preview_split,
    split_unit,
)

_WHY = (
    Field("on", _l("自哪天起"), "date", hint=_l("不填就是今天，不能晚于今天。")),
    Field("reason", _l("依据或原因"), wide=True),
)
MOST_TICKED = 100
_PARENTS = {"group": ("unit",), "committee": ("union", "unit")}


@portal.route("/console/organisation/<uuid:unit_id>/merge", methods=["GET", "POST"])
@only("officer")
def merge(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Merge a unit: choose into which, see what moves, confirm."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    targets = _targets(stands)
    into = request.values.get("into_unit_id", "")
    posted = request.form if request.method == "POST" else None
    form = Form(MergeUnit, _WHY, posted=posted)
    if posted is not None and into in targets:
        reply = submit(form, merge_unit, unit_id=str(unit_id), into_unit_id=into, version=_version(stands))
        if reply is not None:
            flash(gettext("已合并，%(members)s 名会员随之转入。", members=reply["members"]), "done")
            return go(url_for("portal.unit", unit_id=into))
    preview = part(preview_merge, {"unit_id": str(unit_id), "into_unit_id": into}) if into in targets else None
    page = {"unit": stands, "targets": targets, "into": into, "preview": preview, "form": form}
    return render_template("portal/console/unit_merge.html", **page), 422 if form.problem else 200


@portal.route("/console/organisation/<uuid:unit_id>/move", methods=["GET", "POST"])
@only("officer")
def move_part(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Put a group or committee under another parent; the page says how many members move along."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    kinds = _PARENTS.get(stands["kind"], ())
    parents = {key: words for key, words in _open_units(*kinds).items() if key != stands["parent_id"]}
    field = Field("parent_id", _l("新的上级"), "select", choices=parents, blank=_l("请选择"), wide=True)
    posted = request.form if request.method == "POST" else None
    form = Form(MoveUnit, (field, *_WHY), posted=posted)
    if posted is not None:
        reply = submit(form, move_unit, unit_id=str(unit_id), version=_version(stands))
        if reply is not None:
            flash(gettext("已调整，%(members)s 名会员随之转入。", members=reply["members"]), "done")
            return go(url_for("portal.unit", unit_id=unit_id))
    inside = {"group_id": str(unit_id), "limit": 1, "with_total": True}
    moving = part(list_members, inside) if stands["kind"] == "group" else None
    page = {"unit": stands, "form": form, "moving": moving}
    return render_template("portal/console/unit_move.html", **page), 422 if form.problem else 200


@portal.route("/console/organisation/<uuid:unit_id>/split", methods=["GET", "POST"])
@only("officer")
def split(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Found a unit out of another: say who goes, see what that moves, confirm."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    people = part(list_members, {"unit_id": str(unit_id), "limit": MOST_TICKED, "with_total": True})
    groups = part(list_units, {"parent_id": str(unit_id), "kind": "group", "active": True})
    posted = request.form if request.method == "POST" else None
    form = Form(SplitPart, _split_fields(people.items, groups.items), posted=posted)
    why = Form(SplitUnit, _WHY, posted=posted, prefix="why-")
    page = {"unit": stands, "form": form, "why": why, "people": people, "preview": None}
    if posted is None:
        return render_template("portal/console/unit_split.html", **page)
    asked = {"unit_id": str(unit_id), "into": [_chosen(form)]}
    if request.form.get("step") == "confirm":
        filled = {**why.payload(), **asked, "version": _version(stands)}
        reply = submit(form, split_unit, filled=filled)
        if reply is not None:
            flash(gettext("已拆分，%(members)s 名会员转入新的分工会。", members=reply["members"]), "done")
            return go(url_for("portal.unit", unit_id=reply["founded"][0]["id"]))
    else:
        page["preview"] = submit(form, preview_split, filled=asked)
    return render_template("portal/console/unit_split.html", **page), 422 if form.problem else 200


def _split_fields(people: list[dict[str, Any]], groups: list[dict[str, Any]]) -> list[Field]:
    named = {one["id"]: f"{one['name']} {one['number']}" for one in people}
    return [
        Field("name", _l("新分工会名称")),
        Field("name_en", _l("英文名称")),
        Field("code", _l("代码"), hint=_l("字母、数字和连字符，最多 20 个。")),
        Field("group_ids", _l("整组转入的工会小组"), "checks", choices={one["id"]: name_of(one) for one in groups}),
        Field("member_ids", _l("单独转入的会员"), "checks", choices=named),
        Field(
            "member_numbers",
            _l("其他会员的会员号"),
            "textarea",
            hint=_l("用空格、逗号或换行分开，可以从表格里整列粘贴。"),
            required=False,
        ),
    ]


def _chosen(form: Form) -> dict[str, Any]:
    filled = form.payload()
    numbers = re.split(r"[\s,，、;；]+", str(filled.pop("member_numbers", "")).strip())
    return {**filled, "member_numbers": [number for number in numbers if number]}


def _targets(unit: dict[str, Any]) -> dict[str, str]:
    """Return what a unit can be merged into: open ones of its kind, for a group those of its unit."""
    same = _open_units(unit["kind"]) if unit["kind"] != "union" else {}
    if unit["kind"] == "group":
        same = {key: words for key, words in same.items() if units()[key]["parent_id"] == unit["parent_id"]}
    return {key: words for key, words in same.items() if key != unit["id"]}


def _open_units(*kinds: str) -> dict[str, str]:
    found = sorted(units().items(), key=lambda entry: str(entry[1]["code"]))
    return {key: name_of(one) for key, one in found if one["kind"] in kinds and one["active"]}


def _version(stands: dict[str, Any]) -> int:
    return request.form.get("version", type=int) or int(stands["version"])
