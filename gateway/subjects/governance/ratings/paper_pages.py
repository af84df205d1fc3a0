"""Paper sheets: who gets one, and the counts of those that came back, entered as an aggregate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import attempt, go, send, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.ratings.pages import here
from gateway.subjects.governance.ratings.words import group_title, subject_title
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.contracts.governance.ratings import operations as contract
from services.contracts.governance.ratings.requests import EnterPapers, GivePaper

PAGES = PageTable()
_PATH = "/console/ratings/<uuid:rating_id>"


@PAGES.route(f"{_PATH}/papers/new", methods=["GET", "POST"])
@only("officer")
def give_rating_paper(rating_id: UUID) -> str | Response | tuple[str, int]:
    """Note that a member gets a paper sheet."""
    found, sought = call(contract.get_rating, {"rating_id": str(rating_id)}), sought_member()
    posted = request.form if request.method == "POST" else None
    hint = _l("领取纸质表后不能再在线上填写；已在线上开始填写的不能领取。")
    form = Form(GivePaper, [Field("member_id", choices=sought.choices, control="select", hint=hint)], posted=posted)
    if posted is None or submit(form, contract.give_paper, rating_id=str(rating_id)) is None:
        return form_page(
            form, title=gettext("发放纸质表"), back=here(rating_id), words=found["title"], sought=sought,
            button=gettext("发放"),
        )  # fmt: skip
    flash(gettext("已记下发放了一份纸质表。"), "done")
    return go(here(rating_id))


@PAGES.route(f"{_PATH}/papers/<int:group>", methods=["GET", "POST"])
@only("officer")
def rating_papers(rating_id: UUID, group: int) -> str | Response | tuple[str, int]:
    """Enter the counts of a group's paper sheets."""
    found = call(contract.get_rating, {"rating_id": str(rating_id)})
    unit = next((one for one in found["groups"] if one["group"] == group), None)
    if unit is None:
        raise NotFound("There is no such group.", field="group")
    posted = request.form if request.method == "POST" else None
    fields: list[Field | str] = ["sheets"]
    if found["way"] == "paper":
        fields.append(Field("issued", hint=_l("用于计算填写率；不知道就不填。")))
    form = Form(EnterPapers, fields, values={"sheets": unit["entered"] or None}, posted=posted)
    asked = [
        {**one, "title": subject_title(one, unit["unit_id"])}
        for one in found["subjects"]
        if one["kind"] != "chair" or unit["unit_id"]
    ]
    if posted is not None:
        counts = [_counts(one, found["grades"]) if one in asked_numbers(asked) else [] for one in _shape(found)]
        given = {**form.payload(), "rating_id": str(rating_id), "group": group, "counts": counts}
        if attempt(form, lambda: send(contract.enter_papers, given)) is not None:
            flash(gettext("纸质汇总已录入。"), "done")
            return go(here(rating_id))
    page = render_template(
        "portal/console/rating_papers.html", form=form, it=found, asked=asked, group=group,
        unit_title=group_title(unit["unit_id"]), given=request.form,
    )  # fmt: skip
    return page if posted is None else (page, 422)


def _shape(found: dict[str, Any]) -> list[tuple[int, int]]:
    return [(one["number"], len(one["criteria"])) for one in found["subjects"]]


def asked_numbers(asked: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return number and size of the subjects that a group is asked about."""
    return [(one["number"], len(one["criteria"])) for one in asked]


def _counts(subject: tuple[int, int], grades: list[str]) -> list[list[int]]:
    number, criteria = subject
    return [
        [request.form.get(f"n-{number}-{row}-{place}", type=whole_number) or 0 for place in range(1, len(grades) + 1)]
        for row in range(1, criteria + 1)
    ]
