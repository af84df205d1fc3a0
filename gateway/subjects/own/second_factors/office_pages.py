"""Resetting the second factor of somebody who lost it."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import attempt, go
from gateway.subjects.own.second_factors.api import reset
from services.chassis.errors import NotFound
from services.contracts.gateway.second_factor import ResetSecondFactor

PAGES = PageTable()

FIELDS = (
    Field("username", wide=True, extra={"autocomplete": "off", "autocapitalize": "none"}),
    Field("reason", control="textarea", hint=_l("写明如何确认是本人，例如“当面核对工作证，手机遗失”。会记录在案。")),
)


@PAGES.route("/console/system/second-factor", methods=["GET", "POST"])
@only("officer", "ops")
def reset_second_factor() -> str | Response | tuple[str, int]:
    """Remove all second factors of an account after they were lost."""
    form = Form(ResetSecondFactor, FIELDS, posted=request.form if request.method == "POST" else None)
    if form.posted is not None:
        try:
            done = attempt(form, lambda: reset(form.payload()))
        except NotFound as problem:
            form.take(problem)
            done = None
        if done is not None:
            flash(gettext("已重置。对方登录已退出，下次登录只需密码，并会收到通知。"), "done")
            return go(url_for("portal.reset_second_factor"))
    page = render_template("portal/console/reset_second_factor.html", form=form)
    return (page, 422) if form.problem else page
