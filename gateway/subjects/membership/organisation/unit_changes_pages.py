"""What becomes of a unit: merged, moved. Each page first says what would move and end, then asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.formats import name_of
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, units
from gateway.portal.service_calls import go, part, submit
from gateway.rpc.calls import call
from services.chassis.plain_text import whole_number
from services.contracts.membership.organisation.operations import get_unit
from services.contracts.membership.organisation.unit_changes import (
    MergeUnit,
    MoveUnit,
    merge_unit,
    move_unit,
    preview_merge,
)
from services.contracts.membership.record.operations import list_members

PAGES = PageTable()

WHY = (
    Field("on", hint=_l("默认今天，不能晚于今天。")),
    Field("reason", wide=True),
)
_PARENTS = {"group": ("unit",), "committee": ("union", "unit")}


@PAGES.route("/console/organisation/<uuid:unit_id>/merge", methods=["GET", "POST"])
@only("officer")
def merge(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Merge a unit: choose into which, see what moves, confirm."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    targets = _targets(stands)
    into = request.values.get("into_unit_id", "")
    posted = request.form if request.method == "POST" else None
    form = Form(MergeUnit, WHY, posted=posted)
    if posted is not None and into in targets:
        reply = submit(form, merge_unit, unit_id=str(unit_id), into_unit_id=into, version=version_of(stands))
        if reply is not None:
            flash(gettext("已合并，%(members)s 名会员随之转入。", members=reply["members"]), "done")
            return go(url_for("portal.unit", unit_id=into))
    preview = part(preview_merge, {"unit_id": str(unit_id), "into_unit_id": into}) if into in targets else None
    page = {"unit": stands, "targets": targets, "into": into, "preview": preview, "form": form}
    return render_template("portal/console/unit_merge.html", **page), 422 if form.problem else 200


@PAGES.route("/console/organisation/<uuid:unit_id>/move", methods=["GET", "POST"])
@only("officer")
def move_part(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Put a group or committee under another parent; the page says how many members move along."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    kinds = _PARENTS.get(stands["kind"], ())
    parents = {key: words for key, words in _open_units(*kinds).items() if key != stands["parent_id"]}
    field = Field("parent_id", choices=parents, wide=True)
    posted = request.form if request.method == "POST" else None
    form = Form(MoveUnit, (field, *WHY), posted=posted)
    if posted is not None:
        reply = submit(form, move_unit, unit_id=str(unit_id), version=version_of(stands))
        if reply is not None:
            flash(gettext("已调整，%(members)s 名会员随之转入。", members=reply["members"]), "done")
            return go(url_for("portal.unit", unit_id=unit_id))
    inside = {"group_id": str(unit_id), "limit": 1, "with_total": True}
    moving = part(list_members, inside) if stands["kind"] == "group" else None
    page = {"unit": stands, "form": form, "moving": moving}
    return render_template("portal/console/unit_move.html", **page), 422 if form.problem else 200


def _targets(unit: dict[str, Any]) -> dict[str, str]:
    """Return what a unit can be merged into: open ones of its kind, for a group those of its unit."""
    same = _open_units(unit["kind"]) if unit["kind"] != "union" else {}
    if unit["kind"] == "group":
        same = {key: words for key, words in same.items() if units()[key]["parent_id"] == unit["parent_id"]}
    return {key: words for key, words in same.items() if key != unit["id"]}


def _open_units(*kinds: str) -> dict[str, str]:
    found = sorted(units().items(), key=lambda entry: str(entry[1]["code"]))
    return {key: name_of(one) for key, one in found if one["kind"] in kinds and one["active"]}


def version_of(stands: dict[str, Any]) -> int:
    """Return the version of the unit the page was drawn for."""
    return request.form.get("version", type=whole_number) or int(stands["version"])
