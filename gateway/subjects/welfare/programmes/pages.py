"""Programmes and their cycles: lists, and the forms that begin them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import go, part, submit
from services.chassis.clock import today
from services.contracts.welfare.programmes.operations import (
    create_cycle,
    create_programme,
    list_cycles,
    list_programmes,
)
from services.contracts.welfare.programmes.requests import CreateCycle, CreateProgramme
from services.contracts.welfare.programmes.shapes import GoodsAudience

PAGES = PageTable()
_OFFICER = frozenset({"officer"})

CYCLE = (
    Field("title", wide=True), "year", "price",
    Field("as_of", hint=_l("按这一天的会籍和规定判断谁在名单上。")), "choose_until", "collect_from", "collect_until",
)  # fmt: skip
AUDIENCE = (
    Field("standings", control="checks"),
    Field("employments", control="checks", hint=_l("都不选，就不限用工形式。")),
    Field("unit_ids", control="checks", choices=unit_choices, hint=_l("都不选，就发给全部分工会。")),
    Field("joined_by", hint=_l("不填就不限入会日期。")),
)

PAGES.add_list(
    ListPage(
        "programmes", "/console/programmes", list_programmes, _l("节日慰问品"),
        columns=("name", Column("festival", optional=True), Column("benefit_key", macro="benefit"), "funding"),
        roles=tuple(CONSOLE_ROLES),
        lead=_l("一个项目每年一批：生成名单、批准、会员选择、发放、核对。"),
        empty=_l("还没有福利项目。"),
        icon="gift",
        link="cycles",
        argument="programme_id",
        links=(PageLink("new_programme", _l("新建福利项目"), "plus-lg", _OFFICER, first=True),),
        macros="portal/parts/programmes.html",
        topics=("entitlement", "holiday"),
        export=ListExport(),
    )
)  # fmt: skip


def _of_programme(shown: Shown) -> dict[str, Any]:
    """Return the name of the programme as the title."""
    programmes = part(list_programmes, {"limit": 100}).items
    named = (one["name"] for one in programmes if one["id"] == shown.named["programme_id"])
    return {"title": next(named, gettext("福利批次"))}


PAGES.add_list(
    ListPage(
        "cycles", "/console/programmes/<uuid:programme_id>", list_cycles, _l("福利批次"),
        columns=("title", "year", Column("price"), "entitled", "choose_until", "collect_until",
                 Column("state", state=True)),
        roles=tuple(CONSOLE_ROLES),
        filters=("state",),
        empty=_l("还没有福利批次。"),
        icon="gift",
        link="cycle",
        argument="cycle_id",
        back=("programmes", _l("节日慰问品")),
        more=_of_programme,
        template="portal/console/cycles.html",
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.route("/console/programmes/new", methods=["GET", "POST"])
@only("officer")
def new_programme() -> str | Response | tuple[str, int]:
    """Begin a programme."""
    posted = request.form if request.method == "POST" else None
    fields = (Field("name", wide=True), Field("festival", blank=_l("不限节日")), "funding")
    form = Form(CreateProgramme, fields, values={"funding": "union"}, posted=posted)
    if posted is None:
        return render_template("portal/console/programme_new.html", form=form)
    made = submit(form, create_programme)
    if made is None:
        return render_template("portal/console/programme_new.html", form=form), 422
    flash(gettext("福利项目已建立。"), "done")
    return go(url_for("portal.cycles", programme_id=made["id"]))


@PAGES.route("/console/programmes/<uuid:programme_id>/cycles/new", methods=["GET", "POST"])
@only("officer")
def new_cycle(programme_id: UUID) -> str | Response | tuple[str, int]:
    """Begin a year's cycle."""
    posted = request.form if request.method == "POST" else None
    now = {"year": str(today().year), "as_of": today().isoformat()}
    form = Form(CreateCycle, CYCLE, values=now, posted=posted)
    audience = Form(GoodsAudience, AUDIENCE, values={"standings": ["active", "transferring"]}, posted=posted)
    page = {"form": form, "audience": audience, "programme_id": programme_id}
    if posted is None:
        return render_template("portal/console/cycle_new.html", **page)
    filled = {**form.payload(), "audience": audience.payload()}
    made = submit(form, create_cycle, filled=filled, programme_id=str(programme_id))
    if made is None:
        return render_template("portal/console/cycle_new.html", **page), 422
    flash(gettext("已建立，接着添加礼包、生成名单。"), "done")
    return go(url_for("portal.cycle", cycle_id=made["id"]))
