"""One case: what was said and agreed, who looked, and what the reader may do with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.files import file_response
from gateway.portal.forms import Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, go, hand_out, submit
from gateway.portal.steps import way
from gateway.portal.uploads import takes_file
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from gateway.subjects.governance.mediation import papers
from gateway.subjects.governance.mediation.step_pages import PAPER
from services.chassis.errors import NotFound
from services.contracts.files import LARGEST
from services.contracts.governance.mediation import operations as contract
from services.contracts.governance.mediation.requests import AttachDisputePaper
from services.contracts.governance.mediation.vocabulary import DISPUTE_MOVES, DISPUTE_STAGES, DISPUTE_STATES, STEP_ASIDE

PAGES = PageTable()
_PATH = "/disputes/<uuid:dispute_id>"
_PEOPLE = ("member", "officer", "mediator")
_MOVED = {
    "register": _l("已登记。"), "ask_consent": _l("已征求双方意见。"), "begin": _l("调解开始。"),
    "fail": _l("已登记调解不成。"), "withdraw": _l("已撤回。"), "confirm": _l("已登记审查确认。"),
    "perform": _l("已登记履行。"), "breach": _l("已登记未履行。"), "refer": _l("已告知其他途径。"),
}  # fmt: skip


@PAGES.get(_PATH)
@only(*_PEOPLE)
def dispute(dispute_id: UUID) -> str:
    """Show a case; the look is kept."""
    return _page(dispute_id, None)


@PAGES.post(f"{_PATH}/move")
@only(*_PEOPLE)
def move_dispute(dispute_id: UUID) -> Response:
    """Take a case on by a step."""
    name = request.form.get("move", "")
    if name not in DISPUTE_MOVES:
        raise NotFound("There is no such step.")
    payload = {"move": name, **_filled("note", "on", "document_number")}
    return _act(contract.move_dispute, dispute_id, str(_MOVED[name]), **payload)


@PAGES.post(f"{_PATH}/answer")
@only("member")
def answer_consent(dispute_id: UUID) -> Response:
    """Answer whether mediation or an extension is agreed to."""
    answer = {"about": request.form.get("about", ""), "answer": request.form.get("answer") == "1"}
    return _act(contract.answer_consent, dispute_id, gettext("已答复。"), **answer, **_filled("note"))


@PAGES.post(f"{_PATH}/serve")
@only("mediator")
def answer_assignment(dispute_id: UUID) -> Response:
    """Serve as mediator, or step aside."""
    serves = request.form.get("answer") == "1"
    payload = {"dispute_id": str(dispute_id), "answer": serves, **({} if serves else _filled("ground"))}
    done = gettext("已答复担任。") if serves else gettext("已回避。")
    here, back = url_for("portal.dispute", dispute_id=dispute_id), url_for("portal.disputes")
    return act(contract.answer_assignment, payload, done=done, then=back, opens=lambda _: here if serves else back)


@PAGES.post(f"{_PATH}/release")
@only("officer")
def release_dispute(dispute_id: UUID) -> Response:
    """Give one's own case back."""
    payload = {"dispute_id": str(dispute_id), "reason": request.form.get("reason", "").strip()}
    here = url_for("portal.dispute", dispute_id=dispute_id)
    back = url_for("portal.disputes")
    return act(contract.release_dispute, payload, done=gettext("已退回待接办。"), then=here, opens=lambda _: back)


@PAGES.post(f"{_PATH}/papers")
@takes_file(LARGEST)
@only(*_PEOPLE)
def attach_dispute_paper(dispute_id: UUID) -> str | Response | tuple[str, int]:
    """Add a paper."""
    form = Form(AttachDisputePaper, PAPER, posted=request.form)
    if submit(form, contract.attach_dispute_paper, dispute_id=str(dispute_id)) is None:
        return _page(dispute_id, form), 422
    flash(gettext("材料已上传。"), "done")
    return go(url_for("portal.dispute", dispute_id=dispute_id))


@PAGES.post(f"{_PATH}/papers/<uuid:paper_id>/open")
@only(*_PEOPLE)
def open_dispute_paper(dispute_id: UUID, paper_id: UUID) -> Response:
    """Hand out a paper; the look is kept."""
    payload = {"dispute_id": str(dispute_id), "paper_id": str(paper_id)}
    return hand_out(contract.open_dispute_paper, payload, otherwise=url_for("portal.dispute", dispute_id=dispute_id))


@PAGES.post(f"{_PATH}/forms/<any(application, letter, agreement, end):kind>")
@only(*_PEOPLE)
def print_dispute(dispute_id: UUID, kind: str) -> Response:
    """Hand out a form of the case to be signed."""
    case = call(contract.open_dispute, {"dispute_id": str(dispute_id)})
    if kind not in papers.offered(case):
        raise NotFound("The case has no such form now.")
    file = {"name": f"{papers.TITLES[kind]}.pdf", "media_type": "application/pdf", "content": papers.drawn(case, kind)}
    return file_response(file)


def _page(dispute_id: UUID, form: Form | None) -> str:
    case = call(contract.open_dispute, {"dispute_id": str(dispute_id)})
    works = bool({"clerk", "mediator"} & set(case["roles"]))
    people = [*case["mediators"], {"member_id": case["clerk_id"]}]
    return render_template(
        "portal/member/dispute.html",
        frame="portal/console.html" if works else "portal/member.html",
        works=works,
        it=case,
        way=_way(case),
        people=names(people, "member_id"),
        forms=papers.offered(case),
        titles=papers.TITLES,
        grounds=texts_of(STEP_ASIDE),
        form=form or Form(AttachDisputePaper, PAPER),
    )


def _way(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a case; one that ended without agreement says how."""
    stages = list(texts_of(DISPUTE_STAGES).items())
    state = {"confirmed": "agreement"}.get(case["state"], case["state"])
    if state in DISPUTE_STAGES:
        return way(stages, state)
    ended = {"words": texts_of(DISPUTE_STATES)[state], "state": "stopped"}
    return [{"words": stages[0][1], "state": "done"}, ended]


def _filled(*fields: str) -> dict[str, str]:
    return {name: text for name in fields if (text := request.form.get(name, "").strip())}


def _act(operation: Any, dispute_id: UUID, done: str, **payload: Any) -> Response:
    here = url_for("portal.dispute", dispute_id=dispute_id)
    return act(operation, {"dispute_id": str(dispute_id), **payload}, done=done, then=here)
