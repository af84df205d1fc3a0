"""One disclosure: its figures in pictures and tables, its steps, and what members ask about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.governance.disclosures.figures import pictures_of
from gateway.subjects.governance.disclosures.pages import NOTE
from services.chassis.errors import NotFound
from services.contracts.governance.disclosures import operations as contract
from services.contracts.governance.disclosures import requests
from services.contracts.governance.disclosures.vocabulary import DISCLOSURE_STAGES, DISCLOSURE_STATES

PAGES = PageTable()
_ALL = ("member", "officer", "auditor", "chair")
_ONE = "/disclosures/<uuid:disclosure_id>"
_QUESTION = "/console/disclosure-questions/<uuid:question_id>"
_LONG: dict[str, Any] = {"control": "textarea", "wide": True}
_MOVES: dict[str, tuple[Any, Any]] = {
    "submit": (contract.submit_disclosure, _l("已提交，等待经审委员审核。")),
    "return": (contract.return_disclosure, _l("已退回。")),
    "approve": (contract.approve_disclosure, _l("已审核通过，校工会可以公开。")),
    "publish": (contract.publish_disclosure, _l("已向全体会员公开。")),
    "withdraw": (contract.withdraw_disclosure, _l("已撤下。")),
}
_ANSWERS: dict[str, tuple[Any, Any, Field]] = {
    "answer": (contract.answer_disclosure_question, _l("答复已公开。"), Field("answer", **_LONG)),
    "decline": (contract.decline_disclosure_question, _l("已告知提问人不予公开。"), Field("reason", **_LONG)),
}

PAGES.add_list(
    ListPage(
        "published_disclosures", "/disclosures", contract.list_published_disclosures, _l("经费公开"),
        columns=(Column("part", macro="period"), "income", "expense", "entries", "published_on"),
        roles=_ALL,
        filters=("year", "sort"),
        lead=_l("工会经费的收入和支出，经审委员审核后公开；有疑问可以在每期页面上提问。"),
        empty=_l("还没有公开的经费收支。"),
        icon="cash-stack",
        layout="member",
        back=("me", _l("我的")),
        link="disclosure",
        argument="disclosure_id",
        macros="portal/parts/disclosures.html",
        export=ListExport(name="published-disclosures", title=_l("经费公开")),
    )
)  # fmt: skip
PAGES.add_list(
    ListPage(
        "disclosure_lines", f"{_ONE}/lines", contract.list_disclosure_lines, _l("收支明细"),
        columns=("name", "funding_source", "budget", "spent", "spent_year"),
        roles=_ALL,
        layout="member",
        lead=_l("各预算项目的全年预算、本期支出和年初至期末支出。"),
        empty=_l("没有预算项目。"),
        icon="cash-stack",
        back=("published_disclosures", _l("经费公开")),
        export=ListExport(name="disclosure-lines", title=_l("收支明细")),
    )
)  # fmt: skip


@PAGES.get(_ONE)
@only(*_ALL)
def disclosure(disclosure_id: UUID) -> str:
    """Show a disclosure."""
    return _page(disclosure_id)


@PAGES.post(f"{_ONE}/<any(submit, return, approve, publish, withdraw):what>")
@only("officer", "auditor")
def move_disclosure(disclosure_id: UUID, what: str) -> Response:
    """Take a disclosure on by a step."""
    operation, done = _MOVES[what]
    payload: dict[str, Any] = {"disclosure_id": str(disclosure_id)}
    if what in ("return", "withdraw"):
        payload["reason"] = request.form.get("reason", "").strip()
    if what == "publish":
        payload["notify"] = "notify" in request.form
    return act(operation, payload, done=str(done), then=_here(disclosure_id))


@PAGES.post(f"{_ONE}/note")
@only("officer")
def change_disclosure(disclosure_id: UUID) -> str | Response | tuple[str, int]:
    """Change what is said about the figures, and read these again."""
    form = Form(requests.ChangeDisclosure, [NOTE], posted=request.form)
    version = request.form.get("version", type=int)
    if submit(form, contract.change_disclosure, disclosure_id=str(disclosure_id), version=version) is None:
        return _page(disclosure_id, note=form), 422
    flash(gettext("已保存，并重新取数。"), "done")
    return go(_here(disclosure_id))


@PAGES.post(f"{_ONE}/questions")
@only("member")
def ask_about_disclosure(disclosure_id: UUID) -> str | Response | tuple[str, int]:
    """Ask about a disclosure."""
    form = Form(requests.AskDisclosure, [Field("text", **_LONG)], posted=request.form)
    if submit(form, contract.ask_disclosure_question, disclosure_id=str(disclosure_id)) is None:
        return _page(disclosure_id, question=form), 422
    flash(gettext("问题已提交，答复后会通知您。"), "done")
    return go(_here(disclosure_id))


@PAGES.get(_QUESTION)
@only("officer", "auditor")
def disclosure_question(question_id: UUID) -> str:
    """Show a question and what can be done with it."""
    return _question_page(question_id, {})


@PAGES.post(f"{_QUESTION}/<any(answer, decline):what>")
@only("officer")
def settle_question(question_id: UUID, what: str) -> str | Response | tuple[str, int]:
    """Answer a question, or keep it from being shown."""
    operation, done, field = _ANSWERS[what]
    form = Form(operation.request, [field], posted=request.form)
    if submit(form, operation, question_id=str(question_id)) is None:
        return _question_page(question_id, {what: form}), 422
    flash(str(done), "done")
    return go(url_for("portal.disclosure_questions", show="open"))


def _page(disclosure_id: UUID, note: Form | None = None, question: Form | None = None) -> str:
    it = call(contract.get_disclosure, {"disclosure_id": str(disclosure_id)})
    works = current_principal().has("officer", "auditor")
    return render_template(
        "portal/member/disclosure.html",
        frame="portal/console.html" if works else "portal/member.html",
        works=works,
        it=it,
        way=steps_of(DISCLOSURE_STAGES, it["state"], DISCLOSURE_STATES),
        pictures=pictures_of(it),
        questions=part(contract.list_disclosure_questions, {"disclosure_id": str(disclosure_id), "limit": 50}),
        note=note or Form(requests.ChangeDisclosure, [NOTE], values={"note": it["note"]}),
        question=question or Form(requests.AskDisclosure, [Field("text", **_LONG)]),
        asks=it["state"] == "published" and current_principal().has("member"),
        refused=note is not None,
    )


def _question_page(question_id: UUID, sent: dict[str, Form]) -> str:
    asked = {"ids": [str(question_id)], "limit": 1}
    found = call(contract.list_disclosure_questions, asked)["items"]
    if not found:
        raise NotFound("There is no such question.")
    it = found[0]
    forms = {
        what: sent.get(what) or Form(operation.request, [field], values={"answer": it["answer"]})
        for what, (operation, _, field) in _ANSWERS.items()
    }
    writes = current_principal().has("officer")
    return render_template("portal/console/disclosure_question.html", it=it, forms=forms, sent=set(sent), writes=writes)


def _here(disclosure_id: UUID) -> str:
    return url_for("portal.disclosure", disclosure_id=disclosure_id)
