"""Joining the union: the application with its draft, and how it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.browser import start_browser_session
from gateway.identity.current import current_account
from gateway.identity.sign_up import apply_for_membership
from gateway.portal.application_papers import attach_papers, place_papers
from gateway.portal.consents import agreed_to, consent_fields, place_consents, wordings
from gateway.portal.forms import Field, Form
from gateway.portal.joining_form import ACCOUNT, FILES, MASKED, PERSON, WORK
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, Part, act, go, part, submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file
from gateway.rpc.calls import call
from gateway.subjects.membership.joining.all_at_once import ask_password_again, refuse_all_at_once
from services.chassis.errors import InvalidInput, NotFound, Problem
from services.chassis.plain_text import whole_number
from services.contracts.files import LARGEST
from services.contracts.gateway.identity import SubmitApplicationWithAccount
from services.contracts.membership.joining.applications import (
    APPLICATION_STAGES,
    APPLICATION_STATES,
    HELD_BY_ID_NUMBER,
    UpdateApplication,
)
from services.contracts.membership.joining.operations import (
    employment_terms,
    get_application,
    my_applications,
    submit_draft,
    update_application,
    withdraw_application,
)
from services.contracts.welfare.entitlements import benefits_by_employment

PAGES = PageTable()


def _fields(with_account: bool, texts: Sequence[dict[str, Any]], with_files: bool = False) -> list[Field]:
    return [
        *PERSON,
        *WORK,
        *(FILES if with_files else ()),
        *(ACCOUNT if with_account else ()),
        *consent_fields(texts),
    ]


def _stated(form: Form) -> dict[str, Any]:
    """Return the applicant's data, with the consents to the texts as they were shown."""
    plain = [spec for spec in form.specs if spec.control != "file" and not spec.name.startswith("consent_")]
    filled = Form(SubmitApplicationWithAccount, plain, values=form.values, posted=form.posted).payload()
    agreed = agreed_to(form.posted or {})
    filled = {name: value for name, value in filled.items() if value or name not in HELD_BY_ID_NUMBER}
    return {**filled, **({"consents": agreed} if agreed else {})}


@PAGES.route("/join", methods=["GET", "POST"])
def join() -> str | Response | tuple[str, int]:
    """Apply to join; a draft or an open application is continued where it stands."""
    account = current_account()
    if request.method != "POST":
        if account is not None and (account.member_id or _is_under_way(_latest())):
            return go(url_for("portal.home" if account.member_id else "portal.my_application"))
        texts = wordings()
        return _page(Form(SubmitApplicationWithAccount, _fields(account is None, texts.items)), texts)
    texts = wordings()
    form = Form(SubmitApplicationWithAccount, _fields(account is None, texts.items), posted=request.form)
    stated, draft = _stated(form), request.form.get("as") == "draft"
    username, password = stated.pop("username", None), stated.pop("password", None)
    try:
        refuse_all_at_once(form, stated, draft=draft, opens_account=account is None)
        if account is None:
            apply_for_membership({**stated, "draft": draft}, username or "", password or "", request.form.get("once"))
        else:
            apply_for_membership({**stated, "draft": draft}, None, None, request.form.get("once"))
    except PASSED_ON:
        raise
    except Problem as problem:
        place_papers(form, problem)
        ask_password_again(form)
        return _page(form, texts), 422
    flash(gettext("草稿已保存。") if draft else gettext("申请已提交，请等待分工会审核。"), "done")
    response = make_response(go(url_for("portal.my_application")))
    if account is None:
        start_browser_session(response, username, password)
    return response


def _page(form: Form, texts: Part, application: dict[str, Any] | None = None) -> str:
    return render_template(
        "portal/public/join.html",
        form=form,
        application=application,
        person=PERSON,
        work=WORK,
        files=FILES if application and application.get("confirmed") else (),
        texts=texts,
        terms=part(employment_terms, {}),
        benefits=part(benefits_by_employment, {}),
    )


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


@PAGES.get("/join/application")
@only()
def my_application() -> str | Response:
    """Show how the own application stands."""
    if _latest() is None:
        return go(url_for("portal.join"))
    application = _own()
    return render_template(
        "portal/public/application.html",
        application=application,
        way=steps_of(APPLICATION_STAGES, application["state"], APPLICATION_STATES),
    )


@PAGES.route("/join/application/edit", methods=["GET", "POST"])
@takes_file(LARGEST)
@only()
def edit_application() -> str | Response | tuple[str, int]:
    """Correct the own application while it is a draft or was returned."""
    application, texts = _own(), wordings()
    shown = {key: value for key, value in application.items() if key not in MASKED}
    shown |= {f"consent_{one['purpose']}": True for one in application["consents"]}
    if request.method != "POST":
        return _page(_correction(application, texts, values=shown), texts, application)
    form = _correction(application, texts, values=shown, posted=request.form)
    stated = {key: value for key, value in _stated(form).items() if key not in MASKED or value}
    stated.setdefault("consents", [])
    draft = request.form.get("as") == "draft"
    # Files first: a browser does not keep what was chosen when the page is shown again.
    if _wrong_papers(form, application) | _wrong_fields(form, stated, draft) or not _saved(form, stated, application):
        place_consents(form)
        return _page(form, texts, _own()), 422
    if draft:
        flash(gettext("草稿已保存。"), "done")
        return go(url_for("portal.my_application"))
    return act(
        submit_draft,
        {"application_id": application["id"]},
        done=gettext("申请已提交，请等待分工会审核。"),
        then=url_for("portal.my_application"),
    )


def _wrong_papers(form: Form, application: Mapping[str, Any]) -> bool:
    return bool(application.get("confirmed")) and not attach_papers(form, application["id"])


def _wrong_fields(form: Form, stated: Mapping[str, Any], draft: bool) -> bool:
    try:
        refuse_all_at_once(form, stated, draft=draft, opens_account=False)
    except InvalidInput as problem:
        form.take(problem)
        return True
    return False


def _saved(form: Form, stated: Mapping[str, Any], application: Mapping[str, Any]) -> bool:
    version = request.form.get("version", application["version"], type=whole_number)
    fixed = {"application_id": application["id"], "version": version}
    return submit(form, update_application, filled=stated, **fixed) is not None


def _correction(application: dict[str, Any], texts: Part, **given: Any) -> Form:
    """Return the form for a correction: masked fields stay empty and keep what stands unless filled in anew."""
    fields = []
    for spec in _fields(False, texts.items, bool(application.get("confirmed"))):
        stands = application.get(spec.name)
        if spec.name in MASKED and stands:
            hint = gettext("现为 %(value)s，不改就留空。", value=stands)
            spec = replace(spec, hint=hint, required=False)
        fields.append(spec)
    return Form(UpdateApplication, fields, **given)


@PAGES.post("/join/application/submit")
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


@PAGES.post("/join/application/withdraw")
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
