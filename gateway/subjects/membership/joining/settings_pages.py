"""Settings of joining: wordings of consent, series of numbers, what the rules in force ask of each employment."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go, part, submit
from services.contracts.membership.consents import (
    PublishConsentText,
    list_consent_texts,
    publish_consent_text,
)
from services.contracts.membership.joining.operations import employment_terms
from services.contracts.membership.numbering import OpenNumberSeries, list_number_series, open_number_series

PAGES = PageTable()

WORDING = (
    "purpose",
    Field("version", hint=_l("如 2026-09，只能用一次。")),
    Field("title", wide=True),
    Field("text", control="textarea", extra={"rows": "6"}),
    Field("title_en", wide=True),
    Field("text_en", control="textarea", extra={"rows": "4"}),
    Field("in_force_from", hint=_l("默认今天。")),
)
SERIES = (
    Field("name", hint=_l("小写字母、数字和连字符，如 year-2027。")),
    Field("prefix", hint=_l("1 至 6 个大写字母或数字，如 ZU27。")),
    "width",
    Field("start", hint=_l("不填从 1 开始。")),
    "in_force_from",
    Field("document", hint=_l("在哪份文件或哪次会议上决定。")),
)


@PAGES.get("/console/joining")
@only("officer", "auditor")
def joining() -> str:
    """Show wordings, series and terms."""
    return _page()


@PAGES.route("/console/joining/wordings/new", methods=["GET", "POST"])
@only("officer")
def new_wording() -> str | Response | tuple[str, int]:
    """Publish a new version of a wording."""
    form = Form(PublishConsentText, WORDING, posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _form(form, gettext("发布同意书"))
    if submit(form, publish_consent_text) is None:
        return _form(form, gettext("发布同意书")), 422
    flash(gettext("新版本已发布，此前的同意仍按原文有效。"), "done")
    return go(url_for("portal.joining"))


@PAGES.route("/console/joining/series/new", methods=["GET", "POST"])
@only("officer")
def new_series() -> str | Response | tuple[str, int]:
    """Open a new series of member numbers."""
    form = Form(OpenNumberSeries, SERIES, posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _form(form, gettext("新的编号规则"))
    if submit(form, open_number_series) is None:
        return _form(form, gettext("新的编号规则")), 422
    flash(gettext("编号规则已保存，已编发的会员号不变。"), "done")
    return go(url_for("portal.joining"))


def _form(form: Form, title: str) -> str:
    return render_template("portal/console/joining_form.html", form=form, title=title)


def _page() -> str:
    return render_template(
        "portal/console/joining.html",
        texts=part(list_consent_texts, {"current": False, "limit": 100}),
        series=part(list_number_series, {}),
        terms=part(employment_terms, {}),
        may_change=current_principal().has("officer"),
    )
