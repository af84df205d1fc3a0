"""The own second factors: what is set up, setting up an app or a passkey, recovery codes, removing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.identity import new_password
from gateway.identity.factors import challenges, owning, passkeys
from gateway.own_operations import checked_request
from gateway.pdf.codes import qr_svg
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import PASSED_ON, carry_out, go, tell
from gateway.subjects.own.second_factors.api import CHANGES, state_of
from services.chassis.errors import InvalidInput, Problem, Refused, TooMany
from services.chassis.input_errors import REQUIRED
from services.chassis.schema import Operation
from services.contracts.gateway.second_factor import (
    FirstCode,
    add_passkey,
    rename_passkey,
)

PAGES = PageTable()

FIRST_CODE = (
    Field(
        "code", wide=True,
        extra={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    ),
)  # fmt: skip


@PAGES.get("/me/second-factor")
@only()
def second_factors() -> str:
    """Show the own second factors."""
    return render_template(
        "portal/member/second_factors.html",
        state=state_of(signed_in()),
        must_enrol=signed_in().must_enrol,
        passkeys_offered=challenges.is_offered(),
        **_proof(),
    )


@PAGES.post("/me/second-factor/totp/start")
@only()
def start_totp() -> Response:
    """Make a secret for an authenticator app."""

    def start() -> None:
        _require_owner(or_fresh=True)
        owning.start_totp(signed_in())

    return _carried_out(start, then="confirm_totp")


@PAGES.route("/me/second-factor/totp", methods=["GET", "POST"])
@only()
def confirm_totp() -> str | Response | tuple[str, int]:
    """Show the secret as a QR code, and take the first code of the app."""
    account = signed_in()
    started = owning.started_totp(account)
    if started is None:
        return go(url_for("portal.second_factors"))
    form = Form(FirstCode, FIRST_CODE, posted=request.form if request.method == "POST" else None)
    told = {"form": form, "secret": started["secret"], "code": Markup(qr_svg(started["address"]))}  # noqa: S704  made by segno here
    if form.posted is None:
        return render_template("portal/member/totp.html", **told)
    try:
        require_below(CHANGES, "confirm_totp")
        code = form.payload().get("code", "")
        if not code:
            raise InvalidInput(errors={"code": [REQUIRED]})
        made = owning.confirm_totp(account, code)
    except (InvalidInput, Refused, TooMany) as problem:
        form.take(problem)
        return render_template("portal/member/totp.html", **told), 429 if isinstance(problem, TooMany) else 422
    flash(gettext("验证器已启用，以后登录要输入动态码。"), "done")
    return _codes_or_back(made)


@PAGES.post("/me/second-factor/totp/remove")
@only()
def remove_totp() -> Response:
    """Remove the authenticator app."""

    def remove() -> None:
        _require_owner()
        owning.remove_totp(signed_in())

    return _carried_out(remove, done=gettext("验证器已移除。"))


@PAGES.post("/me/second-factor/recovery-codes")
@only()
def renew_recovery_codes() -> str | Response:
    """Make new recovery codes; they stand on the answer and nowhere else."""
    try:
        _require_owner()
        made = owning.new_recovery_codes(signed_in())
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.second_factors"))
    return _codes_or_back(made)


@PAGES.post("/me/second-factor/passkeys/begin")
@only()
def begin_passkey() -> str | Response:
    """Ask for a name, and the browser for a passkey."""
    try:
        _require_owner(or_fresh=True)
        asked = passkeys.registration_options(signed_in())
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.second_factors"))
    return render_template("portal/member/passkey_new.html", asked=asked)


@PAGES.post("/me/second-factor/passkeys")
@only()
def save_passkey() -> str | Response:
    """Store the passkey that the browser made."""
    try:
        given = _checked(add_passkey, name=request.form.get("name", ""), **_answer())
        _, made = passkeys.register(signed_in(), given["state"], given["credential"], given["name"])
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.second_factors"))
    flash(gettext("通行密钥已登记，以后可以直接用它登录。"), "done")
    return _codes_or_back(made)


@PAGES.post("/me/second-factor/passkeys/<uuid:passkey_id>/name")
@only()
def name_passkey(passkey_id: UUID) -> Response:
    """Rename a passkey."""

    def rename() -> None:
        given = _checked(rename_passkey, passkey_id=str(passkey_id), name=request.form.get("name", ""))
        passkeys.rename(signed_in(), passkey_id, given["name"])

    return _carried_out(rename, done=gettext("名称已修改。"))


@PAGES.post("/me/second-factor/passkeys/<uuid:passkey_id>/remove")
@only()
def drop_passkey(passkey_id: UUID) -> Response:
    """Remove a passkey."""

    def remove() -> None:
        _require_owner()
        passkeys.remove(signed_in(), passkey_id)

    return _carried_out(remove, done=gettext("通行密钥已移除。"))


def _proof() -> dict[str, bool]:
    """Return what is asked before something is changed."""
    account = signed_in()
    return {"fresh": owning.is_fresh(account), "has_password": new_password.has_password(account.account_id)}


def _require_owner(*, or_fresh: bool = False) -> None:
    require_below(CHANGES, "second_factor_owner")
    given = {name: request.form.get(name, "")[:200] for name in ("password", "code")}
    owning.require_owner(signed_in(), given["password"], given["code"], or_fresh=or_fresh)


def _carried_out(do: Callable[[], None], *, done: str | None = None, then: str = "second_factors") -> Response:
    back = url_for("portal.second_factors")
    return carry_out(do, done=done, then=back, opens=lambda _: url_for(f"portal.{then}"))


def _codes_or_back(made: list[str]) -> str | Response:
    """Show recovery codes, which are told only once; without any go back."""
    if not made:
        return go(url_for("portal.second_factors"))
    return render_template("portal/member/recovery_codes.html", codes=made, username=signed_in().username)


def _answer() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("state", "credential")}


def _checked(operation: Operation, **given: Any) -> dict[str, Any]:
    return checked_request(operation, given)
