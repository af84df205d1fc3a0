"""Joining the union: the application with its draft, and how it goes on."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.calls import call
from gateway.identity.browser import start_browser_session
from gateway.identity.current import current_account
from gateway.identity.sign_up import apply_for_membership
from gateway.portal import steps, words
from gateway.portal.blueprint import portal
from gateway.portal.forms import Field, Form
from gateway.portal.people import only, unit_choices
from gateway.portal.seams import PASSED_ON, act, go, place, submit
from services.chassis.errors import InvalidInput, NotFound, Problem
from services.contracts.membership.application import SubmitApplication, UpdateApplication
from services.contracts.membership.joining import (
    get_application,
    my_applications,
    submit_draft,
    update_application,
    withdraw_application,
)

CONSENT = "2026-01"
"""Version of the consent's wording; it is kept with the application."""

PERSON = (
    Field("name", _l("姓名"), extra={"autocomplete": "name"}, required=True),
    Field("gender", _l("性别"), "radios", choices=words.GENDER, required=True),
    Field(
        "id_number",
        _l("身份证号"),
        hint=_l("加密保存，页面上只显示首尾几位。"),
        extra={"autocomplete": "off", "inputmode": "text"},
        required=True,
    ),
    Field(
        "birth_date",
        _l("出生日期"),
        "date",
        hint=_l("须与身份证号一致。"),
        extra={"autocomplete": "bday"},
        required=True,
    ),
    Field("phone", _l("手机号"), "tel", extra={"autocomplete": "tel"}, required=True),
    Field("email", _l("电子邮箱"), "email", extra={"autocomplete": "email"}),
)
WORK = (
    Field("unit_id", _l("所在分工会"), "select", choices=unit_choices, blank=_l("请选择"), required=True),
    Field(
        "employment",
        _l("用工形式"),
        "select",
        choices=words.EMPLOYMENT,
        blank=_l("请选择"),
        required=True,
        hint=_l("在编与非编教职工都可以入会。"),
    ),
    Field("hired_on", _l("入职日期"), "date", required=True),
    Field("statement", _l("想对工会说的话"), "textarea", hint=_l("可不填，最多 500 字。")),
)
ACCOUNT = (
    Field(
        "username",
        _l("用户名"),
        hint=_l("3 至 64 个小写字母、数字或 . _ - @，用来查看进度。"),
        extra={"autocomplete": "username", "maxlength": "64", "autocapitalize": "none"},
        required=True,
    ),
    Field(
        "password",
        _l("密码"),
        "password",
        hint=_l("至少 10 个字符。"),
        extra={"autocomplete": "new-password", "maxlength": "200"},
        required=True,
    ),
)
AGREEMENT = Field("consent", _l("我已阅读并同意上述说明"), "check", wide=True, required=True)
MASKED = ("id_number", "phone", "email")


def _fields(with_account: bool) -> list[Field]:
    return [*PERSON, *WORK, *(ACCOUNT if with_account else ()), AGREEMENT]


def _stated(form: Form) -> dict[str, Any]:
    """Return what the applicant stated, with the version of the consent he gave."""
    filled = form.payload()
    agreed = filled.pop("consent", False)
    return {**filled, **({"consent_version": CONSENT} if agreed else {})}


@portal.route("/join", methods=["GET", "POST"])
def join() -> str | Response | tuple[str, int]:
    """Apply to join; a draft or an open application is continued where it stands."""
    account = current_account()
    if request.method == "GET":
        if account is not None and (account.member_id or _is_under_way(_latest())):
            return go(url_for("portal.home" if account.member_id else "portal.my_application"))
        return _page(Form(SubmitApplication, _fields(account is None)))
    form = Form(SubmitApplication, _fields(account is None), posted=request.form)
    stated, draft = _stated(form), request.form.get("as") == "draft"
    username, password = stated.pop("username", None), stated.pop("password", None)
    try:
        _require_consent(stated, draft)
        if account is None:
            apply_for_membership({**stated, "draft": draft}, username or "", password or "", request.form.get("once"))
        else:
            apply_for_membership({**stated, "draft": draft}, None, None, request.form.get("once"))
    except PASSED_ON:
        raise
    except Problem as problem:
        place(form, problem)
        return _page(form), 422
    flash(gettext("草稿已保存。") if draft else gettext("申请已提交，请等待分工会审核。"), "done")
    response = make_response(go(url_for("portal.my_application")))
    if account is None:
        start_browser_session(response, username, password)
    return response


