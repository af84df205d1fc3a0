"""Examinations in the console: campaigns and hospitals, and beginning them."""

from __future__ import annotations

from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, only
from gateway.portal.service_calls import act, go, submit
from services.chassis.clock import today
from services.contracts.welfare.examinations import operations as contract
from services.contracts.welfare.examinations import requests

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_CAMPAIGN = (
    "title", "year", "kind", Field("funding", hint=_l("体检由行政福利费支付，不列工会经费。")),
    Field("as_of", hint=_l("按这一天的周岁确定套餐。")), "book_until",
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "examinations", "/console/examinations", contract.list_examinations, _l("体检"),
        columns=("title", Column("year", how="text"), "kind", "funding", "book_until", Column("state", state=True)),
        roles=tuple(CONSOLE_ROLES),
        filters=("state",),
        lead=_l("组织预约、登记到检、看覆盖率。这里不收任何体检结果。"),
        empty=_l("还没有体检安排。"),
        icon="clipboard2-pulse",
        links=(
            PageLink("new_examination", _l("新建体检"), "plus-lg", _OFFICER, first=True),
            PageLink("examination_hospitals", _l("医院"), "geo-alt", OFFICE_ROLES),
        ),
        link="examination",
        argument="examination_id",
        topics=("examinations",),
        export=ListExport(personal=False),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "examination_hospitals", "/console/examinations/hospitals", contract.list_examination_hospitals,
        _l("体检医院"),
        columns=("name", "address", "in_use", actions("end_hospital")),
        roles=tuple(OFFICE_ROLES),
        empty=_l("还没有医院。"),
        icon="geo-alt",
        links=(PageLink("new_examination_hospital", _l("新增医院"), "plus-lg", _OFFICER, first=True),),
        back=("examinations", _l("体检")),
        macros="portal/parts/examinations.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.route("/console/examinations/new", methods=["GET", "POST"])
@only("officer")
def new_examination() -> str | Response | tuple[str, int]:
    """Begin a campaign."""
    values = {"year": today().year, "funding": "administration", "as_of": today().isoformat()}
    form = Form(requests.CreateExamination, _CAMPAIGN, values=values, posted=_posted())
    if form.posted is not None:
        made = submit(form, contract.create_examination)
        if made is not None:
            flash(gettext("已建立，请添加套餐和时段，再开放预约。"), "done")
            return go(url_for("portal.examination", examination_id=made["id"]))
    return form_page(form, title=gettext("新建体检"), back=url_for("portal.examinations"), words=gettext("体检"))


@PAGES.route("/console/examinations/hospitals/new", methods=["GET", "POST"])
@only("officer")
def new_examination_hospital() -> str | Response | tuple[str, int]:
    """Add a hospital."""
    form = Form(requests.AddHospital, ("name", "address"), posted=_posted())
    back = url_for("portal.examination_hospitals")
    if form.posted is not None and submit(form, contract.add_examination_hospital) is not None:
        flash(gettext("医院已新增。"), "done")
        return go(back)
    return form_page(form, title=gettext("新增医院"), back=back, words=gettext("体检医院"))


@PAGES.post("/console/examinations/hospitals/<uuid:hospital_id>/end")
@only("officer")
def end_examination_hospital(hospital_id: UUID) -> Response:
    """Use a hospital no more."""
    payload, then = {"hospital_id": str(hospital_id)}, url_for("portal.examination_hospitals")
    return act(contract.end_examination_hospital, payload, done=gettext("医院已停用。"), then=then)


def _posted() -> MultiDict[str, str] | None:
    return request.form if request.method == "POST" else None
