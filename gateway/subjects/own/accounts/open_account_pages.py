"""Opening an account with the member number and code of a slip."""

from __future__ import annotations

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.identity.browser import start_browser_session
from gateway.identity.current import current_account
from gateway.identity.opening import open_account as open_with_code
from gateway.identity.sign_up import SIGN_UPS
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.service_calls import go
from services.chassis.errors import Conflict, InvalidInput, Refused, TooMany
from services.chassis.input_errors import REQUIRED
from services.contracts.gateway.accounts import OpenAccount

PAGES = PageTable()

FIELDS = (
    Field("number", extra={"autocomplete": "off", "autocapitalize": "characters"}),
    Field(
        "code",
        hint=_l("印在开通单上，共 12 位，大小写和横线不限。"),
        extra={"autocomplete": "one-time-code", "autocapitalize": "characters"},
    ),
    Field(
        "username",
        hint=_l("3 至 64 个小写字母、数字或 . _ - @，以后用它登录。"),
        extra={"autocomplete": "username", "autocapitalize": "none"},
    ),
    Field(
        "password",
        hint=_l("至少 10 个字符，不要与用户名相同，也不要用常见的密码。"),
        extra={"autocomplete": "new-password"},
    ),
    Field(
        "again",
        _l("再输入一次密码"),
        "password",
        extra={"autocomplete": "new-password", "maxlength": "200"},
        required=True,
    ),
)


@PAGES.route("/open-account", methods=["GET", "POST"])
def open_account() -> str | Response | tuple[str, int]:
    """Open the account of a member who got a slip, and sign in."""
    if current_account() is not None:
        return go(url_for("portal.front"))
    if request.method != "POST":
        return _page(Form(OpenAccount, FIELDS, values={"number": request.args.get("number", "")[:32]}))
    form = Form(OpenAccount, FIELDS, posted=request.form)
    filled = form.payload()
    try:
        require_below(SIGN_UPS, "open_account")
        _open(filled)
    except (InvalidInput, Refused, Conflict, TooMany) as problem:
        form.take(problem)
        return _page(form), 429 if isinstance(problem, TooMany) else 422
    response = make_response(go(url_for("portal.start")))
    start_browser_session(response, filled["username"], filled["password"])
    flash(gettext("账号已开通，以后用这个用户名和密码登录。"), "done")
    return response


def _open(filled: dict[str, str]) -> None:
    missing = [spec.name for spec in FIELDS if not filled.get(spec.name)]
    if missing:
        raise InvalidInput(errors={name: [REQUIRED] for name in missing})
    if filled["password"] != filled.pop("again"):
        raise InvalidInput(errors={"again": [gettext("两次输入的密码不一样。")]})
    open_with_code(filled["number"][:32], filled["code"][:40], filled["username"], filled["password"])


def _page(form: Form) -> str:
    return render_template("portal/public/open_account.html", form=form)
