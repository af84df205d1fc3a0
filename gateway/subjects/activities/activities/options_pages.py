"""The organisers' page of an activity's registration form: companions, groups, options, shared quotas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.forms import Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go, submit
from gateway.rpc.calls import call
from services.chassis.plain_text import whole_number
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.options.operations import SetOptions, get_options, set_options
from services.contracts.activities.options.shapes import MOST_OPTIONS, MOST_QUOTAS

PAGES = PageTable()
EMPTY_ROWS = 3
"""Rows that are offered for what is added."""

_SETTINGS = ("most_companions", "offer_hours", "hold_minutes", "moderated", "hand_over", "move_overflow")
_TEXTS = {"groups": ("name",), "quotas": ("name",), "options": ("name", "group", "quotas")}
_NUMBERS = {"groups": ("least", "most"), "quotas": ("number", "size"), "options": ("number",)}
_MOST = {"groups": MOST_OPTIONS, "quotas": MOST_QUOTAS, "options": MOST_OPTIONS}
Rows = list[dict[str, Any]]


@PAGES.route("/console/activities/<uuid:activity_id>/options", methods=["GET", "POST"])
@only("officer", "chair")
def activity_options(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Set what is chosen when registering."""
    named = {"activity_id": str(activity_id)}
    activity, stands = call(get_activity, named), call(get_options, named)
    posted = request.form if request.method == "POST" else None
    form = Form(
        SetOptions,
        list(_SETTINGS),
        values=stands,
        posted=posted,
    )
    rows = _stored(stands) if posted is None else _posted()
    if posted is not None:
        version = posted.get("version", type=whole_number) or stands["version"]
        filled = {**form.payload(), **_sent(rows), **named, "version": version}
        if submit(form, set_options, filled=filled) is not None:
            flash(gettext("报名选项已保存。"), "done")
            return go(url_for("portal.activity_options", activity_id=activity_id))
    shown = {part: [*given, *[{} for _ in range(EMPTY_ROWS)]][: _MOST[part]] for part, given in rows.items()}
    taken = {quota["number"]: quota["taken"] for quota in stands["quotas"]}
    page = {"form": form, "activity": activity, "version": stands["version"], "rows": shown, "taken": taken}
    text = render_template("portal/console/activity_options.html", **page)
    return text if form.problem is None else (text, 422)


def _stored(stands: Mapping[str, Any]) -> dict[str, Rows]:
    options = [{**option, "quotas": "、".join(option["quotas"])} for option in stands["options"]]
    return {"groups": stands["groups"], "quotas": stands["quotas"], "options": options}


def _posted() -> dict[str, Rows]:
    """Return the rows that were filled in, as they were written."""
    return {part: [row for place in range(most) if (row := _row(part, place))["name"]] for part, most in _MOST.items()}


def _row(part: str, place: int) -> dict[str, Any]:
    names = (*_TEXTS[part], *_NUMBERS[part], *(("closed",) if part == "options" else ()))
    return {name: request.form.get(f"{part}-{place}-{name}", "").strip() for name in names}


def _sent(rows: Mapping[str, Rows]) -> dict[str, Any]:
    """Return the rows as the command takes them; a number that is none stays as it was written, to be refused."""
    return {part: [_typed(part, row) for row in given] for part, given in rows.items()}


def _typed(part: str, row: Mapping[str, str]) -> dict[str, Any]:
    numbers = {name: whole_number(row[name]) if row[name].isdecimal() else row[name] for name in _NUMBERS[part]}
    given: dict[str, Any] = {name: value for name, value in {**row, **numbers}.items() if value != ""}
    if part == "options":
        given |= {"quotas": names_in(row["quotas"]), "closed": bool(row["closed"])}
    return given


def names_in(text: str) -> Sequence[str]:
    """Return the names in a text that divides them by commas of either kind."""
    for mark in ("，", ",", ";", "；"):
        text = text.replace(mark, "、")
    return list(dict.fromkeys(name.strip() for name in text.split("、") if name.strip()))
