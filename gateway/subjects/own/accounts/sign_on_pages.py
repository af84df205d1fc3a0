"""Signing on by identity providers, naming the account of an identity, signing out there, unlinking."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.identity import new_password
from gateway.identity.browser import keep_session, let_wait
from gateway.identity.current import current_account
from gateway.identity.factors.pending import SecondFactorNeeded
from gateway.identity.providers import attempts, cas, linking, logout, signing_on
from gateway.identity.providers.configuration import provider_of
from gateway.identity.providers.signing_on import SIGN_ONS
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.preferences import safe_next
from gateway.portal.service_calls import carry_out, go, tell
from services.chassis.errors import NotSignedIn, Problem, TooMany

PAGES = PageTable()

_USERNAME = Field(
    "username", _l("用户名"), extra={"autocomplete": "username", "maxlength": "64"}, wide=True, required=True
)
_PASSWORD = Field(
    "password",
    _l("密码"),
    "password",
    extra={"autocomplete": "current-password", "maxlength": "200"},
    wide=True,
    required=True,
)


@PAGES.get("/sign-on/<provider>")
def begin_sign_on(provider: str) -> Response:
    """Send the browser to an identity provider."""
    require_below(SIGN_ONS, "sign_on")
    chosen = provider_of(provider)
    attempt = attempts.begin(chosen, safe_next(""))
    try:
        address = signing_on.address_of(chosen, attempt)
    except Problem as problem:
        tell(problem)
        return go(_where_it_began())
    # A link and not a form: the content security policy lets forms lead nowhere else.
    response = redirect(address)
    attempts.remember(response, attempt)
    return response


@PAGES.get("/sign-on/<provider>/return")
def end_sign_on(provider: str) -> Response:
    """Take somebody back from an identity provider."""
    require_below(SIGN_ONS, "sign_on_return")
    chosen = provider_of(provider)
    try:
        arrival = signing_on.arrive(chosen, request.args)
    except SecondFactorNeeded as needed:
        response = go(needed.back or url_for("portal.start"))
        attempts.forget(response)
        let_wait(response, needed)
        return response
    except Problem as problem:
        tell(problem)
        response = go(_where_it_began())
        attempts.forget(response)
        return response
    if not arrival.has_account:
        response = go(url_for("portal.link_identity"))
        attempts.forget(response)
        attempts.let_wait(response, arrival.identity, arrival.back)
        return response
    usual = "portal.start" if arrival.opened else "portal.my_settings"
    response = go(arrival.back or url_for(usual))
    attempts.forget(response)
    if arrival.opened:
        keep_session(response, arrival.opened)
    return response


@PAGES.post("/sign-on/<provider>/return")
def end_ticket(provider: str) -> Response:
    """End the session of a ticket that CAS has signed out; the server sends it where the ticket went."""
    chosen = provider_of(provider)
    ticket = cas.ticket_signed_out(request.form.get("logoutRequest", "")) if chosen.kind == "cas" else None
    if ticket is not None:
        logout.end_by_ticket(chosen, ticket)
    return Response(status=204 if ticket is not None else 400)


@PAGES.post("/sign-on/<provider>/logout")
def end_by_logout_token(provider: str) -> Response:
    """End the sessions that an OpenID provider has ended (Back-Channel Logout 1.0, section 2.8)."""
    chosen = provider_of(provider)
    if chosen.kind != "oidc":
        return Response(status=400)
    try:
        logout.end_by_logout_token(chosen, request.form.get("logout_token", ""))
    except Problem as problem:
        return Response(status=503 if problem.status == 503 else 400)
    return Response(status=200)


@PAGES.route("/link-identity", methods=["GET", "POST"])
def link_identity() -> str | Response | tuple[str, int]:
    """Say which account an identity belongs to; its password is asked for."""
    found = attempts.waiting()
    if found is None:
        return go(_where_it_began())
    identity, back = found
    account = current_account()
    fields = (_PASSWORD,) if account is not None else (_USERNAME, _PASSWORD)
    form = Form(None, fields, posted=request.form if request.method == "POST" else None)
    told = {
        "form": form,
        "identity": identity,
        "has_password": account is None or new_password.has_password(account.account_id),
    }
    if form.posted is None:
        return render_template("portal/public/link_identity.html", **told)
    filled = form.payload()
    username = account.username if account is not None else filled.get("username", "")
    try:
        opened = signing_on.link_with_password(identity, username, filled.get("password", ""))
    except SecondFactorNeeded as needed:
        response = make_response(go(back or url_for("portal.start")))
        attempts.forget(response)
        let_wait(response, needed)
        return response
    except (NotSignedIn, TooMany, Problem) as problem:
        form.take(problem)
        status = 429 if isinstance(problem, TooMany) else 422
        return render_template("portal/public/link_identity.html", **told), status
    flash(gettext("已绑定，以后可以用它登录。"), "done")
    response = make_response(go(back or url_for("portal.start" if opened else "portal.my_settings")))
    attempts.forget(response)
    if opened:
        keep_session(response, opened)
    return response


@PAGES.post("/me/identities/<uuid:identity_id>/unlink")
@only()
def unlink_identity(identity_id: UUID) -> Response:
    """Unlink an identity; the password is asked for, so that an account without one is not shut out."""

    def unlink() -> None:
        new_password.require_password(signed_in(), request.form.get("password", ""))
        linking.unlink(signed_in().account_id, identity_id, signed_in().session_id)

    return carry_out(unlink, done=gettext("已解除绑定。"), then=url_for("portal.my_settings"))


@PAGES.get("/signed-out")
def signed_out() -> str:
    """Say that one is signed out, here and at the provider."""
    return render_template("portal/public/signed_out.html", address=None)


def _where_it_began() -> str:
    return url_for("portal.sign_in" if current_account() is None else "portal.my_settings")
