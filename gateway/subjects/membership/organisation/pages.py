"""The organisation: the tree of units with their figures, one unit, founding and changing units."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import member_pictures
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, parent_choices, sees_unit
from gateway.portal.service_calls import Part, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.membership.organisation.tree import narrowed, tree_of
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.membership.organisation.delegations import list_delegations
from services.contracts.membership.organisation.operations import (
    CreateUnit,
    UpdateUnit,
    create_unit,
    get_unit,
    list_posts,
    list_units,
    unit_figures,
    update_unit,
)
from services.contracts.membership.organisation.unit_changes import unit_history

PAGES = PageTable()

NEW_UNIT = (
    "name",
    "name_en",
    Field("code", hint=_l("字母、数字和连字符，最多 20 个。")),
    "kind",
    Field("committee", blank=_l("不是委员会")),
    Field("parent_id", choices=parent_choices, blank=_l("无")),
    "founded_on",
)
CHANGED_UNIT = (
    "name",
    "name_en",
    "founded_on",
    Field("on", hint=_l("默认今天，名称按日期留存。")),
    Field("active", wide=True),
    Field("reason", wide=True),
)


ENDS_SOON_DAYS = 90
"""How long before its end a term is listed."""
MOST_CHAIRS = 100


def all_units() -> Part:
    """Return every unit, by code."""
    return part(list_units, {"limit": 500})


@PAGES.get("/console/organisation")
@only(*CONSOLE_ROLES)
def organisation() -> str:
    """Show the tree of units with chairs and figures, and the terms ending soon."""
    found, on, q = all_units(), today().isoformat(), request.args.get("q", "").strip()[:50]
    figures = part(unit_figures)
    chairs = part(list_posts, {"kind": "unit_chair", "held_on": on, "limit": MOST_CHAIRS})
    ending = part(list_posts, {"ending_within": ENDS_SOON_DAYS, "held_on": on, "limit": 8})
    branches = tree_of(found.items, chairs.items, figures.items)
    return render_template(
        "portal/console/organisation.html",
        found=found,
        branches=narrowed(branches, q) if q else branches,
        q=q,
        ending=ending,
        names=names(ending.items, "member_id"),
    )


@PAGES.get("/console/organisation/<uuid:unit_id>")
@only(*CONSOLE_ROLES)
def unit(unit_id: UUID) -> str:
    """Show one unit: figures, what stands below it, posts held and past, what became of it."""
    posts = part(list_posts, {"unit_id": str(unit_id), "limit": 100})
    figures = part(unit_figures, {"unit_id": str(unit_id)}) if sees_unit(str(unit_id)) else Part()
    return render_template(
        "portal/console/unit.html",
        unit=call(get_unit, {"unit_id": str(unit_id)}),
        posts=posts,
        figures=next(iter(figures.items), None),
        by_employment=member_pictures.by_employment(figures.items, str(unit_id)) if figures.items else None,
        by_gender=member_pictures.by_gender(figures.items) if figures.items else None,
        names=names(posts.items, "member_id"),
        below=part(list_units, {"parent_id": str(unit_id), "limit": 200}),
        delegations=part(list_delegations, {"unit_id": str(unit_id), "limit": 20}),
        history=part(unit_history, {"unit_id": str(unit_id), "limit": 50}),
    )


@PAGES.route("/console/organisation/new", methods=["GET", "POST"])
@only("officer")
def new_unit() -> str | Response | tuple[str, int]:
    """Found a unit, group or committee."""
    posted = request.form if request.method == "POST" else None
    form = Form(CreateUnit, NEW_UNIT, values=request.args.to_dict(), posted=posted)
    if posted is None:
        return render_template("portal/console/unit_form.html", form=form, unit=None)
    reply = submit(form, create_unit)
    if reply is None:
        return render_template("portal/console/unit_form.html", form=form, unit=None), 422
    flash(gettext("已建立%(name)s。", name=reply["name"]), "done")
    if "again" in request.form:
        alike = {name: reply[name] for name in ("kind", "parent_id", "committee") if reply[name]}
        return go(url_for("portal.new_unit", **alike))
    return go(url_for("portal.unit", unit_id=reply["id"]))


@PAGES.route("/console/organisation/<uuid:unit_id>/edit", methods=["GET", "POST"])
@only("officer")
def edit_unit(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Rename a unit, or close it when nobody is in it."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(UpdateUnit, CHANGED_UNIT, values=stands, posted=posted)
    if posted is None:
        return render_template("portal/console/unit_form.html", form=form, unit=stands)
    version = request.form.get("version", type=whole_number) or stands["version"]
    if submit(form, update_unit, unit_id=str(unit_id), version=version) is None:
        return render_template("portal/console/unit_form.html", form=form, unit=stands), 422
    flash(gettext("已保存。"), "done")
    return go(url_for("portal.unit", unit_id=unit_id))
