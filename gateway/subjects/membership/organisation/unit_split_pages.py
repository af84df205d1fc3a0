"""Splitting a unit into one or several new ones in one go: say who goes where, see what that moves, confirm.

The parts stand in the form itself, each under a number; adding and taking one away are buttons that draw the page
anew with what was filled in, so that it works without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gateway.portal.formats import name_of
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import Part, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.membership.organisation.unit_changes_pages import WHY, version_of
from services.chassis.errors import InvalidInput
from services.chassis.plain_text import is_digits
from services.contracts.membership.organisation.operations import get_unit, list_units
from services.contracts.membership.organisation.unit_changes import (
    MOST_PARTS,
    SplitPart,
    SplitUnit,
    preview_split,
    split_unit,
)
from services.contracts.membership.record.operations import list_members

PAGES = PageTable()

MOST_TICKED = 100
CLOSE = Field("close", hint=_l("撤销后不能有会员留下；在办的入会申请转到第一个新分工会。"), wide=True)


@PAGES.route("/console/organisation/<uuid:unit_id>/split", methods=["GET", "POST"])
@only("officer")
def split(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Found units out of another, all in one transaction."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    people = part(list_members, {"unit_id": str(unit_id), "limit": MOST_TICKED, "with_total": True})
    step = request.form.get("step", "")
    forms = _forms(_numbers(step), _fields(people, unit_id))
    why = Form(SplitUnit, (CLOSE, *WHY), posted=request.form if request.method == "POST" else None, prefix="why-")
    page = {"unit": stands, "parts": forms, "why": why, "people": people, "preview": None, "most": MOST_PARTS}
    if step not in ("preview", "confirm"):
        return render_template("portal/console/unit_split.html", **page)
    asked = {
        "unit_id": str(unit_id), "into": [_chosen(form) for form in forms.values()], "close": "close" in request.form,
    }  # fmt: skip
    if step == "confirm":
        reply = submit(why, split_unit, filled={**why.payload(), **asked, "version": version_of(stands)})
        if reply is not None:
            done = gettext("已拆分，%(members)s 名会员转入新的分工会。", members=reply["members"])
            flash(done, "done")
            return go(url_for("portal.unit", unit_id=reply["founded"][0]["id"]))
    else:
        page["preview"] = submit(why, preview_split, filled=asked)
    _spread(why, list(forms.values()))
    return render_template("portal/console/unit_split.html", **page), 422 if why.problem else 200


def _numbers(step: str) -> list[int]:
    """Return the parts on the page by number, after one was added or taken away."""
    numbers = sorted({int(number) for number in request.form.getlist("part") if re.fullmatch(r"[1-9][0-9]?", number)})
    numbers = numbers[:MOST_PARTS] or [1]
    if step == "add" and len(numbers) < MOST_PARTS:
        return [*numbers, numbers[-1] + 1]
    if step.startswith("drop-") and len(numbers) > 1:
        return [number for number in numbers if step != f"drop-{number}"]
    return numbers


def _forms(numbers: Sequence[int], fields: Sequence[Field | str]) -> dict[int, Form]:
    """Return the form of each part, filled with what was sent under its number."""
    found = {}
    for number in numbers:
        begin = f"part-{number}-"
        sent = [
            (name.removeprefix(begin), value)
            for name, value in request.form.items(multi=True)
            if name.startswith(begin)
        ]
        found[number] = Form(SplitPart, fields, posted=MultiDict(sent), prefix=begin, inside=begin)
    return found


def _fields(people: Part, unit_id: UUID) -> list[Field | str]:
    groups = part(list_units, {"parent_id": str(unit_id), "kind": "group", "active": True}).items
    named = {one["id"]: f"{one['name']} {one['number']}" for one in people.items}
    return [
        "name",
        "name_en",
        Field("code", hint=_l("字母、数字和连字符，最多 20 个。")),
        Field("group_ids", control="checks", choices={one["id"]: name_of(one) for one in groups}),
        Field("member_ids", control="checks", choices=named),
        Field(
            "member_numbers",
            control="textarea",
            required=False,
            hint=_l("用空格、逗号或换行分开，可以从表格里整列粘贴。"),
        ),
    ]


def _chosen(form: Form) -> dict[str, Any]:
    filled = form.payload()
    numbers = re.split(r"[\s,，、;；]+", str(filled.pop("member_numbers", "")).strip())
    return {**filled, "member_numbers": [number for number in numbers if number]}


def _spread(why: Form, parts: Sequence[Form]) -> None:
    """Put what was found wrong in a part beside its fields."""
    if why.problem is None:
        return
    found = why.problem.params.get("errors") or {}
    into = found.get("into") if isinstance(found, Mapping) else None
    if not isinstance(into, Mapping):
        return
    why.errors.pop("into", None)
    for place, wrong in into.items():
        if is_digits(str(place)) and int(place) < len(parts) and isinstance(wrong, Mapping):
            parts[int(place)].take(InvalidInput(errors=dict(wrong)))