def _require_consent(stated: dict[str, Any], draft: bool) -> None:
    if not draft and "consent_version" not in stated:
        raise InvalidInput(errors={"consent": [gettext("请先阅读说明并勾选同意。")]})


def _page(form: Form, application: dict[str, Any] | None = None) -> str:
    return render_template("portal/public/join.html", form=form, application=application, person=PERSON, work=WORK)


def _latest() -> dict[str, Any] | None:
    items = call(my_applications, {"limit": 1})["items"]
    return items[0] if items else None


def _is_under_way(application: dict[str, Any] | None) -> bool:
    return application is not None and application["state"] not in ("rejected", "withdrawn")


def _own() -> dict[str, Any]:
    latest = _latest()
    if latest is None:
        raise NotFound("There is no application of this account.")
    return call(get_application, {"application_id": latest["id"]})


@portal.get("/join/application")
@only()
def my_application() -> str | Response:
    """Show how the own application stands."""
    if _latest() is None:
        return go(url_for("portal.join"))
    application = _own()
    return render_template(
        "portal/public/application.html", application=application, way=steps.joining(application["state"])
    )


@portal.route("/join/application/edit", methods=["GET", "POST"])
@only()
def edit_application() -> str | Response | tuple[str, int]:
    """Correct the own application while it is a draft or was returned."""
    application = _own()
    if request.method == "GET":
        shown = {key: value for key, value in application.items() if key not in MASKED}
        shown["consent"] = bool(application["consent_version"])
        return _page(_correction(application, values=shown), application)
    form = _correction(application, posted=request.form)
    stated = {key: value for key, value in _stated(form).items() if key not in MASKED or value}
    version = request.form.get("version", application["version"], type=int)
    fixed = {"application_id": application["id"], "version": version}
    changed = submit(form, update_application, filled=stated, **fixed)
    if changed is None:
        return _page(form, application), 422
    if request.form.get("as") == "draft":
        flash(gettext("草稿已保存。"), "done")
        return go(url_for("portal.my_application"))
    return act(
        submit_draft,
        {"application_id": changed["id"], "version": changed["version"]},
        done=gettext("申请已提交，请等待分工会审核。"),
        then=url_for("portal.my_application"),
    )


def _correction(application: dict[str, Any], **given: Any) -> Form:
    """Return the form for a correction: masked fields stay empty and keep what stands unless filled in anew."""
    fields = []
    for spec in _fields(with_account=False):
        stands = application.get(spec.name)
        if spec.name in MASKED and stands:
            hint = gettext("现为 %(value)s，不改就留空。", value=stands)
            spec = Field(spec.name, spec.label, spec.control, hint=hint, extra=spec.extra, required=False)
        fields.append(spec)
    return Form(UpdateApplication, fields, **given)


@portal.post("/join/application/submit")
@only()
def send_application() -> Response:
    """Submit the own draft, or the returned application again."""
    own = _own()
    return act(
        submit_draft,
        {"application_id": own["id"], "version": own["version"]},
        done=gettext("申请已提交，请等待分工会审核。"),
        then=url_for("portal.my_application"),
    )


@portal.post("/join/application/withdraw")
@only()
def take_application_back() -> Response:
    """Take the own application back."""
    reason = request.form.get("reason", "").strip() or None
    return act(
        withdraw_application,
        {"application_id": _own()["id"], "reason": reason},
        done=gettext("申请已撤回。"),
        then=url_for("portal.my_application"),
    )
