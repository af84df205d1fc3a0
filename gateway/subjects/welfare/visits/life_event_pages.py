"""Reporting an own life event for which the union pays a visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.formats import name_of
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import go, part, submit
from gateway.portal.words import texts_of
from services.contracts.welfare.visits.operations import list_life_events, report_life_event
from services.contracts.welfare.visits.requests import ReportLifeEvent
from services.contracts.welfare.visits.types import list_visit_types
from services.contracts.welfare.vocabulary import OCCASIONS

PAGES = PageTable()


def occasion_choices() -> dict[str, Any]:
    """Return the occasions offered today; the shipped ones while welfare is away."""
    found = part(list_visit_types)
    return {one["occasion"]: name_of(one) for one in found.items} or dict(texts_of(OCCASIONS))


def own_occasion_choices() -> dict[str, Any]:
    """Return the occasions that members can report of themselves: all but those that cover the deceased."""
    found = part(list_visit_types)
    own = {one["occasion"]: name_of(one) for one in found.items if "deceased" not in one["standings"]}
    return own or {key: text for key, text in texts_of(OCCASIONS).items() if key != "member_death"}


def occasion_fields(choices: Callable[[], dict[str, Any]] = occasion_choices) -> list[Field | str]:
    """Return what is asked about any life event.

    Args:
        choices: gives the occasions that are offered.
    """
    return [
        Field("occasion", choices=choices),
        "happened_on",
        Field("relation", blank=_l("不适用"), hint=_l("只在事由为“直系亲属去世”时填写。")),
        Field("another_relative", wide=True),
        Field(
            "note",
            control="textarea",
            hint=_l("可不填。加密保存，只有按用途申请查看的校工会干部能看到，且会留下记录。"),
        ),
    ]


@PAGES.route("/life-events/new", methods=["GET", "POST"])
@only("member")
def report_own_event() -> str | Response | tuple[str, int]:
    """Report an own life event; its visit becomes due."""
    posted = request.form if request.method == "POST" else None
    form = Form(ReportLifeEvent, occasion_fields(own_occasion_choices), posted=posted)
    if request.method == "POST":
        if submit(form, report_life_event) is not None:
            flash(gettext("申请已提交，我们会尽快联系您。"), "done")
            return go(url_for("portal.my_events"))
        return render_template("portal/member/report.html", form=form), 422
    return render_template("portal/member/report.html", form=form)


@PAGES.get("/life-events")
@only("member")
def my_events() -> str:
    """List the own life events with how their visits stand."""
    own: dict[str, Any] = {"member_id": str(signed_in().member_id), "limit": 50}
    return render_template("portal/member/events.html", events=part(list_life_events, own))
