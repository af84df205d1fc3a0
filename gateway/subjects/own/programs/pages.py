"""Accounts of other systems in the console: made with scopes, given a new secret, ended; who did what and when.

Officers decide who reads; operators see the accounts and may end one. The secret stands on the answer to the form and
nowhere else: there is no page to come back to for it.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, attempt, carry_out, go, tell
from gateway.programs import answer
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.gateway.programs import (
    SCOPE_TEXTS,
    CreateProgram,
    create_program,
    get_program,
    list_programs,
    renew_program_secret,
    revoke_program,
)

PAGES = PageTable()

FIELDS = (
    Field(
        "username", wide=True, extra={"autocomplete": "off"},
        hint=_l("3 至 64 个小写字母、数字或 . _ @ -，例如 campus-card。"),
    ),
    Field("scopes", control="checks", choices=SCOPE_TEXTS, wide=True),
    Field("days", hint=_l("最多 730 天，到期前换发。"), required=True),
)  # fmt: skip
_SEES = ("officer", "ops")
_DAYS = 365


PROGRAMS = PAGES.add_list(
    ListPage(
        "programs", "/console/system/programs", list_programs, _l("系统账号"),
        columns=(
            "username", Column("scopes", macro="scopes", in_file=False),
            Column("scopes", how="scope", on_page=False), Column("created_at", on_page=False), "secret_expires_at",
            Column("last_used_at", blank=_l("从未使用")), Column("state", macro="state"),
        ),
        roles=_SEES,
        filters=(Field("q", control="search"), "state", "scope"),
        export=ListExport(personal=False),
        lead=_l("校内其他系统用来读取数据的账号。每个账号只能读取所列范围，密钥只显示一次。"),
        empty=_l("还没有系统账号。"),
        icon="key",
        links=(PageLink("new_program", _l("新建系统账号"), "plus-lg", frozenset({"officer"}), first=True),),
        link="program",
        argument="program_id",
        read=partial(answer, list_programs),
        macros="portal/parts/programs.html",
    )
)  # fmt: skip


@PAGES.route("/console/system/programs/new", methods=["GET", "POST"])
@only("officer")
def new_program() -> str | tuple[str, int]:
    """Make an account; its secret stands on the answer."""
    form = Form(
        CreateProgram, FIELDS, values={"days": _DAYS}, posted=request.form if request.method == "POST" else None
    )
    if form.posted is None:
        return render_template("portal/console/program_new.html", form=form)
    made = attempt(form, lambda: answer(create_program, form.payload()))
    if made is None:
        return render_template("portal/console/program_new.html", form=form), 422
    return render_template("portal/console/program_secret.html", program=made)


@PAGES.get("/console/system/programs/<uuid:program_id>")
@only(*_SEES)
def program(program_id: UUID) -> str:
    """Show one account with what was done to it."""
    found = answer(get_program, {"program_id": str(program_id)})
    return render_template("portal/console/program.html", program=found, decides=_decides(), days=_DAYS)


@PAGES.post("/console/system/programs/<uuid:program_id>/secret")
@only("officer")
def renew_secret(program_id: UUID) -> str | Response:
    """Give an account a new secret, which stands on the answer; the old one ends."""
    asked_for: dict[str, Any] = {"program_id": str(program_id)}
    days = request.form.get("days", type=whole_number)
    try:
        made = answer(renew_program_secret, {**asked_for, **({} if days is None else {"days": days})})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.program", program_id=program_id))
    return render_template("portal/console/program_secret.html", program=made)


@PAGES.post("/console/system/programs/<uuid:program_id>/revoke")
@only(*_SEES)
def end_program(program_id: UUID) -> Response:
    """End the access of an account for good."""
    payload = {"program_id": str(program_id)}
    then = url_for("portal.program", program_id=program_id)
    return carry_out(lambda: answer(revoke_program, payload), done=gettext("账号已停用，立即失效。"), then=then)


def _decides() -> bool:
    return current_principal().has("officer")
