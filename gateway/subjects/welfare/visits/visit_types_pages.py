"""Visit types: the occasions the union visits on, and changing, adding and ending them from a day on."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.benefit_names import benefit_words
from gateway.portal.columns import Column, only_in_file
from gateway.portal.formats import name_of
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import act, go, part, submit
from services.chassis.clock import today
from services.chassis.errors import NotFound
from services.contracts.governance.rulebook.operations import list_rules_in_force
from services.contracts.welfare.rulebook import list_welfare_rules
from services.contracts.welfare.visits.types import (
    SetVisitType,
    end_visit_type,
    list_visit_types,
    set_visit_type,
)

PAGES = PageTable()

_KEY = Field("occasion", hint=_l("小写字母开头，只用小写字母、数字和下划线；以后不能改。"))
_TERMS = (
    "name", "name_en", Field("level", control="radios"), "union_posts", "due_within_hours",
    Field("remind_before_hours", hint=_l("填 0 就不提醒。")), "escalate_after_hours",
    "evidence_needed", "evidence_to_close", "standings", "relations",
    Field("told_as", hint=_l("只写走访需要知道的，如生病写“住院慰问”；留空就什么也不告诉。")), "told_as_en",
    Field("benefit_key", hint=_l("上限、形式和预算项目按这个代码设定，如 birth；新项目可用新代码。")),
    "ahead_days", "back_days", "apart_days", Field("title", wide=True), "number",
    Field("valid_from", hint=_l("今天或以后。已经开始的走访仍按原来的办理。")),
)  # fmt: skip
_AT_FIRST = {
    "level": "unit", "union_posts": ["unit_chair"], "due_within_hours": 48, "remind_before_hours": 12,
    "escalate_after_hours": 24, "evidence_needed": ["note", "signature"],
    "standings": ["active", "transferring"],
}  # fmt: skip


VISIT_TYPES = PAGES.add_list(
    ListPage(
        "visit_types", "/console/visit-types", list_visit_types, _l("走访类型"),
        columns=only_in_file(
            Column("name", value=lambda item: name_of(dict(item))), "occasion",
            "level", "union_posts", "due_within_hours", "remind_before_hours", "escalate_after_hours",
            "evidence_needed", "evidence_to_close", "standings", "relations", "ahead_days", "back_days", "apart_days",
            Column("benefit", _l("慰问项目"), value=lambda item: benefit_words(item["benefit_key"])),
            "title", "number", "ruleset",
        ),
        roles=tuple(CONSOLE_ROLES),
        lead=_l("哪些事由要走访、由谁去、多久之内、要哪些凭证。改动只对以后登记的有效，已经开始的走访不变。"),
        empty=_l("还没有走访类型。"),
        icon="heart-pulse",
        links=(PageLink("new_visit_type", _l("新增走访类型"), "plus-lg", frozenset({"officer"}), first=True),),
        back=("visits", _l("走访")),
        more=lambda shown: {"figures": _figures(shown.found.items)},
        template="portal/console/visit_types.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _figures(types: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return for every benefit the rule in force of each figure, None where there is none."""
    asked = [part(list_welfare_rules), part(list_rules_in_force) if _reads_books() else None]
    rules = {
        item["key"]: item for answer in asked if answer is not None for item in answer.items if item["scope"] is None
    }
    names = ("cap", "forms", "line")
    return {
        one["benefit_key"]: {name: rules.get(f"benefit.{one['benefit_key']}.{name}") for name in names} for one in types
    }


def _reads_books() -> bool:
    return current_principal().has("officer", "auditor")


@PAGES.route("/console/visit-types/new", methods=["GET", "POST"])
@only("officer")
def new_visit_type() -> str | Response | tuple[str, int]:
    """Add an occasion of the union's own."""
    values = {**_AT_FIRST, "valid_from": today().isoformat()}
    posted = request.form if request.method == "POST" else None
    form = Form(SetVisitType, [_KEY, *_TERMS], values=values, posted=posted)
    return _answer(form, None, form.payload().get("occasion") if posted is not None else None)


@PAGES.route("/console/visit-types/<occasion>", methods=["GET", "POST"])
@only("officer")
def edit_visit_type(occasion: str) -> str | Response | tuple[str, int]:
    """Change an occasion from a day on; earlier versions are listed below the form."""
    known = part(list_visit_types, {"occasion": occasion})
    if not known.items and known.problem is None:
        raise NotFound("There is no such occasion.")
    day = today().isoformat()
    standing = next((one for one in part(list_visit_types).items if one["occasion"] == occasion), None)
    values = {**(standing or next(iter(known.items), {})), "valid_from": day}
    posted = request.form if request.method == "POST" else None
    form = Form(SetVisitType, _TERMS, values=values, posted=posted)
    return _answer(form, {"known": known, "standing": standing, "occasion": occasion, "today": day}, occasion)


def _answer(form: Form, told: dict[str, Any] | None, occasion: str | None) -> str | Response | tuple[str, int]:
    page = {"form": form, "told": told}
    if form.posted is None:
        return render_template("portal/console/visit_type.html", **page)
    if submit(form, set_visit_type, filled={**form.payload(), "occasion": occasion}) is None:
        return render_template("portal/console/visit_type.html", **page), 422
    flash(gettext("走访类型已保存。"), "done")
    return go(url_for("portal.visit_types"))


@PAGES.post("/console/visit-types/<occasion>/end")
@only("officer")
def end_own_visit_type(occasion: str) -> Response:
    """Take no more reports of an occasion after a day."""
    payload = {
        "occasion": occasion,
        "last_day": request.form.get("last_day", ""),
        "reason": request.form.get("reason", "").strip(),
    }
    return act(end_visit_type, payload, done=gettext("已设定最后一天。"), then=url_for("portal.visit_types"))
