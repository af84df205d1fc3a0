"""Signing in and out, the password, and where one is signed in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException
from werkzeug.wrappers import Response

from gateway.identity import new_password
from gateway.identity.browser import end_browser_session, start_browser_session
from gateway.identity.current import current_account
from gateway.identity.factors import challenges, passkeys
from gateway.identity.providers import logout
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.preferences import safe_next
from gateway.portal.service_calls import go
from gateway.read_models import front
from gateway.subjects.own.accounts.password_fields import NEW_PASSWORD
from services.chassis.errors import InvalidInput, NotSignedIn, Refused, TooMany
from services.contracts.gateway.identity import ChangePassword, Credentials

PAGES = PageTable()

SIGN_IN = (
    Field("username", extra={"autocomplete": "username", "autofocus": ""}, wide=True),
    Field("password", extra={"autocomplete": "current-password"}, wide=True),
)
PASSWORD = (
    Field("current", extra={"autocomplete": "current-password"}, wide=True),
    *NEW_PASSWORD,
)


@PAGES.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in with a local account."""
    if request.method != "POST":
        if current_account() is not None:
            return go(safe_next(url_for("portal.front")))
        return _sign_in_page(Form(Credentials, SIGN_IN))
    form = Form(Credentials, SIGN_IN, posted=request.form)
    filled = form.payload()
    response = make_response(go(safe_next(url_for("portal.start"))))
    try:
        start_browser_session(response, filled.get("username", ""), filled.get("password", ""))
    except (NotSignedIn, TooMany, InvalidInput) as problem:
        form.take(problem)
        return _sign_in_page(form), 429 if isinstance(problem, TooMany) else 422
    return response


def _sign_in_page(form: Form) -> str:
    passkey = passkeys.sign_in_options() if challenges.is_offered() else None
    wanted = safe_next("")
    return render_template(
        "portal/public/sign_in.html", form=form, next=wanted, passkey=passkey, activity=_activity_at(wanted)
    )


def _activity_at(address: str) -> dict[str, Any] | None:
    """Return the activity that an address leads to, so that a shared link shows what it is about."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, values = adapter.match(address.partition("?")[0], method="GET") if adapter else ("", {})
    except (HTTPException, RoutingException):
        return None
    return front.shared_activity(values["activity_id"]) if endpoint == "portal.activity" else None


@PAGES.post("/sign-out")
def sign_out() -> Response:
    """Sign out of this browser, and lead on to the identity provider that signed in, to sign out there."""
    account = current_account()
    address = None if account is None else logout.sign_out_address(account.session_id)
    response = make_response(go(url_for("portal.front"))) if address is None else make_response("")
    end_browser_session(response)
    if address is not None:
        # No redirect: the content security policy lets forms lead nowhere else.
        response.set_data(render_template("portal/public/signed_out.html", address=address))
    # What the installed portal keeps in this browser; the language stands in a cookie and stays.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@PAGES.route("/me/password", methods=["GET", "POST"])
@only()
def change_password() -> str | Response | tuple[str, int]:
    """Change the own password; every other session of the account ends."""
    must_change = signed_in().must_change_password
    has_password = new_password.has_password(signed_in().account_id)
    told = {"must_change": must_change, "has_password": has_password}
    fields = PASSWORD if has_password else PASSWORD[1:]
    form = Form(ChangePassword, fields, posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return render_template("portal/member/password.html", form=form, **told)
    filled = form.payload()
    try:
        if filled.get("new") != filled.get("again"):
            raise InvalidInput(errors={"again": [gettext("两次输入的新密码不一样。")]})
        if has_password:
            new_password.change_password(signed_in(), filled.get("current", ""), filled.get("new", ""))
        else:
            new_password.set_first_password(signed_in(), filled.get("new", ""))
    except (InvalidInput, TooMany, Refused) as problem:
        form.take(problem)
        page = render_template("portal/member/password.html", form=form, **told)
        return page, 429 if isinstance(problem, TooMany) else 422
    flash(gettext("密码已修改，其他设备上的登录已退出。"), "done")
    return go(url_for("portal.start" if must_change else "portal.my_settings"))
