"""How a contest is judged, in the console: fields, and lines for criteria, groups and awards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.formats import title_of
from gateway.portal.forms import Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import attempt, go, send
from gateway.rpc.calls import call
from services.chassis.errors import InvalidInput, NotFound
from services.chassis.input_errors import InputError
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.contests import settings as contract

PAGES = PageTable()
_FIELDS = ("scoring", "scale", "most_age", "age_on", "live_board")
_LINE = re.compile(r"(.*\S)\s+(\d{1,3}(?:\.\d{1,2})?)\s*%?")
PRESETS: Mapping[str, tuple[Any, Mapping[str, Any]]] = {
    "teaching": (
        _l("教学竞赛"),
        {
            "scoring": "mean", "scale": 100, "criteria": "教学设计 20\n课堂教学 75\n教学反思 5",
            "groups": "文科组\n理科组\n工科组\n医科组\n思政组", "awards": "一等奖 1\n二等奖 2\n三等奖 3",
            "most_age": 40,
        },
    ),
    "choir": (
        _l("合唱比赛"),
        {
            "scoring": "trimmed_mean", "scale": 10,
            "criteria": "音准与音色 30\n表现力 40\n台风与服装 10\n指挥与伴奏 20",
            "groups": "合唱", "awards": "一等奖 1\n二等奖 2\n三等奖 3", "live_board": True,
        },
    ),
    "speech": (
        _l("演讲或征文"),
        {
            "scoring": "trimmed_mean", "scale": 100, "criteria": "内容 50\n表达 40\n仪态 10", "groups": "全部",
            "awards": "一等奖 1\n二等奖 3\n三等奖 5",
        },
    ),
}  # fmt: skip
"""What stands in the form to begin with; every union changes it as it likes."""


@PAGES.get("/console/activities/<uuid:activity_id>/contest/begin")
@only("officer", "chair", "auditor")
def begin_contest(activity_id: UUID) -> Response:
    """Go to the contest of an activity, or to setting it up where there is none."""
    there = url_for("portal.console_contest", activity_id=activity_id)
    try:
        call(contract.get_contest, {"activity_id": str(activity_id)})
    except NotFound:
        if not current_principal().has("officer", "chair"):
            raise
        there = url_for("portal.contest_settings", activity_id=activity_id)
    return redirect(there)


@PAGES.route("/console/activities/<uuid:activity_id>/contest/settings", methods=["GET", "POST"])
@only("officer", "chair")
def contest_settings(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Say how the activity is judged."""
    ref = {"activity_id": str(activity_id)}
    activity, found = call(get_activity, ref), _found(ref)
    posted = request.form if request.method == "POST" else None
    begun = PRESETS.get(request.args.get("preset", ""), (None, {}))[1]
    values = {**found, **_lines_of(found)} if found else dict(begun)
    form = Form(contract.SetContest, _FIELDS, values=values, posted=posted)
    lines = {name: (posted or values).get(name, "") for name in ("criteria", "groups", "awards")}
    if posted is not None:
        read = request.form.get("version", "0")
        version = int(read) if read.isdecimal() and len(read) < 10 else 0
        if attempt(form, lambda: _sent(form, lines, {**ref, "version": version})) is not None:
            flash(gettext("评分办法已保存。"), "done")
            return go(url_for("portal.console_contest", activity_id=activity_id))
    page = render_template(
        "portal/console/contest_settings.html",
        form=form,
        lines=lines,
        title=title_of(activity),
        activity_id=str(activity_id),
        presets={name: words for name, (words, _) in PRESETS.items()} if not found else {},
        version=posted.get("version", "0") if posted is not None else (found or {}).get("version", 0),
        exists=bool(found),
    )
    return (page, 422) if posted is not None else page


def _found(ref: dict[str, str]) -> dict[str, Any]:
    try:
        return call(contract.get_contest, ref)
    except NotFound:
        return {}


def _lines_of(found: Mapping[str, Any]) -> dict[str, str]:
    return {
        "criteria": "\n".join(f"{one['name']} {one['weight'].rstrip('0').rstrip('.')}" for one in found["criteria"]),
        "groups": "\n".join(one["name"] for one in found["groups"]),
        "awards": "\n".join(f"{one['name']} {one['count']}" for one in found["awards"]),
    }


def _sent(form: Form, lines: Mapping[str, str], fixed: dict[str, Any]) -> dict[str, Any]:
    """Send the settings.

    Raises:
        InvalidInput: a line can't be read; those of all three are told.
    """
    wrong: dict[str, list[InputError]] = {}
    criteria = _pairs(lines["criteria"], "criteria", wrong, gettext("课堂教学 75"))
    awards = _pairs(lines["awards"], "awards", wrong, gettext("一等奖 1"))
    if wrong:
        raise InvalidInput(errors=wrong)
    told = {
        "criteria": [{"name": name, "weight": figure} for name, figure in criteria],
        "groups": [line.strip() for line in lines["groups"].splitlines() if line.strip()],
        "awards": [{"name": name, "count": int(figure)} for name, figure in awards],
    }
    return send(contract.set_contest, {**form.payload(), **told, **fixed})


def _pairs(
    text: str, field: str, wrong: dict[str, list[InputError]], example: str
) -> list[tuple[str, str]]:  # fmt: skip
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(unicodedata.normalize("NFKC", line.strip()))
        if match is None or (field == "awards" and "." in match[2]):
            told = InputError(
                "contests.lines_are_written", "Write a name and a figure.", line=number, example=example
            )  # fmt: skip
            wrong.setdefault(field, []).append(told)
        else:
            found.append((match[1], match[2]))
    return found
