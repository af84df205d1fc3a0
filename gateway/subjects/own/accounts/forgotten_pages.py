"""A forgotten password: the code made in the console, and the page on which its owner uses it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.identity.current import current_account
from gateway.identity.password_codes import MADE_PER_PERSON, TRIES, set_password
from gateway.identity.password_mail import ASKS, ask
from gateway.notices import mail
from gateway.portal.forms import Field, Form
from gateway.portal.languages import selected_language
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, go, tell
from gateway.subjects.own.accounts.api import make_code
from gateway.subjects.own.accounts.password_fields import NEW_PASSWORD
from services.chassis.errors import InvalidInput, Problem, Refused, TooMany
from services.chassis.input_errors import REQUIRED
from services.contracts.gateway.accounts import SetPasswordByCode

PAGES = PageTable()

FIELDS = (
    Field("username", extra={"autocomplete": "username", "autocapitalize": "none"}, wide=True),
    Field(
        "code",
        hint=_l("大小写和横线不限。"),
        extra={"autocomplete": "one-time-code", "autocapitalize": "characters"},
        wide=True,
    ),
    *NEW_PASSWORD,
)


@PAGES.post("/console/accounts/<uuid:member_id>/password-code")
@only("officer", "chair")
def make_password_code(member_id: UUID) -> str | Response:
    """Make a code for a member who forgot the password; it stands on the answer and nowhere else."""
    try:
        require_below(MADE_PER_PERSON, "make_password_code")
        made = make_code({"member_id": str(member_id)})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.member_accounts"))
    return render_template("portal/console/password_code.html", made=made, member_id=member_id)


@PAGES.post("/forgot-password/mail")
def mail_password_code() -> Response:
    """Ask for a code by e-mail; what is answered does not depend on the account."""
    try:
        require_below(ASKS, "ask_for_password_mail")
        ask(request.form.get("username", ""), selected_language())
    except (Refused, TooMany) as problem:
        tell(problem)
        return go(url_for("portal.forgot_password"))
    flash(gettext("如果有这个账号，并且确认过通知邮箱，一次性码会在几分钟内发到邮箱。"), "done")
    return go(url_for("portal.forgot_password"))


@PAGES.route("/forgot-password", methods=["GET", "POST"])
def forgot_password() -> str | Response | tuple[str, int]:
    """Say where a code is to be had, and set a new password with one."""
    if current_account() is not None:
        return go(url_for("portal.change_password"))
    form = Form(SetPasswordByCode, FIELDS, posted=request.form if request.method == "POST" else None)
    if form.posted is None:
        return _page(form)
    filled = form.payload()
    try:
        require_below(TRIES, "set_password_by_code")
        missing = [spec.name for spec in FIELDS if not filled.get(spec.name)]
        if missing:
            raise InvalidInput(errors={name: [REQUIRED] for name in missing})
        if filled["new"] != filled["again"]:
            raise InvalidInput(errors={"again": [gettext("两次输入的新密码不一样。")]})
        set_password(filled["username"], filled["code"], filled["new"])
    except (InvalidInput, Refused, TooMany) as problem:
        form.take(problem)
        return _page(form), 429 if isinstance(problem, TooMany) else 422
    flash(gettext("新密码已设置，所有设备上的登录已退出，请用新密码登录。"), "done")
    return go(url_for("portal.sign_in"))


def _page(form: Form) -> str:
    return render_template("portal/public/forgot_password.html", form=form, mailed=mail.is_offered())
