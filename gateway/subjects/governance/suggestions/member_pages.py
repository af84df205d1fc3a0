"""One's own suggestions, and one suggestion: to its author with the answer, to those who answer with what to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.governance.suggestions.anonymous_pages import WORDS
from services.chassis.schema import Operation
from services.contracts.governance.suggestions import operations as contract
from services.contracts.governance.suggestions import requests
from services.contracts.governance.suggestions.vocabulary import SUGGESTION_STAGES, SUGGESTION_STATES

PAGES = PageTable()
_PATH = "/suggestions/<uuid:suggestion_id>"
_LONG: dict[str, Any] = {"control": "textarea", "wide": True}
_NEW: tuple[Field | str, ...] = (*WORDS, Field("to_unit", wide=True))
_MOVES: dict[str, tuple[Operation, Any]] = {
    "unpublish": (contract.unpublish_suggestion, _l("已取消公开。")),
    "withdraw": (contract.withdraw_suggestion, _l("已撤回。")),
}
_FORMS: dict[str, tuple[Operation, Any, tuple[Field | str, ...]]] = {
    "answer": (contract.answer_suggestion, _l("答复已发出。"), (Field("answer", **_LONG),)),
    "publish": (contract.publish_suggestion, _l("问题和答复已公开。"), (Field("question", **_LONG),)),
    "close": (contract.close_suggestion, _l("已告知不予答复。"), (Field("reason", **_LONG),)),
    "pass-on": (
        contract.pass_suggestion_on, _l("已转办。"),
        (Field("unit_id", choices=unit_choices, blank=_l("校工会")), Field("note", **_LONG)),
    ),
}  # fmt: skip
"""Of each form: the command, what is said when it is done, the fields."""


@PAGES.get("/me/suggestions")
@only("member")
def my_suggestions() -> str:
    """Show one's own suggestions and the newest published answers."""
    return render_template(
        "portal/member/suggestions.html",
        mine=part(contract.my_suggestions, {"limit": 50}),
        answers=part(contract.list_suggestion_answers, {"limit": 5}),
    )


@PAGES.route("/suggestions/new", methods=["GET", "POST"])
@only("member")
def new_suggestion() -> str | Response | tuple[str, int]:
    """Suggest something by name."""
    form = Form(requests.MakeSuggestion, _NEW, posted=request.form if request.method == "POST" else None)
    if form.posted is not None:
        made = submit(form, contract.make_suggestion)
        if made is not None:
            flash(gettext("建议已收到，答复后会通知您。"), "done")
            return go(url_for("portal.suggestion", suggestion_id=made["id"]))
    return form_page(
        form, title=gettext("提出建议"), back=url_for("portal.my_suggestions"), words=gettext("建议箱"),
        lead=gettext("负责答复的人能看到您的姓名；校工会转办给别的单位时不显示。"), button=gettext("提交"),
        frame="portal/member.html",
    )  # fmt: skip


@PAGES.get(_PATH)
@only("officer", "chair", "member")
def suggestion(suggestion_id: UUID) -> str:
    """Show one suggestion."""
    return _page(suggestion_id, {})


@PAGES.post(f"{_PATH}/<any(unpublish, withdraw):what>")
@only("officer", "chair", "member")
def move_suggestion(suggestion_id: UUID, what: str) -> Response:
    """Take an answer back from the public, or withdraw one's own suggestion."""
    operation, done = _MOVES[what]
    then = url_for("portal.suggestion", suggestion_id=suggestion_id)
    return act(operation, {"suggestion_id": str(suggestion_id)}, done=str(done), then=then)


@PAGES.post(f"{_PATH}/<any('pass-on', answer, publish, close):what>")
@only("officer", "chair")
def handle_suggestion(suggestion_id: UUID, what: str) -> str | Response | tuple[str, int]:
    """Answer, publish, close, or pass on."""
    operation, done, fields = _FORMS[what]
    form = Form(operation.request, fields, posted=request.form)
    if submit(form, operation, suggestion_id=str(suggestion_id)) is None:
        return _page(suggestion_id, {what: form}), 422
    flash(str(done), "done")
    gone = what == "pass-on" and not _still_seen(suggestion_id)
    return go(url_for("portal.suggestions") if gone else url_for("portal.suggestion", suggestion_id=suggestion_id))


def _still_seen(suggestion_id: UUID) -> bool:
    """Whether the reader may still see the suggestion: a chair passes one on to others."""
    seen = part(contract.list_suggestions, {"ids": [str(suggestion_id)], "show": "all"})
    return bool(seen.items)


def _page(suggestion_id: UUID, sent: dict[str, Form]) -> str:
    it = call(contract.get_suggestion, {"suggestion_id": str(suggestion_id)})
    filled = {"answer": {"answer": it["answer"]}, "publish": {"question": it["question"] or it["text"]}}
    forms = {
        what: sent.get(what) or Form(operation.request, fields, values=filled.get(what, {}))
        for what, (operation, _, fields) in _FORMS.items()
    }
    stages = SUGGESTION_STATES.only("received", it["state"]) if it["state"] == "closed" else SUGGESTION_STAGES
    return render_template(
        "portal/member/suggestion.html",
        frame="portal/member.html" if it["own"] else "portal/console.html",
        it=it,
        forms=forms,
        sent=set(sent),
        way=steps_of(stages, it["state"], SUGGESTION_STATES),
        names=names([it], "member_id"),
    )
