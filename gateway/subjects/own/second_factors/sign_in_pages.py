"""The second step of signing in, and signing in with a passkey."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.identity.browser import forget_waiting, keep_session, waiting_token
from gateway.identity.current import current_account
from gateway.identity.factors import challenges, passkeys, pending
from gateway.identity.factors.second_step import finish_with_code, finish_with_passkey
from gateway.identity.sessions import hash_of
from gateway.identity.sign_in import OpenedSession
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.preferences import safe_next
from gateway.portal.service_calls import go, tell
from gateway.runtime import gateway
from gateway.subjects.own.second_factors.api import STEPS
from services.chassis.errors import InvalidInput, NotSignedIn, Refused, TooMany
from services.chassis.input_errors import REQUIRED
from services.contracts.gateway.second_factor import SecondStep

PAGES = PageTable()

CODE = (
    Field(
        "code", wide=True,
        extra={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    ),
)  # fmt: skip


@PAGES.route("/sign-in/second-factor", methods=["GET", "POST"])
def second_step() -> Any:
    """Ask for the second factor of a sign-in that waits in this browser."""
    if current_account() is not None:
        return go(safe_next(url_for("portal.front")))
    form = Form(SecondStep, CODE, posted=request.form if request.method == "POST" else None)
    try:
        if form.posted is None:
            return _page(form)
        require_below(STEPS, "second_step")
        code = form.payload().get("code", "")
        if not code:
            raise InvalidInput(errors={"code": [REQUIRED]})
        return _signed_in(finish_with_code(waiting_token(), code))
    except Refused as problem:
        tell(problem)
        return _begin_again()
    except (NotSignedIn, InvalidInput, TooMany) as problem:
        form.take(problem)
        try:
            return _page(form), 429 if isinstance(problem, TooMany) else 422
        except Refused:
            return _begin_again()


@PAGES.post("/sign-in/second-factor/passkey")
def second_step_with_passkey() -> Response:
    """Finish the sign-in that waits with a passkey."""
    token = waiting_token()
    require_below(STEPS, "second_step")
    try:
        opened = finish_with_passkey(token, *_answer())
    except (NotSignedIn, Refused, InvalidInput) as problem:
        tell(problem)
        return go(url_for("portal.second_step", next=safe_next("") or None))
    return _signed_in(opened)


@PAGES.post("/sign-in/passkey")
def sign_in_with_passkey() -> Response:
    """Sign in with a passkey alone."""
    require_below(STEPS, "passkey")
    try:
        opened = passkeys.sign_in(*_answer(), "browser")
    except (NotSignedIn, Refused, InvalidInput) as problem:
        tell(problem)
        return go(url_for("portal.sign_in", next=safe_next("") or None))
    return _signed_in(opened)


@PAGES.post("/sign-in/cancel")
def cancel_sign_in() -> Response:
    """Give up the sign-in that waits."""
    return _begin_again()


def _page(form: Form) -> str:
    """Return the page. Raises `Refused` when no sign-in waits in this browser."""
    token = waiting_token()
    with gateway().transaction(readonly=True) as tx:
        methods = pending.methods_of(tx, pending.found(tx, token)[1])
    passkey = None
    if "passkey" in methods and challenges.is_offered():
        passkey = passkeys.sign_in_options(challenges.second_step_of(hash_of(token)))
    return render_template(
        "portal/public/second_step.html", form=form, methods=methods, passkey=passkey, next=safe_next("")
    )


def _signed_in(opened: OpenedSession) -> Response:
    response = make_response(go(safe_next(url_for("portal.start"))))
    forget_waiting(response)
    keep_session(response, opened)
    return response


def _begin_again() -> Response:
    response = go(url_for("portal.sign_in", next=safe_next("") or None))
    forget_waiting(response)
    return response


def _answer() -> tuple[str, str]:
    return request.form.get("state", ""), request.form.get("credential", "")[:20_000]
