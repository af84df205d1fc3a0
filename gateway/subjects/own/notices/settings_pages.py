"""How one is told outside of the portal: address with its code, kinds, quiet hours, digest; the end by a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.rate_limits import require_below
from gateway.identity.current import current_principal
from gateway.notices import wording
from gateway.notices.answers import answer
from gateway.notices.naming import concerns
from gateway.notices.unsubscribing import DIGEST, read_token
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import attempt, carry_out, go
from gateway.subject import installed
from services.chassis.plain_text import whole_number
from services.contracts.gateway import notice_settings as contract

PAGES = PageTable()

_HOURS = {str(hour): f"{hour:02d}:00" for hour in range(24)}
_TIME = {"inputmode": "numeric", "pattern": "([01][0-9]|2[0-3]):[0-5][0-9]", "placeholder": "22:00"}
ADDRESS = (Field("email", control="email", wide=True, extra={"autocomplete": "email"}),)
CODE = (
    Field("code", hint=_l("发到新邮箱的八位数字。"), extra={"autocomplete": "one-time-code", "inputmode": "numeric"}),
)
CHOICES = (
    Field("quiet_from", extra=_TIME, hint=_l("这段时间里的通知等到结束时再发。")),
    Field("quiet_to", extra={**_TIME, "placeholder": "07:00"}),
    Field("digest_hour", control="select", choices=_HOURS, blank=_l("不汇总，随时发"), wide=True),
    Field("stopped", control="check", wide=True),
)


@PAGES.route("/me/notices", methods=["GET", "POST"])
@only()
def notice_settings() -> str | Response | tuple[str, int]:
    """Show and change how one is told."""
    if request.method != "POST":
        return _page()
    form = Form(contract.ChangeNoticeSettings, CHOICES, posted=request.form)
    wanted = set(request.form.getlist("wanted"))
    off = [name for name in _told() if name not in wanted] + _off_elsewhere()
    payload = {**form.payload(), "off": off, "version": request.form.get("version", type=whole_number)}
    if payload.get("digest_hour"):
        payload["digest_hour"] = int(payload["digest_hour"])
    return _sent(
        form, lambda: answer(contract.change_notice_settings, payload), gettext("通知设置已保存。"), choices=form
    )


@PAGES.post("/me/notices/email")
@only()
def set_notice_email() -> str | Response | tuple[str, int]:
    """Send a code to a new address."""
    form = Form(contract.SetEmail, ADDRESS, posted=request.form)
    require_below("10/hour", "set_email")
    done = gettext("确认码已发到新邮箱，请填在下面。")
    return _sent(form, lambda: answer(contract.set_email, form.payload()), done, address=form)


@PAGES.post("/me/notices/email/confirm")
@only()
def confirm_notice_email() -> str | Response | tuple[str, int]:
    """Use the new address from now on."""
    form = Form(contract.ConfirmEmail, CODE, posted=request.form)
    require_below("30/hour", "confirm_email")
    done = gettext("邮箱已确认，以后的通知会发到这里。")
    return _sent(form, lambda: answer(contract.confirm_email, form.payload()), done, code=form)


@PAGES.post("/me/notices/email/remove")
@only()
def remove_notice_email() -> Response:
    """Forget the address."""
    then = url_for("portal.notice_settings")
    return carry_out(lambda: answer(contract.remove_email, {}), done=gettext("邮箱已删除。"), then=then)


@PAGES.route("/unsubscribe/<link>", methods=["GET", "POST"])
def unsubscribe(link: str) -> str:
    """Ask whether e-mail of a kind is to end, and end it; mail programs send the form by themselves."""
    kind = read_token(link)[1]
    if request.method == "POST":
        answer(contract.unsubscribe, {"token": link})
    known = installed().notices.get(kind)
    words = wording.words_of(kind, known) if known else gettext("每日汇总") if kind == DIGEST else kind
    return render_template("portal/public/unsubscribe.html", link=link, words=words, done=request.method == "POST")


def _sent(form: Form, do: Callable[[], dict[str, Any]], done: str, **forms: Form) -> Response | tuple[str, int]:
    if attempt(form, do) is None:
        return _page(**forms), 422
    flash(done, "done")
    return go(url_for("portal.notice_settings"))


def _told() -> dict[str, Any]:
    """Return the kinds that the reader can be told of by themselves.

    A to-do without a text is told by a message of the same event.
    """
    roles = current_principal().roles
    found = installed().notices.items()
    return {name: kind for name, kind in found if kind.notice is not None and concerns(kind, roles)}


def _off_elsewhere() -> list[str]:
    """Return the kinds that were turned off and are not shown, because the reader has no such role now."""
    return [name for name in answer(contract.get_notice_settings, {})["off"] if name not in _told()]


def _page(**forms: Form) -> str:
    found = answer(contract.get_notice_settings, {})
    return render_template(
        "portal/member/notice_settings.html",
        settings=found,
        kinds=[
            {"name": name, "words": wording.words_of(name, kind), "icon": kind.icon, "wanted": name not in found["off"]}
            for name, kind in _told().items()
        ],
        choices=forms.get("choices") or Form(contract.ChangeNoticeSettings, CHOICES, values=found),
        address=forms.get("address") or Form(contract.SetEmail, ADDRESS),
        code=forms.get("code") or Form(contract.ConfirmEmail, CODE),
    )
